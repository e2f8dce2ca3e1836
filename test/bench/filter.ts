/**
 * What a filter costs over all rows held: node test/bench/filter.ts [exchanges]
 *
 * The traffic is written by the real capture log. Each filter is set anew after one that shows everything; figures
 * are the median of seven.
 */
import { FIELD_NAMES, fieldOf } from '../../renderer/filter/fields.ts';
import { Ingest } from '../../renderer/store/ingest.ts';
import { NO_FILTER } from '../../renderer/store/queries/filter.ts';
import { valueCounts } from '../../renderer/store/value-counts.ts';
import { MAX_BATCH_BYTES } from '../../server-core/capture/feed-messages.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';

const exchanges = Number(process.argv[2] ?? 1_000_000);
const CONNECTIONS = 64;
const PATHS = ['/', '/css/app.css', '/js/app.js', '/img/logo.svg', '/api/lessons.json', '/fonts/inter.woff2'];
const TYPES = ['text/html', 'text/css', 'text/javascript', 'image/svg+xml', 'application/json', 'font/woff2'];

const ingest = new Ingest();
fill();
const fields = FIELD_NAMES.filter((name) => fieldOf(name).reads === undefined);
for (const text of [
  'lessons',
  '"no such thing"',
  '/lesson.*n/i',
  ...fields.map((name) => fieldOf(name).example),
  '(path:/api or type:css) -status:4xx time<1s',
]) {
  const ms = median(() => {
    ingest.index.set(NO_FILTER);
    return time(() => ingest.index.set({ ...NO_FILTER, text }));
  });
  console.log(`${ms.toFixed(1).padStart(8)} ms   ${text}   ${ingest.index.count} rows`);
}
for (const field of ['path', 'status', 'conn'] as const) {
  const ms = median(() => time(() => valueCounts(ingest.columns, field, '', 50)));
  console.log(`${ms.toFixed(1).padStart(8)} ms   values of ${field}`);
}

/** One exchange in ten has a target of its own. */
function fill(): void {
  let now = 0;
  const log = new CaptureLog({ now: () => (now += 5), memoryBudgetBytes: 2 ** 31 });
  const cursor = log.cursor('start');
  const conns = Array.from({ length: CONNECTIONS }, (_, i) => log.opened(1, '127.0.0.1', 50_000 + i, 8080));
  for (let i = 0; i < exchanges; i++) {
    const conn = conns[i % CONNECTIONS]!;
    const at = Math.floor(i / CONNECTIONS) * 16;
    const page = i % PATHS.length;
    const target = i % 10 === 0 ? `${PATHS[page]}?v=${i}` : PATHS[page]!;
    const exchange = log.begin(conn, at);
    log.request(conn, exchange, at, at + 16, 'GET', target, '1.1');
    log.requestEnd(conn, exchange, at + 16);
    log.response(conn, exchange, at, at + 16, i % 50 === 0 ? 404 : 200, TYPES[page]!);
    log.responseEnd(conn, exchange, at + 16, true);
    if (cursor.behind > 1024 * 1024 || i === exchanges - 1) {
      for (let batch = cursor.read(MAX_BATCH_BYTES); batch; batch = cursor.read(MAX_BATCH_BYTES))
        ingest.batch(batch);
    }
  }
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(run: () => number, runs = 7): number {
  return Array.from({ length: runs }, run).toSorted((a, b) => a - b)[runs >> 1]!;
}
