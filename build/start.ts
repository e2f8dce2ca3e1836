/**
 * `npm start -- [path] [options]`: builds what is stale and opens the desktop window. Where that cannot be, it says
 * why in one line and runs the `wirescope` command, which opens the same window in a browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './bundle.ts';
import { downloadElectron, findElectron } from './electron-binary.ts';
import { OUT, ROOT } from './project.ts';
import type { TargetName } from './targets.ts';
import { windowObstacle } from './window-obstacle.ts';

const DESKTOP: readonly TargetName[] = ['main', 'preload', 'utility', 'renderer', 'www'];
const BROWSER: readonly TargetName[] = ['cli', 'renderer', 'www'];
const args = process.argv.slice(2);
const { env, platform } = process;
const obstacle = windowObstacle(args, { platform, env, isRoot: process.getuid?.() === 0 });
const electron = obstacle === undefined ? (findElectron() ?? (await downloadElectron())) : undefined;

if (electron) {
  await buildOrExit(DESKTOP);
  run(electron, [ROOT, ...args]);
} else {
  await buildOrExit(BROWSER);
  const reason = obstacle ?? 'the Electron program is not installed and could not be downloaded';
  // Standard error: with --json or --log, standard output is for programs.
  console.error(`No desktop window: ${reason}. Using the browser instead.`);
  run(process.execPath, [join(OUT, 'cli', 'wirescope.mjs'), ...args]);
}

async function buildOrExit(targets: readonly TargetName[]): Promise<void> {
  try {
    await build(targets, { ifStale: true });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Ends as the program ends. Signals go to it, so that it can finish what is in flight. */
function run(program: string, programArgs: readonly string[]): void {
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  // Ctrl+C reaches the child by itself, as it shares the terminal.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${program} did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
