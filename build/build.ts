/** `node build/build.ts [target…] [--if-stale]`: builds the named targets, or all of them. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { build } from './bundle.ts';
import { TARGET_NAMES, type TargetName } from './targets.ts';

const { values, positionals } = parseArgs({
  options: { 'if-stale': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !isTarget(name));
if (unknown.length > 0) {
  console.error(`There is no target ${unknown.join(', ')}; there are ${TARGET_NAMES.join(', ')}`);
  process.exit(2);
}
const named = positionals.filter(isTarget);

const start = performance.now();
const built = await build(named.length > 0 ? named : TARGET_NAMES, { ifStale: values['if-stale'] }).catch(
  (error: unknown) => {
    // Vite's message has the file, the line and the reason; the stack would be the bundler's own.
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(built.length > 0 ? `built ${built.join(', ')} in ${seconds} s` : 'nothing to build');

function isTarget(name: string): name is TargetName {
  return (TARGET_NAMES as readonly string[]).includes(name);
}
