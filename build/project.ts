/** Where the project and its output lie. Paths are absolute. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const OUT = join(ROOT, 'out');

/** The script behind a package's command, to be run by this Node: command files differ by platform. */
export function commandScript(packageName: string, command = packageName): string {
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  if (!existsSync(manifest)) throw new Error(`${packageName} is not installed: run \`npm ci\``);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(manifest), script);
}
