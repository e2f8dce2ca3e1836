/**
 * `npm test [-- vitest arguments]`: lint, types, build, tests; stops at the first that fails, with its exit code.
 * The last line is `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser, NoBrowser } from './find-browser.ts';
import { commandScript, OUT, ROOT } from './project.ts';
import { countTests, type VitestReport } from './test-counts.ts';

const REPORT = join(OUT, 'test-results.json');

step('lint', commandScript('@biomejs/biome', 'biome'), 'check', '.');
step('types', commandScript('typescript', 'tsc'), '-b');
step('build', join(ROOT, 'build', 'build.ts'), '--if-stale');

try {
  // Here and not in a test: installing one takes longer than a test may.
  process.env.WIRESCOPE_CHROME = ensureBrowser();
} catch (error) {
  if (!(error instanceof NoBrowser)) throw error;
  console.warn(`Tests that need a browser are skipped. ${error.message}`);
}

rmSync(REPORT, { force: true });
const status = node(
  commandScript('vitest'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
  ...process.argv.slice(2),
);
if (existsSync(REPORT)) {
  const { passed, failed, skipped } = countTests(JSON.parse(readFileSync(REPORT, 'utf8')) as VitestReport);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}
process.exit(status);

function step(name: string, script: string, ...args: string[]): void {
  console.log(`— ${name}`);
  const status = node(script, ...args);
  if (status === 0) return;
  console.error(`${name} failed`);
  process.exit(status);
}

/** The exit code; 1 when a signal ended it. */
function node(script: string, ...args: string[]): number {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' });
  return status ?? 1;
}
