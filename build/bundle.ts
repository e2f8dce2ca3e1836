/** Builds targets into `out/<target>`. */
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build as viteBuild } from 'vite';
import { fingerprint, isFresh, writeStamp } from './freshness.ts';
import { OUT, ROOT } from './project.ts';
import { TARGETS, type TargetName } from './targets.ts';

export interface BuildOptions {
  /** Leaves targets alone whose sources did not change. */
  readonly ifStale?: boolean;
}

/** Resolves to the targets that were built. Rejects with Vite's own error; the other targets are finished first. */
export async function build(
  names: readonly TargetName[],
  { ifStale = false }: BuildOptions = {},
): Promise<TargetName[]> {
  // Where this says something else, as under a test runner, Vite would take React's development build.
  process.env.NODE_ENV = 'production';
  const due = names
    .map((name) => ({ name, print: fingerprint(ROOT, TARGETS[name].sources) }))
    .filter(({ name, print }) => !(ifStale && isFresh(join(OUT, name), print)));
  const results = await Promise.allSettled(due.map(({ name, print }) => buildOne(name, print)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return due.map(({ name }) => name);
}

/**
 * Builds beside the old output and then changes places: a program that runs from `out/`, or a second build at the
 * same time, never sees half of one.
 */
async function buildOne(name: TargetName, print: string): Promise<void> {
  const { configs, command } = TARGETS[name];
  const staging = join(OUT, `.${name}-${process.pid}`);
  const retired = `${staging}-old`;
  try {
    mkdirSync(staging, { recursive: true });
    for (const config of configs ?? []) await viteBuild(config(staging));
    if (!configs) cpSync(join(ROOT, name), staging, { recursive: true });
    if (command !== undefined) chmodSync(join(staging, command), 0o755);
    writeStamp(staging, print);
    takePlace(staging, join(OUT, name), retired);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(retired, { recursive: true, force: true });
  }
}

function takePlace(staging: string, final: string, retired: string): void {
  for (;;) {
    unless('ENOENT', () => renameSync(final, retired));
    if (unless('ENOTEMPTY', () => renameSync(staging, final))) return;
    // Another build put its output there in between; the later one counts.
    rmSync(retired, { recursive: true, force: true });
  }
}

/** Whether `act` came through; false for the one error code that is expected. */
function unless(code: string, act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
    return false;
  }
}
