/**
 * What capturing costs, as ratios within one run on the same file, a small one and a larger: ours with capture off and
 * on, with a viewer and without one, against nginx, which captures nothing, and what else records traffic: mockttp and
 * mitmproxy.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answering,
  type Contender,
  contender,
  findProgram,
  freePort,
  installed,
  lineOf,
  nginx,
  type Starter,
  watched,
  wirescope,
} from './contenders.ts';
import { type LoadResult, load, median } from './load.ts';

export interface CaptureBenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
}

const FILES = [
  { file: 'small.txt', size: '1 KiB', bytes: 1024 },
  { file: 'middle.txt', size: '64 KiB', bytes: 65_536 },
] as const;

const mockttp: Starter = async (folder) => {
  const module = installed('mockttp');
  if (!module) return undefined;
  const script = join(import.meta.dirname, 'mockttp.ts');
  const child = spawn(process.execPath, [script, module, ...FILES.map(({ file }) => join(folder, file))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return contender('mockttp', child, await lineOf(child, /^listening (\S+)$/m));
};

/** In front of a server of ours that captures nothing: it serves no files itself. */
const mitmproxy: Starter = async (folder) => {
  const command = findProgram('mitmdump');
  const origin = command && (await wirescope('origin', ['--no-ui', '--no-capture'])(folder));
  if (!command || !origin) return undefined;
  const port = freePort();
  const args = ['--mode', `reverse:${origin.url}`, '--listen-host', '127.0.0.1', '-p', String(port), '-q'];
  const proxy = await answering('mitmproxy, reverse', spawn(command, args, { stdio: 'ignore' }), port);
  return {
    ...proxy,
    stop: () => {
      proxy.stop();
      origin.stop();
    },
  };
};

const STARTERS: readonly Starter[] = [
  wirescope('Wirescope, capture off', ['--no-ui', '--no-capture']),
  wirescope('Wirescope, capture on, no reader', ['--no-ui']),
  watched('Wirescope, capture on, one reader'),
  nginx,
  mockttp,
  mitmproxy,
];

export async function benchCapture(options: CaptureBenchOptions): Promise<void> {
  const { connections, rounds, seconds } = options;
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  for (const { file, bytes } of FILES) writeFileSync(join(folder, file), 'x'.repeat(bytes));
  const contenders: Contender[] = [];
  try {
    for (const start of STARTERS) {
      const one = await start(folder);
      if (one) contenders.push(one);
    }
    for (const { file, size } of FILES) {
      console.log(
        `\nCapture: ${size}, ${connections} connections, ${rounds} rounds of ${seconds} s, medians\n`,
      );
      compare(contenders, file, options);
    }
  } finally {
    for (const one of contenders) one.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(contenders: readonly Contender[], file: string, options: CaptureBenchOptions): void {
  const { connections, rounds, seconds } = options;
  const results = new Map<Contender, LoadResult[]>(contenders.map((one) => [one, []]));
  for (const { url } of contenders) load(url + file, { connections, seconds: 2 });
  for (let round = 0; round < rounds; round++) {
    for (const [{ url }, list] of results) list.push(load(url + file, { connections, seconds }));
  }
  console.log(row('server', 'requests/s', 'of the first', 'p99 ms', 'p99 ratio'));
  const base = figures([...results.values()][0] ?? []);
  for (const [{ name }, list] of results) {
    const { perSecond, p99 } = figures(list);
    const ratios = [(perSecond / base.perSecond).toFixed(3), p99.toFixed(2), (p99 / base.p99).toFixed(2)];
    console.log(row(name, perSecond.toFixed(0), ...ratios));
  }
}

function figures(list: readonly LoadResult[]): { readonly perSecond: number; readonly p99: number } {
  return {
    perSecond: median(list.map((result) => result.requestsPerSecond)),
    p99: median(list.map((result) => result.p99Ms)),
  };
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(36) + cells.map((cell) => cell.padStart(13)).join('');
}
