import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../build/project.ts';

/** Brings `out/` up to date. In a process of its own: Vite should not find itself under a test runner. */
export function buildStale(): void {
  execFileSync(process.execPath, [join(ROOT, 'build', 'build.ts'), '--if-stale'], { stdio: 'pipe' });
}
