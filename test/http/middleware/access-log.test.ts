import { afterEach, describe, expect, it } from 'vitest';
import { combinedLine, commonLine, jsonLine } from '../../../server-core/formats/access-log.ts';
import { byteSource } from '../../../server-core/http/byte-source.ts';
import { compose } from '../../../server-core/http/compose.ts';
import { HttpError } from '../../../server-core/http/errors.ts';
import { type AccessEntry, accessLog } from '../../../server-core/http/middleware/access-log.ts';
import type { Handler } from '../../../server-core/http/response.ts';
import { RawClient } from '../../net/raw-client.ts';
import { type Served, serve } from '../../net/serve.ts';

let served: Served;
const clients: RawClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served.stop();
});

/** A served handler, and its entries as they are written. */
async function logged(handler: Handler) {
  const entries: AccessEntry[] = [];
  let wake = () => {};
  served = await serve(
    compose(
      [
        accessLog((entry) => {
          entries.push(entry);
          wake();
        }),
      ],
      handler,
    ),
  );
  const client = await RawClient.open(served.port);
  clients.push(client);
  const entry = async (n = 0) => {
    while (entries.length <= n) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return entries[n]!;
  };
  return { client, entries, entry };
}

const get = (method = 'GET') =>
  `${method} /a?b HTTP/1.1\r\nHost: localhost\r\nReferer: http://x/\r\nUser-Agent: test\r\n\r\n`;

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

describe('an entry', () => {
  it('is written for each request, fit for every format', async () => {
    const { client, entry } = await logged(() => ({ status: 200, fields: [], body: Buffer.from('hello') }));
    await client.send(get());
    await client.response();
    const first = await entry();
    expect(first).toEqual({
      remoteAddress: '127.0.0.1',
      beginMs: expect.any(Number),
      method: 'GET',
      target: '/a?b',
      version: '1.1',
      status: 200,
      bodyBytes: 5,
      referer: 'http://x/',
      userAgent: 'test',
      durationMicros: expect.any(Number),
    });
    const fixed = { ...first, beginMs: 0 };
    expect(commonLine(fixed)).toBe('127.0.0.1 - - [01/Jan/1970:00:00:00 +0000] "GET /a?b HTTP/1.1" 200 5');
    expect(combinedLine(fixed)).toMatch(/ 200 5 "http:\/\/x\/" "test"$/);
    expect(JSON.parse(jsonLine(fixed))).toMatchObject({ status: 200, bytes: 5 });
  });

  it.each([
    ['a source', 'GET', 200, 6],
    ['a source to HEAD', 'HEAD', 200, 0],
  ])('of %s counts what was read of it', async (_, method, status, bodyBytes) => {
    const { client, entry } = await logged(() => ({
      status: 200,
      fields: [],
      body: byteSource(pieces('one', 'two'), 6),
    }));
    await client.send(get(method));
    await client.response({ toHead: method === 'HEAD' });
    expect(await entry()).toMatchObject({ status, bodyBytes });
  });

  it('to HEAD has no bytes', async () => {
    const { client, entry } = await logged(() => ({ status: 200, fields: [], body: Buffer.from('hello') }));
    await client.send(get('HEAD'));
    expect(await entry()).toMatchObject({ status: 200, bodyBytes: 0 });
  });

  it.each<[string, Handler, number]>([
    [
      'refuses',
      () => {
        throw new HttpError(404, 'None');
      },
      404,
    ],
    [
      'refuses later',
      async () => {
        throw new HttpError(413, 'Long');
      },
      413,
    ],
    [
      'fails',
      () => {
        throw new Error('own');
      },
      500,
    ],
  ])('of a handler that %s has the status that is sent', async (_, handler, status) => {
    const { client, entry, entries } = await logged(handler);
    await client.send(get());
    expect((await client.response()).status).toBe(status);
    expect(await entry()).toMatchObject({ status });
    expect(entries).toHaveLength(1);
  });

  it('of a client that went before the response has no status', async () => {
    const { client, entry, entries } = await logged(() => new Promise(() => {}));
    await client.send(get());
    await served.until((event) => event.kind === 'request');
    client.reset();
    expect(await entry()).toMatchObject({ status: undefined, durationMicros: undefined });
    expect(entries).toHaveLength(1);
  });

  it('of a client that went in the middle has the bytes so far', async () => {
    let goOn = () => {};
    const gone = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* endless() {
      yield Buffer.from('some');
      await gone;
    }
    const { client, entry, entries } = await logged((request) => {
      request.onAbort(goOn);
      return { status: 200, fields: [], body: byteSource(endless()) };
    });
    await client.send(get());
    await client.atLeast(90);
    client.reset();
    expect(await entry()).toMatchObject({ status: 200, bodyBytes: 4 });
    expect(entries).toHaveLength(1);
  });
});
