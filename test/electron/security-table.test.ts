/** The tables of server-core/notes/desktop.md name tests; this holds them to it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/project.ts';

const notes = readFileSync(join(ROOT, 'server-core', 'notes', 'desktop.md'), 'utf8');
const checklist = notes.slice(notes.indexOf('## Electron’s checklist'), notes.indexOf('## Packages'));
const rows = checklist
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the table of Electron’s checklist', () => {
  it('has all of its twenty lines', () => {
    expect(rows.map(([, number]) => Number(number)).slice(0, 20)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it.each(rows.map((row) => [row[2] as string, row[4] as string]))(
    '%s: its tests are there',
    (_rule, cell) => {
      const named = [...cell.matchAll(/([\w/.-]+): (“[^”]+”(?:, “[^”]+”)*)/g)];
      expect(named.length).toBeGreaterThan(0);
      for (const [, file, quoted] of named) {
        // A spec that runs in two places has its cases in a file of their own.
        const paths = [`${file}.test.ts`, `${file}.cases.ts`].map((name) => join(ROOT, 'test', name));
        const text = paths
          .filter((path) => existsSync(path))
          .map((path) => readFileSync(path, 'utf8'))
          .join('');
        for (const [, words] of (quoted as string).matchAll(/“([^”]+)”/g))
          expect(text, file).toContain(words);
      }
    },
  );
});
