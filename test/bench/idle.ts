/** What idle connections cost: resident memory of the server by connection that has asked once and now waits. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, lineOf, nginx, nodeHttp, type Starter, wirescope } from './contenders.ts';

const STARTERS: readonly Starter[] = [
  wirescope('Wirescope, capture off', ['--no-ui', '--no-capture']),
  wirescope('Wirescope, capture on', ['--no-ui', '--memory', '64']),
  nginx,
  nodeHttp,
];

export async function benchIdle({ connections }: { readonly connections: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  writeFileSync(join(folder, 'small.txt'), 'x'.repeat(1024));
  console.log(`\n${connections} idle connections, each after one request\n`);
  try {
    for (const start of STARTERS) {
      const contender = await start(folder);
      if (contender) await measure(contender, connections);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(contender: Contender, connections: number): Promise<void> {
  try {
    // The first requests grow what is shared by all.
    for (let i = 0; i < 2_000; i++) await (await fetch(`${contender.url}small.txt`)).text();
    const before = residentBytes(contender.pid);
    const script = join(import.meta.dirname, 'idle-clients.ts');
    const clients = spawn(process.execPath, [script, `${contender.url}small.txt`, String(connections)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await lineOf(clients, /^holding (\d+)$/m);
      const grown = residentBytes(contender.pid) - before;
      const each = grown / connections;
      const total = (grown / 1024 ** 2).toFixed(1);
      console.log(
        `${contender.name.padEnd(36)}${total.padStart(8)} MiB more${each.toFixed(0).padStart(8)} B each`,
      );
    } finally {
      clients.kill('SIGKILL');
    }
  } finally {
    contender.stop();
  }
}

function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error('This system does not tell the memory of a process');
  return Number(kib) * 1024;
}
