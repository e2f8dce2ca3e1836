/** The servers that are measured, each in a process of its own on one folder; those that are not here are left out. */
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const TOP = join(import.meta.dirname, '..', '..');
export const CLI = join(TOP, 'out', 'cli', 'wirescope.mjs');

export interface Contender {
  readonly name: string;
  readonly url: string;
  /** The process that serves. */
  readonly pid: number;
  stop(): void;
}

/** Starts a contender on a folder; undefined when it is not installed. */
export type Starter = (folder: string) => Promise<Contender | undefined>;

const QUIET: SpawnOptions = { stdio: ['ignore', 'pipe', 'inherit'] };
const SILENT: SpawnOptions = { stdio: 'ignore' };

export function wirescope(name: string, options: readonly string[]): Starter {
  return async (folder) => {
    const child = spawn(process.execPath, [CLI, folder, '--port', '0', ...options], QUIET);
    return contender(name, child, await lineOf(child, /^listening (\S+)$/m));
  };
}

/** Capture on, and a viewer that takes everything it is given, as the window does. */
export function watched(name: string): Starter {
  return async (folder) => {
    const args = [CLI, folder, '--port', '0', '--ui-port', '0', '--no-open'];
    const child = spawn(process.execPath, args, QUIET);
    const [url, ui] = (await linesOf(child, [/^listening (\S+)$/m, /^window\s+(\S+)$/m])) as [string, string];
    const reader = spawn(process.execPath, [join(import.meta.dirname, 'reader.ts'), ui], QUIET);
    await lineOf(reader, /^(reading)$/m);
    const serving = contender(name, child, url);
    return {
      ...serving,
      stop: () => {
        reader.kill();
        serving.stop();
      },
    };
  };
}

export const nodeHttp: Starter = async (folder) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'node-http.ts'), folder], QUIET);
  return contender('node:http, stat and readFile', child, await lineOf(child, /^listening (\S+)$/m));
};

/** `dev` looks at the disk for each request, as a development server must; otherwise files are listed once. */
export function sirv(dev: boolean): Starter {
  return async (folder) => {
    const module = installed('sirv');
    if (!module) return undefined;
    const args = [join(import.meta.dirname, 'sirv.ts'), folder, module, dev ? 'dev' : 'production'];
    const child = spawn(process.execPath, args, QUIET);
    const url = await lineOf(child, /^listening (\S+)$/m);
    return contender(`node:http with sirv${dev ? ', dev' : ''}`, child, url);
  };
}

export const httpServer: Starter = async (folder) => {
  const command = installed('http-server/bin/http-server');
  if (!command) return undefined;
  const port = freePort();
  const args = [command, folder, '-p', String(port), '-a', '127.0.0.1', '-s', '-c-1'];
  return answering('http-server', spawn(process.execPath, args, SILENT), port);
};

export const serve: Starter = async (folder) => {
  const command = installed('serve/build/main.js');
  if (!command) return undefined;
  const port = freePort();
  const args = [command, folder, '-l', `tcp://127.0.0.1:${port}`, '-L', '-n'];
  return answering('serve', spawn(process.execPath, args, SILENT), port);
};

export const python: Starter = async (folder) => {
  const command = findProgram('python3');
  if (!command) return undefined;
  const port = freePort();
  const args = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', folder];
  return answering('python -m http.server', spawn(command, args, SILENT), port);
};

export const nginx: Starter = async (folder) => {
  const command = findProgram('nginx');
  if (!command) return undefined;
  const port = freePort();
  const config = join(folder, '.nginx.conf');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    config,
    `daemon off; master_process off; worker_processes 1; pid ${folder}/.nginx.pid; error_log ${folder}/.error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 12000; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  gzip on; gzip_types text/plain; types { text/plain txt; }
  ${temp.map((name) => `${name}_temp_path ${folder}/.${name};`).join(' ')}
  server { listen 127.0.0.1:${port} backlog=1024; root ${folder}; } }`,
  );
  const child = spawn(command, ['-c', config, '-p', folder, '-e', `${folder}/.error.log`], SILENT);
  return answering('nginx, one worker', child, port);
};

export const caddy: Starter = async (folder) => {
  const command = findProgram('caddy');
  if (!command) return undefined;
  const port = freePort();
  const config = join(folder, '.Caddyfile');
  writeFileSync(
    config,
    `{
  admin off
  auto_https off
  log {
    level ERROR
  }
}
http://127.0.0.1:${port} {
  root * ${folder}
  encode gzip
  file_server
}
`,
  );
  const child = spawn(command, ['run', '--adapter', 'caddyfile', '--config', config], SILENT);
  return answering('Caddy', child, port);
};

/** Highest resident memory so far, in bytes; undefined where the system does not tell. */
export function peakMemory({ pid }: Contender): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined;
  }
}

export function findProgram(name: string): string | undefined {
  try {
    const where = process.platform === 'win32' ? 'where' : 'which';
    return execFileSync(where, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')[0];
  } catch {
    return undefined;
  }
}

/** The path of a module; those of other projects are looked for along NODE_PATH too. */
export function installed(module: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(module);
  } catch {
    return undefined;
  }
}

export function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return linesOf(child, [pattern]).then((found) => found[0] as string);
}

export function linesOf(child: ChildProcess, patterns: readonly RegExp[]): Promise<string[]> {
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

export function contender(name: string, child: ChildProcess, url: string): Contender {
  return { name, url, pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
}

/** Below the ports that systems give to clients, of which a load leaves thousands taken for a while. */
let lastPort = 20_000 + (process.pid % 10_000);

/** For programs that cannot choose one themselves. */
export function freePort(): number {
  return ++lastPort;
}

export async function answering(name: string, child: ChildProcess, port: number): Promise<Contender> {
  const url = `http://127.0.0.1:${port}/`;
  // An interpreter that is started for the first time can take its time.
  for (let tries = 0; tries < 400; tries++) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return contender(name, child, url);
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`${name} does not answer on port ${port}`);
}
