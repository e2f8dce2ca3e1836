/** Names of fields that sources of the server speak of, found where they are used as names. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOP = join(import.meta.dirname, '..', '..', '..', '..');
/** `fields.get('etag')`, `['Vary', …]`, `setFields`, and the like. */
const USES = [
  /\bfields?\.(?:get|all|has)\('([a-z][a-z-]+)'\)/g,
  /\[\s*'([A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]*)+)',\s/g,
];

export function namesIn(...folders: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const file of globSync(`server-core/${folder}/**/*.ts`, { cwd: TOP })) {
      const text = readFileSync(join(TOP, file), 'utf8');
      for (const use of USES) for (const [, name] of text.matchAll(use)) names.add(name!);
    }
  }
  return [...names];
}
