/** Faults as a client meets them, over real sockets. */
import { afterEach, describe, expect, it } from 'vitest';
import { type FaultPlan, NO_FAULTS } from '../../../server-core/capture/fault-plan.ts';
import { byteSource } from '../../../server-core/http/byte-source.ts';
import { compose } from '../../../server-core/http/compose.ts';
import { faults } from '../../../server-core/http/middleware/faults.ts';
import type { Handler } from '../../../server-core/http/response.ts';
import { RawClient } from '../../net/raw-client.ts';
import { type Served, serve } from '../../net/serve.ts';

const CONTENT = 'x'.repeat(1000);
const whole: Handler = () => ({ status: 200, fields: [], body: Buffer.from(CONTENT) });
const pieces: Handler = () => ({
  status: 200,
  fields: [],
  body: byteSource(
    (async function* () {
      for (let at = 0; at < CONTENT.length; at += 300) yield Buffer.from(CONTENT.slice(at, at + 300));
    })(),
  ),
});
const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

let served: Served;
afterEach(() => served.stop());

async function open(plan: Partial<FaultPlan>, handler: Handler = whole): Promise<RawClient> {
  served = await serve(compose([faults([{ path: '*', ...NO_FAULTS, ...plan }])], handler));
  return RawClient.open(served.port);
}
const writes = () =>
  served.events().flatMap((event) => (event.kind === 'bytes' && event.direction === 'out' ? [event] : []));
const notes = () => served.events().flatMap((event) => (event.kind === 'mark' ? [event.detail] : []));

describe('an answer', () => {
  it('without faults is as it was', async () => {
    const client = await open({});
    await client.send(GET);
    expect((await client.response()).body).toBe(CONTENT);
    expect(writes()).toHaveLength(1);
    client.close();
  });

  it('comes late', async () => {
    const client = await open({ delayMs: 80 });
    await client.send(GET);
    await client.response();
    const [read] = served.events().filter(({ kind }) => kind === 'bytes');
    expect(writes()[0]!.time - read!.time).toBeGreaterThanOrEqual(75_000);
    expect(notes()).toContain('On purpose: 80 ms before the answer begins');
    client.close();
  });

  it('goes out in small writes', async () => {
    const client = await open({ writeBytes: 400 });
    await client.send(GET);
    expect((await client.response()).body).toBe(CONTENT);
    expect(
      writes()
        .map(({ length }) => length)
        .slice(1),
    ).toEqual([400, 400, 200]);
    client.close();
  });

  it('goes out no faster than it was told to', async () => {
    const client = await open({ bytesPerSecond: 5000 });
    await client.send(GET);
    expect((await client.response()).body).toBe(CONTENT);
    const times = writes().map(({ time }) => time);
    // 1000 bytes in pieces of 500: the second waits a tenth of a second.
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(95_000);
    client.close();
  });

  it('stalls in the middle and goes on', async () => {
    const client = await open({ stallAfter: 300, stallMs: 60 });
    await client.send(GET);
    expect((await client.response()).body).toBe(CONTENT);
    const [, before, after] = writes();
    expect(before!.length).toBe(300);
    expect(after!.time - before!.time).toBeGreaterThanOrEqual(55_000);
    client.close();
  });

  it.each([
    ['whole', whole],
    ['in chunks', pieces],
  ])('is cut off, %s', async (_name, handler) => {
    const client = await open({ truncateAfter: 450 }, handler);
    await client.send(GET);
    const text = await client.rest();
    expect(text.match(/x/g)).toHaveLength(450);
    expect(text).not.toMatch(/0\r\n\r\n$/);
    expect(notes()).toContain('On purpose: closed after 450 B of content');
  });

  it('is reset', async () => {
    const client = await open({ resetAfter: 200 });
    await client.send(GET);
    await expect(client.rest()).rejects.toThrow(/ECONNRESET/);
    const closed = await served.until(({ kind }) => kind === 'closed');
    expect(closed).toMatchObject({ reason: 'server-reset' });
  });

  it('promises more than it has', async () => {
    const client = await open({ lengthTooLarge: 7 });
    await client.send(GET);
    const text = await client.rest();
    expect(text).toMatch(/Content-Length: 1007\r\n/);
    expect(text.endsWith(`\r\n\r\n${CONTENT}`)).toBe(true);
  });

  it('closes its connection', async () => {
    const client = await open({ close: true });
    await client.send(GET);
    expect(await client.rest()).toMatch(/Connection: close\r\n/);
  });

  it('is 503 every third time', async () => {
    const client = await open({ unavailableEvery: 3 });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      await client.send(GET);
      statuses.push((await client.response()).status);
    }
    expect(statuses).toEqual([200, 200, 503, 200, 200, 503]);
    client.close();
  });

  it('that has no content is left alone', async () => {
    const client = await open({ truncateAfter: 1, resetAfter: 1 }, () => ({ status: 204, fields: [] }));
    await client.send(GET);
    expect((await client.response()).status).toBe(204);
    client.close();
  });
});

it('a client that goes while the answer waits frees it at once', async () => {
  let closed = 0;
  const client = await open({ stallAfter: 100, stallMs: 60_000 }, () => ({
    status: 200,
    fields: [],
    body: byteSource(
      (async function* () {
        yield Buffer.from(CONTENT);
      })(),
      CONTENT.length,
      () => closed++,
    ),
  }));
  await client.send(GET);
  await client.atLeast(100);
  client.reset();
  await served.until(({ kind }) => kind === 'closed');
  await expect.poll(() => closed).toBe(1);
});
