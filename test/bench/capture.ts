/** Speed of the capture log: `node test/bench/capture.ts [exchanges]`. */
import { performance } from 'node:perf_hooks';
import { RecordReader } from '../../server-core/capture/codec.ts';
import { KIND } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';

const EXCHANGES = Number(process.argv[2] ?? 1_000_000);
const MARKS = [
  ['resolve', 'Target /assets/style.css?v=3 decodes to /assets/style.css'],
  ['resolve', 'File assets/style.css inside the root, 1 024 B'],
  ['open', 'Kept in memory, and the same on the disk'],
  ['decision', 'Type text/css; charset=utf-8 from .css'],
  ['decision', 'No Accept-Encoding, so it goes out as it is'],
  ['decision', 'Cache-Control no-cache: an edit shows on the next load, and an unchanged file costs a 304'],
  ['decision', 'Nothing stands against sending all of it, so 200'],
] as const;
const EVENTS = 7 + MARKS.length;
const MIB = 1024 * 1024;

const origin = performance.now();
const now = () => (performance.now() - origin) * 1000;
const requestBytes = new Uint8Array(180).fill(0x61);
const responseBytes = new Uint8Array(230 + 1024).fill(0x62);

/** What a keep-alive connection reports for one GET answered with 1 KiB. */
function exchange(log: CaptureLog, conn: number, offset: number): void {
  log.bytes(conn, 'in', offset, requestBytes);
  const id = log.begin(conn, offset);
  log.request(conn, id, offset, offset + 180, 'GET', '/assets/style.css?v=3', 'HTTP/1.1');
  log.requestEnd(conn, id, offset + 180);
  for (const [mark, detail] of MARKS) log.mark(conn, id, mark, detail);
  log.response(conn, id, offset, offset + 230, 200, 'text/css; charset=utf-8');
  log.bytes(conn, 'out', offset, responseBytes);
  log.responseEnd(conn, id, offset + 1254, true);
}

function fill(log: CaptureLog, exchanges: number): void {
  let conn = 0;
  for (let i = 0; i < exchanges; i++) {
    if (i % 100 === 0) {
      if (conn) log.closed(conn, 'client-fin', 18_000, 125_400);
      conn = log.opened(1, '127.0.0.1', 50_000, 8080);
    }
    exchange(log, conn, i * 1000);
  }
}

function timed(what: string, count: number, unit: string, run: () => void): void {
  const before = performance.now();
  run();
  const seconds = (performance.now() - before) / 1000;
  const rate = count / seconds / 1e6;
  console.log(
    `${what.padEnd(52)}${rate.toFixed(2).padStart(8)} M ${unit}/s  ${(seconds * 1000).toFixed(0)} ms`,
  );
}

fill(new CaptureLog({ now, memoryBudgetBytes: 8 * MIB }), 100_000);

const small = new CaptureLog({ now, memoryBudgetBytes: 64 * MIB });
timed('append, trimming all the time (64 MiB)', EXCHANGES * EVENTS, 'events', () => fill(small, EXCHANGES));
const still = new CaptureLog({ now: () => 1, memoryBudgetBytes: 64 * MIB });
timed('append, as above without reading a clock', EXCHANGES * EVENTS, 'events', () => fill(still, EXCHANGES));

const held = Math.min(EXCHANGES, 200_000);
const large = new CaptureLog({ now, memoryBudgetBytes: 1024 * MIB });
timed('append, buffers allocated on the way', held * EVENTS, 'events', () => fill(large, held));

const batches: Uint8Array[] = [];
timed('cursor, payloads left out, batches of 64 KiB', large.records, 'records', () => {
  const cursor = large.cursor('start');
  for (let batch = cursor.read(65_535); batch; batch = cursor.read(65_535)) batches.push(batch);
});

let walked = 0;
timed('reader: kind, conn, time, position', large.records * 5, 'records', () => {
  const reader = new RecordReader();
  for (let round = 0; round < 5; round++) {
    for (const batch of batches) {
      reader.reset(batch);
      while (reader.next()) walked += (reader.conn + reader.time + reader.position) % 2 === 0 ? 1 : 2;
    }
  }
});
timed('reader: with every field a list of requests needs', large.records, 'records', () => {
  const reader = new RecordReader();
  for (const batch of batches) {
    reader.reset(batch);
    while (reader.next()) {
      walked += reader.time > 0 ? 1 : 0;
      if (reader.kind === KIND.request) walked += reader.method.length + reader.target.length;
      else if (reader.kind === KIND.response) walked += reader.status + reader.mediaType.length;
      else if (reader.kind === KIND.mark) walked += reader.detail.length;
      else if (reader.kind === KIND.bytes) walked += reader.length + reader.offset;
    }
  }
});
if (walked === 0) console.log('nothing was read');
