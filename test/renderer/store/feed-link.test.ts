import { describe, expect, it } from 'vitest';
import { STALE_ADDRESS } from '../../../renderer/link/refusal.ts';
import { FeedLink, FIRST_RETRY_MS, LONGEST_RETRY_MS } from '../../../renderer/store/feed-link.ts';
import type { LinkState } from '../../../renderer/store/queries/state.ts';
import { type Hello, helloMessage, MESSAGE } from '../../../server-core/capture/feed-messages.ts';
import type { Transport } from '../../../server-core/capture/transport.ts';

const HELLO: Hello = {
  version: '1',
  host: 'browser',
  platform: 'linux',
  epochMs: 5,
  memoryBudgetBytes: 1,
  diskBudgetBytes: 0,
  notes: [],
  captures: [],
  tour: '/',
};
const WEB_SOCKET = { kind: 'web-socket', url: 'ws://127.0.0.1/', token: 't' } as const;

/** A link whose transports and timers are driven by hand. */
function rig() {
  const opened: { deliver(message: Uint8Array): void; drop(reason: string): void; closed: boolean }[] = [];
  const timers: { run: () => void; ms: number; cancelled: boolean }[] = [];
  const seen: string[] = [];
  const link = new FeedLink({
    open: () => {
      let message: (bytes: Uint8Array) => void = () => {};
      let close: (reason: string) => void = () => {};
      const end = {
        deliver: (bytes: Uint8Array) => message(bytes),
        drop: (reason: string) => close(reason),
        closed: false,
      };
      opened.push(end);
      return {
        send: () => {},
        onMessage: (listener) => {
          message = listener;
        },
        onClose: (listener) => {
          close = listener;
        },
        close: () => {
          end.closed = true;
        },
      } satisfies Transport;
    },
    later: (run, ms) => {
      const timer = { run, ms, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
    handlers: {
      onState: (state: LinkState) =>
        seen.push(state.state === 'lost' ? `lost: ${state.reason}` : state.state),
      onHello: (_hello, fresh) => seen.push(fresh ? 'fresh' : 'again'),
      onBatch: (records) => void seen.push(`batch ${records.length}`),
    },
  });
  return { link, opened, timers, seen };
}
const batch = Uint8Array.of(MESSAGE.batch, 1, 2, 3);

describe('the link to the host', () => {
  it('is live from the first hello; a later one changes settings only', () => {
    const { link, opened, seen } = rig();
    link.connect(WEB_SOCKET);
    opened[0]?.deliver(helloMessage(HELLO));
    opened[0]?.deliver(batch);
    opened[0]?.deliver(helloMessage(HELLO));
    expect(seen).toEqual(['connecting', 'fresh', 'live', 'batch 3', 'again']);
  });

  it('opens a lost WebSocket again, ever more patiently, and soon again after it was live', () => {
    const { link, opened, timers, seen } = rig();
    link.connect(WEB_SOCKET);
    for (let i = 0; i < 7; i++) {
      opened[i]?.drop('The host went away');
      timers[i]?.run();
    }
    expect(timers.map((timer) => timer.ms)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    expect(Math.max(...timers.map((timer) => timer.ms))).toBe(LONGEST_RETRY_MS);
    opened[7]?.deliver(helloMessage(HELLO));
    expect(seen.slice(-3)).toEqual(['lost: The host went away', 'fresh', 'live']);
    opened[7]?.drop('Again');
    expect(timers.at(-1)?.ms).toBe(FIRST_RETRY_MS);
  });

  it('does not try again where the host no longer knows the page', () => {
    const { link, opened, timers, seen } = rig();
    link.connect(WEB_SOCKET);
    opened[0]?.drop(STALE_ADDRESS);
    expect(timers).toEqual([]);
    expect(seen.at(-1)).toBe(`lost: ${STALE_ADDRESS}`);
  });

  it('does not open a lost port: the page brings a new one', () => {
    const { link, opened, timers, seen } = rig();
    const { port1, port2 } = new MessageChannel();
    link.connect({ kind: 'port', port: port1 });
    opened[0]?.drop('The server process ended');
    expect(timers).toEqual([]);
    expect(seen).toEqual(['connecting', 'lost: The server process ended']);
    link.connect({ kind: 'port', port: port2 });
    opened[1]?.deliver(helloMessage(HELLO));
    expect(seen.slice(2)).toEqual(['connecting', 'fresh', 'live']);
    port1.close();
  });

  it('that was replaced is closed and not heard any more', () => {
    const { link, opened, timers, seen } = rig();
    link.connect(WEB_SOCKET);
    opened[0]?.drop('Lost');
    link.connect(WEB_SOCKET);
    expect(timers[0]?.cancelled).toBe(true);
    link.connect(WEB_SOCKET);
    expect(opened[1]?.closed).toBe(true);
    opened[1]?.deliver(helloMessage(HELLO));
    opened[1]?.drop('Too late');
    opened[2]?.deliver(helloMessage(HELLO));
    expect(seen).toEqual(['connecting', 'lost: Lost', 'connecting', 'connecting', 'fresh', 'live']);
  });

  it('refuses calls while there is none', async () => {
    const { link } = rig();
    await expect(link.call({ op: 'usage' })).rejects.toThrow('There is no link to a host');
  });
});
