/** A capture file of a size: `node test/bench/capture-file.ts [mebibytes]`, 1024 unless said. Answers of 1 KiB. */
import { createWriteStream, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { captureFile } from '../../server-core/host/capture-file-writer.ts';
import { OpenedCaptures } from '../../server-core/host/opened-captures.ts';

const MIB = 1024 * 1024;
const size = Number(process.argv[2] ?? 1024) * MIB;
const path = join(tmpdir(), `wirescope-bench-${process.pid}.wirescope`);

let time = 0;
const log = new CaptureLog({ now: () => (time += 20), segmentBytes: MIB, memoryBudgetBytes: size * 1.1 });
const requestBytes = new Uint8Array(180).fill(0x61);
const responseBytes = new Uint8Array(230 + 1024).fill(0x62);
while (log.usedBytes < size) {
  const conn = log.opened(1, '127.0.0.1', 50_000, 8080);
  for (let i = 0; i < 100; i++) {
    const offset = i * 180;
    const out = i * responseBytes.length;
    log.bytes(conn, 'in', offset, requestBytes);
    const id = log.begin(conn, offset);
    log.request(conn, id, offset, offset + 180, 'GET', `/assets/${id % 5000}.css?v=3`, 'HTTP/1.1');
    log.requestEnd(conn, id, offset + 180);
    log.mark(conn, id, 'decision', 'No If-None-Match, so 200 with the whole file');
    log.response(conn, id, out, out + 230, 200, 'text/css; charset=utf-8');
    log.bytes(conn, 'out', out, responseBytes);
    log.responseEnd(conn, id, out + responseBytes.length, true);
  }
  log.closed(conn, 'client-fin', 18_000, 100 * responseBytes.length);
}

const began = performance.now();
const meta = { version: '', platform: process.platform, host: 'bench', epochMs: 0, createdMs: 0 };
await pipeline(captureFile(log, meta), createWriteStream(path));
say('written', began);

const captures = new OpenedCaptures(() => {});
const opening = performance.now();
const { id, start, end, exchanges } = await captures.open(path);
say(`opened, ${exchanges} exchanges`, opening);
for (let from = start; from < end; ) {
  const answer = await captures.read(id, from);
  if (from === start) say('first rows', opening);
  from = new DataView(answer.buffer).getFloat64(0, true);
}
say('read to its end', opening);
await captures.closeAll();
rmSync(path);

function say(what: string, since: number): void {
  console.log(`${what.padEnd(32)}${(performance.now() - since).toFixed(0).padStart(8)} ms`);
}
