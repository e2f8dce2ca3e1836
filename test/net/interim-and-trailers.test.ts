/** What comes before the final head and behind the content, as Node's client and a browser see it. */
import { once } from 'node:events';
import { type IncomingMessage, request as nodeRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byteSource } from '../../server-core/http/byte-source.ts';
import { timeout } from '../../server-core/http/middleware/timeout.ts';
import type { Request } from '../../server-core/http/request.ts';
import type { Response } from '../../server-core/http/response.ts';
import { proxy } from '../../server-core/net/proxy/proxy.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Served, serve } from './serve.ts';

let served: Served;
let front: Served;
let relay: ReturnType<typeof proxy>;

async function* pieces() {
  yield Buffer.from('some ');
  yield Buffer.from('content');
}

async function answer(request: Request): Promise<Response> {
  if (request.method === 'POST') {
    const { length } = await request.body.bytes(1_000);
    const { trailers } = request;
    return { status: 200, fields: [], body: Buffer.from(`${length} ${trailers?.get('x-sum')}`) };
  }
  request.inform(102, []);
  request.inform(103, [
    ['Link', '</a.css>; rel=preload; as=style'],
    ['Link', '</b.js>; rel=preload; as=script'],
  ]);
  const trailers = () => [['Server-Timing', 'db;dur=5']] as const;
  return {
    status: 200,
    fields: [['Content-Type', 'text/html']],
    body: { ...byteSource(pieces()), trailers, trailerNames: ['Server-Timing'] },
  };
}

beforeAll(async () => {
  // Through a middleware that stands in for the request, since those must pass all of it on.
  const timed = timeout(60_000);
  served = await serve((request) => timed(request, answer));
  relay = proxy(`http://127.0.0.1:${served.port}`);
  front = await serve(relay);
});
afterAll(async () => {
  relay.close();
  await front.stop();
  await served.stop();
});

async function get(port: number) {
  const seen: [number, unknown][] = [];
  const request = nodeRequest({ port, host: '127.0.0.1' });
  request.on('information', ({ statusCode, headers }) => seen.push([statusCode, headers.link]));
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const piece of response) body += piece;
  return { seen, body, response };
}

describe.each([
  ['the server itself', () => served.port],
  ['a proxy before it', () => front.port],
])('node:http, asking %s', (_, port) => {
  it('sees interim responses and trailers', async () => {
    const { seen, body, response } = await get(port());
    expect(seen).toEqual([
      [102, undefined],
      [103, '</a.css>; rel=preload; as=style, </b.js>; rel=preload; as=script'],
    ]);
    expect(response.statusCode).toBe(200);
    expect(body).toBe('some content');
    expect(response.trailers).toEqual({ 'server-timing': 'db;dur=5' });
  });
});

it('node:http sends trailers, and the handler gets them', async () => {
  const request = nodeRequest({ port: served.port, host: '127.0.0.1', method: 'POST' });
  request.setHeader('Trailer', 'X-Sum');
  request.addTrailers({ 'X-Sum': '42' });
  request.write('abc');
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const piece of response) body += piece;
  expect(body).toBe('3 42');
});

it('the capture has the interim bytes before the response, and says that they were sent', async () => {
  await get(served.port);
  const events = served.events();
  const response = events.findLast((event) => event.kind === 'response')!;
  expect(response).toMatchObject({ status: 200 });
  const exchange = response.kind === 'response' ? response.exchange : 0;
  const said = events.flatMap((event) =>
    event.kind === 'mark' && event.exchange === exchange && event.detail.endsWith('ahead')
      ? [event.detail]
      : [],
  );
  expect(said).toEqual(['Sent 102 (Processing) ahead', 'Sent 103 (Early Hints) ahead']);
  const out = Buffer.concat(
    events.flatMap((event) =>
      event.kind === 'bytes' &&
      event.conn === (response as { conn: number }).conn &&
      event.direction === 'out'
        ? [event.data!]
        : [],
    ),
  ).toString('latin1');
  const { offset, headEnd } = response as { offset: number; headEnd: number };
  expect(out.slice(0, offset)).toMatch(/^HTTP\/1\.1 102 .*\r\n\r\nHTTP\/1\.1 103 [\s\S]*\r\n\r\n$/);
  expect(out.slice(offset, headEnd)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/);
});

it('Chromium takes them, and the page behind them', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${served.port}/`);
    expect(await page.textContent('body')).toBe('some content');
    const timing = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return {
        interim: (navigation as unknown as { firstInterimResponseStart: number }).firstInterimResponseStart,
      };
    });
    expect(timing.interim).toBeGreaterThan(0);
  } finally {
    await browser.close();
  }
});
