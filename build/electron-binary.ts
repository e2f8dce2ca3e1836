/** The Electron program, found by its files: asking the `electron` package for it would start a download. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ROOT } from './project.ts';

const PACKAGE = join(ROOT, 'node_modules', 'electron');
const DOWNLOADS = 'https://github.com/';
const REACHABLE_MS = 4000;
/** About 120 MB, on a slow line. */
const DOWNLOAD_MS = 300_000;
/** Enough to unpack a copy from the download cache. */
const CACHED_MS = 20_000;

/** The path of the program; undefined when it was not downloaded. */
export function findElectron(packageDir = PACKAGE, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const pathFile = join(packageDir, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : undefined;
  const elsewhere = env.ELECTRON_OVERRIDE_DIST_PATH;
  const program = elsewhere
    ? join(elsewhere, name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'))
    : name && join(packageDir, 'dist', name);
  return program && existsSync(program) ? program : undefined;
}

/**
 * Fetches the program by Electron's own install script. Undefined when it cannot be had; never takes longer than
 * the limits above.
 */
export async function downloadElectron(): Promise<string | undefined> {
  const script = join(PACKAGE, 'install.js');
  if (!existsSync(script)) return undefined;
  const online = await reachable(mirror());
  if (online) console.log('Fetching Electron, once…');
  spawnSync(process.execPath, [script], {
    stdio: 'ignore',
    timeout: online ? DOWNLOAD_MS : CACHED_MS,
    killSignal: 'SIGKILL',
  });
  return findElectron();
}

function mirror(): URL {
  const { env } = process;
  const proxy = env.ELECTRON_GET_USE_PROXY && (env.HTTPS_PROXY ?? env.https_proxy);
  return new URL(proxy || env.ELECTRON_MIRROR || env.npm_config_electron_mirror || DOWNLOADS);
}

function reachable({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port) || (protocol === 'http:' ? 80 : 443), hostname);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(REACHABLE_MS, () => done(false));
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
  });
}
