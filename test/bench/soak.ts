/**
 * Memory over many requests, with capture on and a viewer that reads all of it: heap and resident memory of the
 * serving process, from its own `/metrics`, at ten points. What leaks shows as a line that rises.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, linesOf } from './contenders.ts';
import { load } from './load.ts';

const POINTS = 10;
const MEMORY_MIB = 64;

export async function benchSoak({ requests }: { readonly requests: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  writeFileSync(join(folder, 'small.txt'), 'x'.repeat(1024));
  const args = [
    '--expose-gc',
    CLI,
    folder,
    '--port',
    '0',
    '--ui-port',
    '0',
    '--no-open',
    '--memory',
    String(MEMORY_MIB),
  ];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url, ui] = (await linesOf(server, [/^listening (\S+)$/m, /^window\s+(\S+)$/m])) as [string, string];
  const reader = spawn(process.execPath, [join(import.meta.dirname, 'reader.ts'), ui], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  console.log(`\nSoak: ${requests} requests for 1 KiB, ${MEMORY_MIB} MiB for the capture, one reader\n`);
  console.log('    requests    heap MiB resident MiB');
  try {
    for (let point = 1; point <= POINTS; ) {
      load(`${url}small.txt`, { connections: 64, seconds: 1 });
      const now = await scrape(new URL('/metrics', ui));
      if (now.requests < (requests * point) / POINTS) continue;
      while (now.requests >= (requests * point) / POINTS && point <= POINTS) point++;
      const cells = [now.requests, (now.heap / 1024 ** 2).toFixed(1), (now.resident / 1024 ** 2).toFixed(0)];
      console.log(cells.map((cell) => String(cell).padStart(12)).join(''));
    }
  } finally {
    reader.kill();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scrape(metrics: URL): Promise<{ requests: number; heap: number; resident: number }> {
  const text = await (await fetch(metrics)).text();
  const value = (name: string) => Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    requests: value('wirescope_requests_total'),
    heap: value('nodejs_heap_size_used_bytes'),
    resident: value('process_resident_memory_bytes'),
  };
}
