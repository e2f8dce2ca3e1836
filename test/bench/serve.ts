/**
 * Requests per second and p99 of one small file, as ratios within one run: ours with capture off, ours with
 * capture on and a reader attached, node:http, and nginx with one worker where it is installed. Runs alternate,
 * and the median of the rounds counts, because a shared machine drifts. Load is wrk's, on loopback only.
 *
 *   npm run bench [-- --seconds 4 --rounds 3 --connections 64 --size 1024]
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const TOP = join(import.meta.dirname, '..', '..');
const CLI = join(TOP, 'out', 'cli', 'wirescope.mjs');

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    size: { type: 'string', default: '1024' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const connections = Number(values.connections);

interface Contender {
  readonly name: string;
  readonly url: string;
  stop(): void;
}
interface Result {
  readonly perSecond: number;
  readonly p99Ms: number;
}

const wrk = findProgram('wrk');
if (!wrk) {
  console.error('The benchmark needs wrk as its load generator (Debian and Homebrew: package wrk)');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
writeFileSync(join(folder, 'file.txt'), 'x'.repeat(Number(values.size)));

const contenders: Contender[] = [];
try {
  contenders.push(await ours('wirescope, capture off', ['--no-ui', '--no-capture']));
  contenders.push(await watched());
  contenders.push(await nodeHttp());
  const nginx = await startNginx();
  if (nginx) contenders.push(nginx);
  else console.log('nginx is not installed: left out');

  const results = new Map<string, Result[]>(contenders.map(({ name }) => [name, []]));
  for (const { url } of contenders) load(url, 1);
  for (let round = 0; round < rounds; round++) {
    for (const { name, url } of contenders) results.get(name)?.push(load(url, seconds));
  }
  report(results);
} finally {
  for (const contender of contenders) contender.stop();
  rmSync(folder, { recursive: true, force: true });
}

function report(results: Map<string, Result[]>): void {
  const base = median(results.get('wirescope, capture off') ?? [], 'perSecond');
  console.log(
    `\n${values.size} B file, ${connections} connections, ${rounds} rounds of ${seconds} s, medians\n`,
  );
  console.log(
    `${'server'.padEnd(34)}${'requests/s'.padStart(12)}${'of capture off'.padStart(16)}${'p99 ms'.padStart(10)}`,
  );
  for (const [name, list] of results) {
    const perSecond = median(list, 'perSecond');
    const ratio = (perSecond / base).toFixed(2);
    const p99 = median(list, 'p99Ms').toFixed(2);
    console.log(
      `${name.padEnd(34)}${Math.round(perSecond).toString().padStart(12)}${ratio.padStart(16)}${p99.padStart(10)}`,
    );
  }
}

function median(list: readonly Result[], key: keyof Result): number {
  const sorted = list.map((result) => result[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function load(url: string, forSeconds: number): Result {
  const args = ['-t1', `-c${connections}`, `-d${forSeconds}s`, '--latency', `${url}file.txt`];
  const text = execFileSync(wrk as string, args, { encoding: 'utf8' });
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  const p99 = /99%\s+([\d.]+)(us|ms|s)/.exec(text);
  if (/Non-2xx/.test(text) || !(perSecond > 0) || !p99)
    throw new Error(`wrk did not get what it asked for:\n${text}`);
  const unit = { us: 0.001, ms: 1, s: 1000 }[p99[2] as 'us' | 'ms' | 's'];
  return { perSecond, p99Ms: Number(p99[1]) * unit };
}

async function ours(name: string, options: readonly string[]): Promise<Contender> {
  const child = spawn(process.execPath, [CLI, folder, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await lineOf(child, /^listening (\S+)$/m);
  return { name, url, stop: () => child.kill() };
}

/** Capture on, and a viewer that takes everything it is given, as the window does. */
async function watched(): Promise<Contender> {
  const child = spawn(process.execPath, [CLI, folder, '--port', '0', '--ui-port', '0', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await linesOf(child, [/^listening (\S+)$/m, /^window\s+(\S+)$/m]);
  const [url, ui] = output as [string, string];
  const reader = spawn(process.execPath, [join(import.meta.dirname, 'reader.ts'), ui], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await lineOf(reader, /^(reading)$/m);
  return {
    name: 'wirescope, capture on, one reader',
    url,
    stop: () => {
      reader.kill();
      child.kill();
    },
  };
}

async function nodeHttp(): Promise<Contender> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'node-http.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    name: 'node:http, stat and read a file',
    url: await lineOf(child, /^listening (\S+)$/m),
    stop: () => child.kill(),
  };
}

async function startNginx(): Promise<Contender | undefined> {
  const nginx = findProgram('nginx');
  if (!nginx) return undefined;
  const port = 20_000 + (process.pid % 20_000);
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
  uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5; types { text/plain txt; }
  server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const child = spawn(nginx, ['-c', config, '-p', folder], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}/`;
  await answering(url);
  return { name: 'nginx, one worker', url, stop: () => child.kill() };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${url}file.txt`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return linesOf(child, [pattern]).then((found) => found[0] as string);
}

function linesOf(child: ChildProcess, patterns: readonly RegExp[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      const found = patterns.map((pattern) => pattern.exec(text)?.[1]);
      if (found.every((item) => item !== undefined)) resolve(found as string[]);
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it said where it listens`)));
  });
}

function findProgram(name: string): string | undefined {
  try {
    return execFileSync(process.platform === 'win32' ? 'where' : 'which', [name], { encoding: 'utf8' })
      .trim()
      .split('\n')[0];
  } catch {
    return undefined;
  }
}
