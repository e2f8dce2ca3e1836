/** Keep-alive traffic written straight into a capture log, as the server tells of files that it has kept. */
import type { CaptureLog } from '../../server-core/capture/log.ts';

const CONNECTIONS = 64;
const PATHS = ['/', '/css/app.css', '/js/app.js', '/img/logo.svg', '/api/lessons.json', '/fonts/inter.woff2'];
const TYPES = ['text/html', 'text/css', 'text/javascript', 'image/svg+xml', 'application/json', 'font/woff2'];

/** Two are a read and a write, and one is all seven marks. */
export const RECORDS_AN_EXCHANGE = 8;

/** Each call of what it returns writes one exchange more, on the next of 64 connections. */
export function exchangeWriter(log: CaptureLog): () => void {
  const conns = Array.from({ length: CONNECTIONS }, (_, i) => log.opened(1, '127.0.0.1', 50_000 + i, 8080));
  const request = new Uint8Array(16);
  const response = new Uint8Array(16);
  let written = 0;
  return () => {
    const i = written++;
    const conn = conns[i % CONNECTIONS]!;
    const turn = Math.floor(i / CONNECTIONS);
    const [inAt, outAt] = [turn * request.length, turn * response.length];
    const page = i % PATHS.length;
    log.bytes(conn, 'in', inAt, request);
    const exchange = log.begin(conn, inAt);
    const target = i % 10 === 0 ? `${PATHS[page]}?v=${i}` : PATHS[page]!;
    log.request(conn, exchange, inAt, inAt + request.length, 'GET', target, '1.1');
    log.requestEnd(conn, exchange, inAt + request.length);
    log.mark(conn, exchange, 'resolve', `Target ${PATHS[page]} decodes to ${PATHS[page]}`);
    log.mark(conn, exchange, 'resolve', `File ${PATHS[page]} inside the root, 400 B`);
    log.mark(conn, exchange, 'open', 'Kept in memory, and the same on the disk');
    log.mark(conn, exchange, 'decision', `Type ${TYPES[page]}, from the name`);
    log.mark(conn, exchange, 'decision', 'No Accept-Encoding, so it goes out as it is');
    log.mark(conn, exchange, 'decision', 'Cache-Control no-cache: an unchanged file costs a 304');
    log.mark(conn, exchange, 'decision', 'Nothing stands against sending all of it, so 200');
    log.response(conn, exchange, outAt, outAt + 180, i % 50 === 0 ? 404 : 200, TYPES[page]!);
    log.bytes(conn, 'out', outAt, response);
    log.responseEnd(conn, exchange, outAt + response.length, true);
  };
}
