/** Real traffic of every kind for the pictures: a browser, and clients that do what no browser would. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { Browser } from 'playwright-core';
import { WebSocket } from 'ws';
import type { Window } from '../e2e/window.ts';
import { RawClient } from '../net/raw-client.ts';

/** Answered by the site beside its files. */
export const ROUTES = `export default ({ route, jsonResponse, readJson, eventStream, webSocketResponse }) => [
  route('GET', '/api/orders', async () => {
    await new Promise((done) => setTimeout(done, 18));
    return jsonResponse({ orders: Array.from({ length: 40 }, (_, i) => ({ id: 7000 + i, total: 12.5 * i, paid: i % 3 > 0 })) });
  }),
  route('POST', '/api/orders', async (request) => jsonResponse({ id: 7041, ...(await readJson(request)) }, { status: 201 })),
  route('GET', '/api/report', () => {
    const until = performance.now() + 8;
    while (performance.now() < until);
    return jsonResponse({ rows: 40 });
  }),
  route('GET', '/api/broken', () => { throw new Error('The orders cannot be read'); }),
  route('GET', '/api/late', () => new Promise(() => {})),
  route('GET', '/api/events', (request) => eventStream(request, async function* ({ signal }) {
    for (let i = 1; i <= 4; i++) yield { event: 'price', id: String(i), data: JSON.stringify({ item: 40 + i, price: 9.5 + i }) };
    await new Promise((done) => signal.addEventListener('abort', done));
  })),
  route('GET', '/live', (request) => webSocketResponse(request, {
    onSession(session) {
      session.sendText('{"hello":"scope"}');
      session.onMessage((text) => session.sendText(JSON.stringify({ echo: text })));
    },
  })),
];
`;
/** More than the sockets between two programs hold, so that a slow reader is waited for. */
export const LARGE = 24 * 2 ** 20;
const LOAD_CLIENTS = 12;
const LOAD_MS = 3000;
/** A process for each of its requests takes a busy machine long. */
const LAB_PATIENCE_MS = 120_000;

export interface Site {
  readonly url: string;
  readonly port: number;
}

/** What still goes on when the pictures are taken. */
export interface Going {
  close(): void;
}

export async function makeTraffic(browser: Browser, { url, port }: Site): Promise<Going> {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const path of ['', 'caching.html', 'errors.html', 'formats/', '', 'parallel.html']) {
    await page.goto(url + path, { waitUntil: 'networkidle' });
  }
  await page.getByRole('button', { name: 'Load all at once' }).click();
  await page.waitForLoadState('networkidle');
  const raw: RawClient[] = [];
  const client = async () => {
    const made = await RawClient.open(port);
    raw.push(made);
    return made;
  };
  const slow = await client();
  slow.socket.pause();
  await slow.send(get('/video.bin'));

  const api = await client();
  for (const target of ['/api/orders', '/api/orders?page=2', '/api/broken', '/data/primes.txt']) {
    await api.send(get(target));
    await api.response().catch(() => undefined);
  }
  const order = '{"item":7,"note":"gift wrap"}';
  await api.send(
    `POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${order.length}\r\n\r\n${order}`,
  );
  await api.response();
  // Three at once on one connection.
  await api.send(get('/img/tile-01.svg') + get('/img/tile-02.svg') + get('/nowhere.css'));
  for (let i = 0; i < 3; i++) await api.response();

  const reset = await client();
  await reset.send(get('/video.bin'));
  await reset.atLeast(200_000);
  reset.reset();
  for (const bytes of [
    'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ]) {
    const wrong = await client();
    await wrong.send(bytes);
    await wrong.rest();
  }
  const half = await client();
  await half.send('GET /half HTTP/1.1\r\nHost: loc');
  const late = await client();
  await late.send(get('/api/late'));
  const events = await client();
  await events.send(get('/api/events', 'Accept: text/event-stream\r\n'));
  await events.atLeast(300);
  const socket = new WebSocket(`ws://localhost:${port}/live`);
  await once(socket, 'message');
  for (const text of ['ping', 'How many tiles are there?']) {
    socket.send(text);
    await once(socket, 'message');
  }
  slow.socket.resume();
  await slow.atLeast(LARGE);
  return {
    close() {
      for (const each of raw) each.close();
      socket.terminate();
      void context.close();
    },
  };
}

/** The same load under one model after the other: what Concurrency is there to show. */
export async function makeLoad({ page, port }: Window): Promise<void> {
  await page.getByRole('tab', { name: /^Concurrency/ }).click();
  for (const model of ['event-loop', 'prefork', 'threads']) {
    await page.getByRole('button', { name: model, exact: true }).click();
    await page.getByRole('button', { name: model, exact: true, pressed: true }).waitFor();
    await Promise.all(Array.from({ length: LOAD_CLIENTS }, () => askFor(port, LOAD_MS)));
  }
}

/** A few requests on each connection, one connection after the other. */
async function askFor(port: number, ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const made = await RawClient.open(port);
    for (let i = 0; i < 8 && performance.now() < until; i++) {
      await made.send(get('/api/report'));
      await made.response();
    }
    made.close();
  }
}

/** Runs the first scenario of the lab under all models. */
export async function runLab({ page }: Window): Promise<void> {
  await page.getByRole('tab', { name: /^Load/ }).click();
  const lab = page.getByRole('region', { name: 'Load' });
  await lab.getByLabel('Requests').fill('40');
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await lab.getByRole('status').filter({ hasText: 'models done' }).waitFor({ timeout: LAB_PATIENCE_MS });
}

/** Over TLS: one that answers, one that cannot agree on a protocol. */
export async function makeSecureTraffic({ port }: Site): Promise<Going> {
  const secure = connect({ host: 'localhost', port, rejectUnauthorized: false });
  await once(secure, 'secureConnect');
  for (const target of ['/', '/style.css', '/mark.svg']) {
    secure.write(get(target));
    await once(secure, 'data');
  }
  const other = connect({ host: 'localhost', port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  await once(other, 'error').catch(() => undefined);
  return { close: () => secure.destroy() };
}

function get(target: string, fields = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n${fields}\r\n`;
}
