import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../../../renderer/store/queries/store.ts';
import { sendAgain } from '../../../../renderer/views/traffic/send-again.ts';

const ROW = { id: 3, server: 1 };
/** Of the window beside a busy machine: the answer has come, the new row comes so much later. */
function storeBehindBy(ms: number): Store {
  const listeners = new Set<() => void>();
  let isThere = false;
  const come = () => {
    isThere = true;
    for (const listener of listeners) listener();
  };
  const store = {
    state: () => ({ servers: [{ id: 1, status: 'running' }], captures: [] }),
    rowsFrom: () => Promise.resolve([ROW]),
    readBytes: () => Promise.resolve(new Uint8Array(4)),
    send: () => {
      setTimeout(come, ms);
      return Promise.resolve({ connections: [{ localPort: 50_000, events: [{ time: 5e6 }] }] });
    },
    ladder: () => Promise.resolve({ exchanges: isThere ? [{ id: 4 }] : [] }),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store as unknown as Store;
}

describe('a request that is sent again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([0, 5000])('is found when its row comes after %i ms', async (ms) => {
    const sent = sendAgain(storeBehindBy(ms), ROW.id);
    await vi.advanceTimersByTimeAsync(ms);
    expect(await sent).toEqual({ sentence: 'Sent again, as #4', exchange: 4 });
  });

  it('is not waited for without end', async () => {
    const sent = sendAgain(storeBehindBy(60_000), ROW.id);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await sent).toEqual({ sentence: 'Sent again' });
  });
});
