/** Every model serves the same, and captures the same. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { MODEL_NAMES, type ModelName } from '../../server-core/concurrency/model.ts';
import { RawClient } from '../net/raw-client.ts';
import { get, type ModelledSite, modelledSite } from './modelled-site.ts';

const HOST = 'Host: localhost\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
/** Models under which another process or thread answers, and how the capture names it. */
const WORKERS: Partial<Record<ModelName, RegExp>> = {
  process: /^process \d+$/,
  prefork: /^process \d+$/,
  threads: /^thread \d+$/,
};

describe.each(MODEL_NAMES)('%s', (model) => {
  let site: ModelledSite;
  beforeAll(async () => {
    site = await modelledSite(model);
  });
  afterAll(() => site.stop());

  async function talk(bytes: string | Uint8Array): Promise<RawClient> {
    const client = await RawClient.open(site.port);
    await client.send(bytes);
    return client;
  }

  it('serves files, parts of them and errors over one connection', async () => {
    const client = await talk(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`);
    const whole = await client.response();
    expect(whole).toMatchObject({ status: 200, body: 'A file of some length' });
    await client.send(`GET /a.txt HTTP/1.1\r\n${HOST}Range: bytes=2-5\r\n\r\n`);
    expect(await client.response()).toMatchObject({ status: 206, body: 'file' });
    const tag = /^ETag: (.+)$/im.exec(whole.head)?.[1];
    await client.send(`GET /a.txt HTTP/1.1\r\n${HOST}If-None-Match: ${tag}\r\n\r\n`);
    expect((await client.response()).status).toBe(304);
    await client.send(`HEAD /large.bin HTTP/1.1\r\n${HOST}\r\n`);
    expect((await client.response({ toHead: true })).head).toContain('Content-Length: 2000000');
    await client.send(`GET /missing HTTP/1.1\r\n${HOST}\r\n`);
    expect((await client.response()).status).toBe(404);
    await client.send(`GET /teapot HTTP/1.1\r\n${HOST}\r\n`);
    expect(await client.response()).toMatchObject({ status: 418, body: expect.stringContaining('teapot') });
    await client.send(`GET /throw HTTP/1.1\r\n${HOST}\r\n`);
    expect(await client.response()).toMatchObject({
      status: 500,
      body: expect.stringContaining('broken on'),
    });
    client.close();
  });

  it('answers pipelined requests in their order, and bytes that are none with 400', async () => {
    const client = await talk(
      `GET /wait/40 HTTP/1.1\r\n${HOST}\r\nGET /a.txt HTTP/1.1\r\n${HOST}\r\nGET /\0 HTTP/1.1\r\n${HOST}\r\n`,
    );
    expect((await client.response()).body).toBe('waited');
    expect((await client.response()).body).toBe('A file of some length');
    expect((await client.response()).status).toBe(400);
    expect(await client.rest()).toBe('');
    client.close();
  });

  it('takes content as it comes, after 100 (Continue) where it is asked for', async () => {
    const client = await talk(
      `POST /sum HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    expect((await client.response()).status).toBe(100);
    const content = Buffer.alloc(1_000_000, 'content');
    const chunk = Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content]);
    await client.send(Buffer.concat([chunk, Buffer.from('\r\n0\r\nX-More: , and more\r\n\r\n')]));
    const sum = createHash('sha256').update(content).digest('hex');
    expect((await client.response()).body).toBe(`${sum}, and more`);
    await client.send(`POST /json HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 7\r\n\r\n{"a":1}`);
    expect((await client.response()).body).toBe('{"a":1}');
    await client.send(`POST /json HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 3\r\n\r\n{a}`);
    expect((await client.response()).status).toBe(400);
    await client.send(`POST /sum HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nx\r\n`);
    expect(await client.response()).toMatchObject({
      status: 400,
      body: expect.stringContaining('chunk-size-invalid'),
    });
    client.close();
  });

  it('sends interim responses, streams with trailers, and large content whole', async () => {
    const client = await talk(`GET /lines HTTP/1.1\r\n${HOST}\r\n`);
    expect(await client.response()).toMatchObject({ status: 103, head: expect.stringContaining('preload') });
    const { status, head } = await client.response();
    expect([status, /^Transfer-Encoding: (.+)$/m.exec(head)?.[1]]).toEqual([200, 'chunked']);
    await client.send(`GET /big HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    const rest = await client.rest();
    const [lines, big] = [rest.slice(0, rest.indexOf('HTTP/')), rest.slice(rest.indexOf('HTTP/'))];
    expect(lines).toBe('7\r\nline 0\n\r\n7\r\nline 1\n\r\n7\r\nline 2\n\r\n0\r\nX-Lines: 3\r\n\r\n');
    expect(big.slice(big.indexOf('\r\n\r\n') + 4)).toBe('b'.repeat(3_000_000));
    client.close();
  });

  it('speaks WebSocket, with messages larger than any buffer on the way', async () => {
    const client = new WebSocket(`ws://127.0.0.1:${site.port}/echo`);
    await once(client, 'open');
    for (const message of [Buffer.from('hello'), Buffer.alloc(700_000, 'm')]) {
      client.send(message);
      const [answer] = await once(client, 'message');
      expect(Buffer.compare(answer, message)).toBe(0);
    }
    client.close(1000);
    const [code] = await once(client, 'close');
    expect(code).toBe(1000);
  });

  it('captures every byte and step of an exchange, and who answered', async () => {
    const client = await talk(`GET /who HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    const received = await client.rest();
    client.close();
    const who = JSON.parse(received.slice(received.indexOf('\r\n\r\n') + 4));
    const isOf = (event: CaptureEvent) => event.kind === 'request' && event.target === '/who';
    await expect.poll(() => closedOf(site, isOf)).toBeDefined();
    const closed = closedOf(site, isOf)!;
    const events = site.events().filter((event) => 'conn' in event && event.conn === closed.conn);
    expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'worker' && kind !== 'mark')).toEqual([
      'opened',
      'bytes',
      'begin',
      'request',
      'request-end',
      'response',
      'bytes',
      'response-end',
      'closed',
    ]);
    const out = events.flatMap((event) =>
      event.kind === 'bytes' && event.direction === 'out' ? [event] : [],
    );
    expect(Buffer.concat(out.map(({ data }) => data!)).toString('latin1')).toBe(received);
    const times = events.map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const named = events.flatMap((event) => (event.kind === 'worker' ? [event.name] : []));
    const expected = WORKERS[model];
    if (!expected) {
      expect(named).toEqual([]);
      expect(who).toEqual({ pid: process.pid, thread: expect.any(Number) });
    } else {
      expect(named).toEqual([expect.stringMatching(expected)]);
      expect(model === 'threads' ? who.pid === process.pid : named[0] === `process ${who.pid}`).toBe(true);
    }
  });

  it('counts what it served, whoever did', async () => {
    const { counters } = statsOf(site);
    const before = counters();
    expect((await get(site, '/a.txt')).status).toBe(200);
    await expect.poll(() => counters().map((value, i) => value - before[i]!)).toEqual([1, 1, 0]);
  });
});

function closedOf(site: ModelledSite, isOf: (event: CaptureEvent) => boolean) {
  const events = site.events();
  const found = events.find(isOf);
  const conn = found && 'conn' in found ? found.conn : 0;
  return events.find((event) => event.kind === 'closed' && event.conn === conn) as
    | Extract<CaptureEvent, { kind: 'closed' }>
    | undefined;
}

/** Connections, requests and requests in flight, as `/metrics` tells them. */
function statsOf(site: ModelledSite) {
  const read = (name: string) =>
    Number(new RegExp(`^wirescope_${name}\\{[^}]*\\} (\\d+)$`, 'm').exec(site.engine.metrics())?.[1]);
  return {
    counters: () => [read('connections_total'), read('requests_total'), read('requests_in_flight')],
  };
}
