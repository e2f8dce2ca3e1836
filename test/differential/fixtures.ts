/** The requests that readers are compared over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unescapeBytes } from '../wire/escapes.ts';
import { expandRepeats, loadCases } from '../wire/markdown-cases.ts';

/** Those of the parser's fixtures that need no option. */
export function fixtureRequests(): Uint8Array[] {
  return loadCases(join(import.meta.dirname, '../wire/http1'))
    .filter(({ role, options }) => role === 'request' && Object.keys(options).length === 0)
    .map(({ bytes }) => bytes);
}

/** Those of requests.md, a line each. */
export function classRequests(): Uint8Array[] {
  const document = readFileSync(join(import.meta.dirname, 'requests.md'), 'utf8');
  return [...document.matchAll(/^```http requests\n([\s\S]*?)\n^```$/gm)]
    .flatMap(([, lines]) => lines!.split('\n'))
    .map((line) => unescapeBytes(expandRepeats(line)));
}
