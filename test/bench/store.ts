/**
 * What the renderer's store costs: node test/bench/store.ts [exchanges]
 *
 * Keep-alive traffic is written by the real capture log, read in batches as a feed gives them, and then the store is
 * asked what the window asks. Times are the median of several runs. Memory is told with node --expose-gc.
 */

import { graphDetails } from '../../renderer/store/graph-details.ts';
import { graphResult } from '../../renderer/store/graphs.ts';
import { Ingest } from '../../renderer/store/ingest.ts';
import { listResult } from '../../renderer/store/list.ts';
import { NO_FILTER } from '../../renderer/store/queries/filter.ts';
import { BY_TIME } from '../../renderer/store/queries/list.ts';
import { timelineResult } from '../../renderer/store/timeline.ts';
import { MAX_BATCH_BYTES } from '../../server-core/capture/feed-messages.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { exchangeWriter } from './store-traffic.ts';

const exchanges = Number(process.argv[2] ?? 1_000_000);

const ingest = new Ingest();
const before = process.memoryUsage();
const { records, ingestMs } = run();
// The log that wrote the traffic goes with the turn in which it was made.
await new Promise((done) => setTimeout(done, 50));
globalThis.gc?.();
const after = process.memoryUsage();
const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
say('ingest', `${ingestMs.toFixed(0)} ms`, `${((records / ingestMs) * 1e-3).toFixed(2)} M records/s`);
say('memory', `${(held / 1e6).toFixed(0)} MB`, `${(held / exchanges).toFixed(0)} B an exchange`);

for (const [text, of] of [
  ['lessons', 'one word'],
  ['api -404 status:200', 'three terms'],
] as const) {
  // From all rows each time: a filter that only asks for more looks at those that are left.
  const filter = () => ingest.index.set({ ...NO_FILTER, text });
  say('filter', `${median(filter, () => ingest.index.set(NO_FILTER)).toFixed(1)} ms`, of);
}
for (const column of ['duration', 'status', 'target'] as const) {
  const sort = (descending: boolean) => () => {
    ingest.order.set({ column, descending });
    ingest.order.refresh();
  };
  say('sort', `${median(sort(true)).toFixed(1)} ms`, column);
}
ingest.order.set(BY_TIME);
for (const grouping of ['connection', 'path'] as const) {
  const group = () => {
    ingest.lines.set(grouping);
    ingest.lines.refresh();
  };
  say('group', `${median(group, () => ingest.lines.set('none')).toFixed(1)} ms`, grouping);
}
ingest.lines.set('none');
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
const details = () => graphDetails(ingest.columns, { ...whole, bins: 400 });
const [first] = [performance.now(), details()];
say(
  'graphs',
  `${(performance.now() - first).toFixed(1)} ms`,
  'percentiles and processes, 400 bins, asked first',
);
say('graphs', `${median(details).toFixed(2)} ms`, 'the same, asked again');
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

/** Writes the traffic, and takes it in as a feed would send it. */
function run(): { records: number; ingestMs: number } {
  let now = 0;
  let spent = 0;
  const log = new CaptureLog({ now: () => (now += 5), memoryBudgetBytes: 2 ** 31 });
  const cursor = log.cursor('start');
  const write = exchangeWriter(log);
  for (let i = 0; i < exchanges; i++) {
    write();
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

function median(run: () => void, before = () => {}): number {
  const times = Array.from({ length: 7 }, () => {
    before();
    return time(run);
  });
  return times.toSorted((a, b) => a - b)[3]!;
}

function say(what: string, figure: string, of: string): void {
  console.log(`${what.padEnd(10)}${figure.padStart(12)}   ${of}`);
}
