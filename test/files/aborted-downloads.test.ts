import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';
import { openBelow } from './open-below.ts';

const DOWNLOADS = 10_000;
/** As many as a busy page of a browser farm; far fewer than ports. */
const AT_ONCE = 50;

/** Ways to be streamed, each from its own source. */
const REQUESTS = [
  'GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /big HTTP/1.1\r\nHost: localhost\r\nRange: bytes=5-\r\n\r\n',
  'GET /big HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-999999,2000000-2999999\r\n\r\n',
  'GET /text.txt HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: zstd\r\n\r\n',
  'GET /copied.js HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n',
];

let folder: ReturnType<typeof makeFolder>;
let served: Served;
beforeEach(async () => {
  const big = Buffer.alloc(4_000_000, 'bytes that go nowhere ');
  folder = makeFolder({ big, 'text.txt': big, 'copied.js': 'x'.repeat(2_000) });
  writeFileSync(join(folder.path, 'copied.js.gz'), gzipSync(big, { level: 0 }));
  served = await serve(staticFiles(folder.path));
});
afterEach(async () => {
  await served.stop();
  folder.remove();
});

/** Asks, waits for the first bytes, and resets. */
function abort(request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(served.port, '127.0.0.1', () => socket.write(request));
    socket.once('data', () => socket.resetAndDestroy());
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}

describe.runIf(existsSync('/proc/self/fd'))('ten thousand downloads that are broken off', () => {
  it('leave no descriptor open, and the server answers on', { timeout: 120_000 }, async () => {
    // A handle that nobody closes is closed when it is collected as garbage, and said to be: also a leak.
    const collected: string[] = [];
    const note = (warning: Error) => collected.push(warning.message);
    process.on('warning', note);
    let next = 0;
    const client = async () => {
      while (next < DOWNLOADS) await abort(REQUESTS[next++ % REQUESTS.length]!);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    expect(next).toBe(DOWNLOADS);
    await expect.poll(() => openBelow(folder.path), { timeout: 10_000 }).toEqual([]);
    process.off('warning', note);
    expect(collected).toEqual([]);
    await expect.poll(() => served.counters.inFlight).toBe(0);
    const whole = await fetch(`http://127.0.0.1:${served.port}/big`);
    expect((await whole.arrayBuffer()).byteLength).toBe(4_000_000);
  });
});
