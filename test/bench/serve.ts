/**
 * Serving files, as ratios within one run: ours against what else is installed, for three sizes and for gzip made
 * on the fly. Runs alternate, and the median of the rounds counts, because a shared machine drifts.
 *
 *   npm run bench -- serve [--seconds 2] [--rounds 3] [--connections 64] [--case small,medium,large,gzip]
 *
 * sirv, http-server and serve are found where Node finds them, or along NODE_PATH.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Contender,
  caddy,
  httpServer,
  nginx,
  nodeHttp,
  peakMemory,
  python,
  type Starter,
  serve,
  sirv,
  watched,
  wirescope,
} from './contenders.ts';
import { type LoadResult, load, median } from './load.ts';

export interface ServeBenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  /** Names of CASES; all when empty. */
  readonly cases: readonly string[];
}

interface Case {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly content: () => Buffer;
  readonly fields?: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'small', title: '1 KiB', file: 'small.txt', content: () => Buffer.alloc(1024, 'x') },
  { name: 'medium', title: '64 KiB', file: 'medium.txt', content: () => Buffer.alloc(64 * 1024, 'x') },
  { name: 'large', title: '10 MiB', file: 'large.bin', content: () => Buffer.alloc(10 * 1024 * 1024, 'x') },
  {
    name: 'gzip',
    title: '64 KiB of text, Accept-Encoding: gzip',
    file: 'prose.txt',
    content: prose,
    fields: ['Accept-Encoding: gzip'],
  },
];

const STARTERS: readonly Starter[] = [
  wirescope('Wirescope, capture off', ['--no-ui', '--no-capture']),
  watched('Wirescope, capture on, one reader'),
  nginx,
  caddy,
  nodeHttp,
  sirv(true),
  sirv(false),
  httpServer,
  serve,
  python,
];

export async function benchServing(options: ServeBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  for (const { file, content } of CASES) writeFileSync(join(folder, file), content());
  try {
    for (const one of CASES) {
      if (options.cases.length === 0 || options.cases.includes(one.name)) await run(one, folder, options);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each case has fresh processes, so that the memory of one is not the peak of another. */
async function run(one: Case, folder: string, options: ServeBenchOptions): Promise<void> {
  const contenders: Contender[] = [];
  try {
    for (const start of STARTERS) {
      const contender = await start(folder);
      if (contender) contenders.push(contender);
    }
    const results = new Map<Contender, LoadResult[]>(contenders.map((contender) => [contender, []]));
    const how = { connections: options.connections, fields: one.fields ?? [] };
    for (const { url } of contenders) load(url + one.file, { ...how, seconds: 1 });
    for (let round = 0; round < options.rounds; round++) {
      for (const [{ url }, list] of results)
        list.push(load(url + one.file, { ...how, seconds: options.seconds }));
    }
    const wire = new Map<Contender, string>();
    for (const contender of contenders)
      wire.set(contender, await codingOf(contender.url + one.file, one.fields));
    report(one, options, results, wire);
  } finally {
    for (const contender of contenders) contender.stop();
  }
}

function report(
  { title, fields }: Case,
  { connections, rounds, seconds }: ServeBenchOptions,
  results: ReadonlyMap<Contender, readonly LoadResult[]>,
  wire: ReadonlyMap<Contender, string>,
): void {
  // Of large files few are whole when time is up, so bytes count; of coded ones their number says nothing.
  const by = fields ? 'requestsPerSecond' : 'bytesPerSecond';
  const rate = (list: readonly LoadResult[]) => median(list.map((result) => result[by]));
  const base = rate([...results.values()][0] ?? []);
  console.log(`\n${title}: ${connections} connections, ${rounds} rounds of ${seconds} s, medians\n`);
  console.log(
    row('server', 'requests/s', 'of the first', 'MiB/s', 'p99 ms', 'peak MiB', fields ? 'coding' : ''),
  );
  for (const [contender, list] of results) {
    const requests = median(list.map((result) => result.requestsPerSecond));
    const mebibytes = median(list.map((result) => result.bytesPerSecond)) / 1024 ** 2;
    const p99 = median(list.map((result) => result.p99Ms));
    const memory = peakMemory(contender);
    console.log(
      row(
        contender.name,
        requests.toFixed(0),
        (rate(list) / base).toFixed(2),
        mebibytes.toFixed(0),
        p99.toFixed(2),
        memory === undefined ? '?' : (memory / 1024 ** 2).toFixed(0),
        fields ? (wire.get(contender) ?? '') : '',
      ),
    );
  }
}

function row(name: string, ...cells: readonly string[]): string {
  return (name.padEnd(36) + cells.map((cell) => cell.padStart(13)).join('')).trimEnd();
}

async function codingOf(url: string, fields: readonly string[] = []): Promise<string> {
  const headers = fields.map((field) => field.split(': ') as [string, string]);
  const response = await fetch(url, { headers });
  await response.body?.cancel();
  return response.headers.get('content-encoding') ?? 'none';
}

/** Text that compresses about as well as source code does, the same in every run. */
function prose(): Buffer {
  const words = [
    'const',
    'request',
    'response',
    'return',
    'await',
    'stream',
    'header',
    'byte',
    'of',
    '=>',
    '();\n',
  ];
  let seed = 1;
  let text = '';
  while (text.length < 64 * 1024) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += `${words[seed % words.length]}${seed % 7 === 0 ? seed : ''} `;
  }
  return Buffer.from(text.slice(0, 64 * 1024));
}
