/** Load by wrk, on loopback only: one thread, bounded in connections and seconds. */
import { execFileSync } from 'node:child_process';
import { findProgram } from './contenders.ts';

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Request fields, `Name: value` each. */
  readonly fields?: readonly string[];
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly bytesPerSecond: number;
  /** NaN where no response was whole when time was up. */
  readonly p99Ms: number;
}

const UNIT = { us: 0.001, ms: 1, s: 1000, m: 60_000 } as const;
const SIZE = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** Throws when wrk is missing or got something else than it asked for. */
export function load(url: string, { connections, seconds, fields = [] }: LoadOptions): LoadResult {
  const wrk = findProgram('wrk');
  if (!wrk)
    throw new Error('The benchmark needs wrk as its load generator (Debian and Homebrew: package wrk)');
  const given = fields.flatMap((field) => ['-H', field]);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '20s', ...given, url];
  const text = execFileSync(wrk, args, { encoding: 'utf8' });
  const requestsPerSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  const transfer = /Transfer\/sec:\s+([\d.]+)(B|KB|MB|GB)/.exec(text);
  const p99 = /99%\s+([\d.]+)(us|ms|s|m)/.exec(text);
  const bytesPerSecond = transfer ? Number(transfer[1]) * SIZE[transfer[2] as keyof typeof SIZE] : 0;
  if (/Non-2xx/.test(text) || !(bytesPerSecond > 0)) {
    throw new Error(`wrk did not get what it asked for:\n${text}`);
  }
  return {
    requestsPerSecond,
    bytesPerSecond,
    p99Ms: requestsPerSecond > 0 && p99 ? Number(p99[1]) * UNIT[p99[2] as keyof typeof UNIT] : Number.NaN,
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
