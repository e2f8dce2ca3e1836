import { describe, expect, it } from 'vitest';
import { timeout } from '../../../server-core/http/middleware/timeout.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { handlerRequest } from '../../support/handler-request.ts';

const never = () => new Promise<Response>(() => {});
const ok: Response = { status: 200, fields: [] };

/** A request whose client can be made to go. */
function abortable() {
  const listeners: (() => void)[] = [];
  return {
    ...handlerRequest('/'),
    onAbort: (listener: () => void) => void listeners.push(listener),
    go: () => {
      for (const listener of listeners) listener();
    },
  };
}

describe('a handler that takes too long', () => {
  it('is answered for with 503, and told', async () => {
    const request = handlerRequest('/');
    let told = 0;
    const response = await timeout(1)(request, (given) => {
      given.onAbort(() => told++);
      return never();
    });
    expect([response.status, told]).toEqual([503, 1]);
    expect(request.marks).toEqual([{ mark: 'timeout', detail: 'No response after 1 ms, so 503' }]);
  });

  it('may answer later, and its source is let go', async () => {
    let answer: (response: Response) => void = () => {};
    const response = await timeout(1)(
      handlerRequest('/'),
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    expect(response.status).toBe(503);
    const closed = new Promise<void>((resolve) => {
      answer({ ...ok, body: { length: 1, async *chunks() {}, close: resolve } });
    });
    await closed;
  });

  it('may fail later without harm', async () => {
    const handler = () =>
      new Promise<Response>((_, reject) => setTimeout(() => reject(new Error('late')), 5));
    expect((await timeout(1)(handlerRequest('/'), handler)).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('is told at once when it asks afterwards', async () => {
    let later = () => {};
    await timeout(1)(handlerRequest('/'), (given) => {
      later = () => given.onAbort(() => told++);
      return never();
    });
    let told = 0;
    later();
    expect(told).toBe(1);
  });
});

describe('a handler in time', () => {
  it('answers itself, now or later', async () => {
    expect(timeout(60_000)(handlerRequest('/'), () => ok)).toBe(ok);
    expect(await timeout(60_000)(handlerRequest('/'), async () => ok)).toBe(ok);
  });

  it('fails itself', async () => {
    const failure = new Error('own');
    await expect(timeout(60_000)(handlerRequest('/'), () => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('is given all of the request', async () => {
    const request = handlerRequest('/a', { A: 'b' });
    await timeout(60_000)(request, (given) => {
      given.mark('note', 'said');
      expect(given.head).toBe(request.head);
      expect(given.body).toBe(request.body);
      expect([given.method, given.target, given.peer, given.tracing]).toEqual([
        'GET',
        request.target,
        request.peer,
        true,
      ]);
      return ok;
    });
    expect(request.marks).toEqual([{ mark: 'note', detail: 'said' }]);
  });

  it('hears once that the client is gone', () => {
    const request = abortable();
    let told = 0;
    void timeout(60_000)(request, (given) => {
      given.onAbort(() => told++);
      return never();
    });
    request.go();
    request.go();
    expect(told).toBe(1);
  });
});
