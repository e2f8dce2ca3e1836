import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../build/project.ts';

/** For a hook that may have to build everything, on a machine that is busy with other tests. */
export const BUILD_MS = 180_000;

/** Brings `out/` up to date. In a process of its own: Vite should not find itself under a test runner. */
export function buildStale(): void {
  execFileSync(process.execPath, [join(ROOT, 'build', 'build.ts'), '--if-stale'], { stdio: 'pipe' });
}
