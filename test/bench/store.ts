/**
 * What the renderer's store costs: node test/bench/store.ts [exchanges]
 *
 * Keep-alive traffic is written by the real capture log, read in batches as a feed gives them, and then the store is
 * asked what the window asks. Times are the median of several runs. Memory is told with node --expose-gc.
 */

import { graphResult } from '../../renderer/store/graphs.ts';
import { Ingest } from '../../renderer/store/ingest.ts';
import { listResult } from '../../renderer/store/list.ts';
import { NO_FILTER } from '../../renderer/store/queries.ts';
import { timelineResult } from '../../renderer/store/timeline.ts';
import { MAX_BATCH_BYTES } from '../../server-core/capture/feed-messages.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';

const exchanges = Number(process.argv[2] ?? 1_000_000);
const CONNECTIONS = 64;
const PATHS = ['/', '/css/app.css', '/js/app.js', '/img/logo.svg', '/api/lessons.json', '/fonts/inter.woff2'];
const TYPES = ['text/html', 'text/css', 'text/javascript', 'image/svg+xml', 'application/json', 'font/woff2'];

const ingest = new Ingest();
const before = process.memoryUsage();
const { records, ingestMs } = run();
globalThis.gc?.();
const after = process.memoryUsage();
const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
say('ingest', `${ingestMs.toFixed(0)} ms`, `${((records / ingestMs) * 1e-3).toFixed(2)} M records/s`);
say('memory', `${(held / 1e6).toFixed(0)} MB`, `${(held / exchanges).toFixed(0)} B an exchange`);

const filter = (text: string) => () => ingest.index.set({ ...NO_FILTER, text });
say('filter', `${median(filter('lessons')).toFixed(1)} ms`, 'one word');
say('filter', `${median(filter('api -404 status:200')).toFixed(1)} ms`, 'three terms');
say('filter', `${median(filter('')).toFixed(1)} ms`, 'none');
say(
  'list',
  `${median(() => listResult(ingest, { first: exchanges / 2, count: 60, tail: false })).toFixed(3)} ms`,
  '60 rows',
);

const { firstTime, lastTime } = ingest.columns;
const whole = { from: firstTime, to: lastTime };
const { metrics } = ingest.columns;
say(
  'graphs',
  `${median(() => graphResult(metrics, { ...whole, bins: 1000 })).toFixed(2)} ms`,
  '1 000 bins, all of time',
);
const lanes = { ...whole, firstLane: 0, laneCount: 20, width: 2000, server: undefined };
say(
  'timeline',
  `${median(() => timelineResult(ingest.columns, lanes)).toFixed(2)} ms`,
  '20 lanes, all of time',
);
const second = { ...lanes, from: lastTime - 1e6 };
say(
  'timeline',
  `${median(() => timelineResult(ingest.columns, second)).toFixed(2)} ms`,
  '20 lanes, the last second',
);

/** The traffic as a feed would send it: 10 records an exchange, of which 2 are reads and writes. */
function run(): { records: number; ingestMs: number } {
  let now = 0;
  let spent = 0;
  const log = new CaptureLog({ now: () => (now += 5), memoryBudgetBytes: 2 ** 31 });
  const cursor = log.cursor('start');
  const conns = Array.from({ length: CONNECTIONS }, (_, i) => log.opened(1, '127.0.0.1', 50_000 + i, 8080));
  const request = new Uint8Array(16);
  const response = new Uint8Array(16);
  for (let i = 0; i < exchanges; i++) {
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
    log.mark(conn, exchange, 'open', 'File inside the root, 400 B');
    log.mark(conn, exchange, 'decision', 'No condition, so 200');
    log.response(conn, exchange, outAt, outAt + 180, i % 50 === 0 ? 404 : 200, TYPES[page]!);
    log.bytes(conn, 'out', outAt, response);
    log.responseEnd(conn, exchange, outAt + response.length, true);
    if (cursor.behind > 1024 * 1024) take();
  }
  take();
  return { records: log.records, ingestMs: spent };

  function take(): void {
    for (
      let batch = cursor.read(MAX_BATCH_BYTES);
      batch !== undefined;
      batch = cursor.read(MAX_BATCH_BYTES)
    ) {
      const whole = batch;
      spent += time(() => ingest.batch(whole));
    }
  }
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(run: () => void, runs = 7): number {
  return Array.from({ length: runs }, () => time(run)).toSorted((a, b) => a - b)[runs >> 1]!;
}

function say(what: string, figure: string, of: string): void {
  console.log(`${what.padEnd(10)}${figure.padStart(12)}   ${of}`);
}
