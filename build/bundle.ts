/** Builds targets into `out/<target>`. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
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
  const { config } = TARGETS[name];
  const staging = join(OUT, `.${name}-${process.pid}`);
  const retired = `${staging}-old`;
  const final = join(OUT, name);
  try {
    mkdirSync(staging, { recursive: true });
    if (config) await viteBuild(config(staging));
    else cpSync(join(ROOT, name), staging, { recursive: true });
    writeStamp(staging, print);
    if (existsSync(final)) renameSync(final, retired);
    renameSync(staging, final);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(retired, { recursive: true, force: true });
  }
}
