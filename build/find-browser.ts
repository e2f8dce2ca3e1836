/**
 * Finds Chrome, Chromium or Edge on this machine. Run directly it prints the path, and as root on Debian or Ubuntu
 * it installs Chromium where there is none.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const INSTALL_MS = 600_000;

/** One sentence for people about how to get a browser. */
export class NoBrowser extends Error {}

/** The path of a browser, or undefined. Throws NoBrowser when WIRESCOPE_CHROME names one that is not there. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const named = env.WIRESCOPE_CHROME;
  if (named) {
    if (isFile(named)) return named;
    throw new NoBrowser(`WIRESCOPE_CHROME names ${named}, which is not a file`);
  }
  return [...usualPlaces(env, platform), ...onPath(env, platform)].find(isFile);
}

/** The path of a browser that starts. Installs Chromium where it may. Throws NoBrowser. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const installs = process.getuid?.() === 0 && isDebian();
  if (installs) {
    console.log('Installing Chromium by apt-get…');
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', 'chromium');
  }
  const installed = findBrowser();
  // Ubuntu's package is a script that asks for a snap, which containers do not have.
  if (installed && spawnSync(installed, ['--version'], { stdio: 'ignore' }).status === 0) return installed;
  throw new NoBrowser(
    `No Chrome, Chromium or Edge was found${installs ? ', and apt-get could not install one' : ''}: install one of them` +
      ' (https://www.google.com/chrome/, or `apt-get install chromium`), or name it in WIRESCOPE_CHROME',
  );
}

function usualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Google Chrome Canary'];
    const folders = ['/Applications', join(env.HOME ?? '', 'Applications')];
    return folders.flatMap((folder) =>
      names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter((dir) => !!dir);
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return folders.flatMap((folder) => programs.map((program) => join(folder as string, program)));
  }
  return [];
}

function onPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const suffix = platform === 'win32' ? '.exe' : '';
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const common =
    platform === 'linux' ? ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'] : [];
  return COMMANDS.flatMap((command) =>
    [...folders, ...common].map((folder) => join(folder, command + suffix)),
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(release, 'utf8'));
}

function aptGet(...args: string[]): void {
  spawnSync('apt-get', ['-q', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

if (import.meta.main) {
  try {
    console.log(ensureBrowser());
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
