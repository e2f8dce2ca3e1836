/** What the notes claim is shown by tests, which they link to: `[net/connection](…): "a title in that file"`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const NOTES = join(import.meta.dirname, '../server-core/notes');
const notes = readdirSync(NOTES).filter((name) => name.endsWith('.md'));

/** Those whose every row is a claim. */
const CLAIMS = ['http-subset.md', 'backpressure.md', 'security.md'];

const LINK = /\[[^\]]+\]\(([^)#]+)\)(?:: ((?:"[^"]+"(?:, )?)+))?/g;

interface Link {
  readonly target: string;
  readonly titles: readonly string[];
}

function linksIn(text: string): Link[] {
  return [...text.matchAll(LINK)]
    .map(([, target = '', titles = '']) => ({
      target,
      titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title]) => title!),
    }))
    .filter(({ target }) => !/^\w+:/.test(target));
}

/** Texts in quotes, and headings of fixtures: what a title can be. */
function titlesIn(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.md')) return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
  return [...text.matchAll(/'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

describe.each(notes)('%s', (name) => {
  const links = linksIn(readFileSync(join(NOTES, name), 'utf8'));

  it('links to what is there', () => {
    expect(links.filter(({ target }) => !existsSync(join(NOTES, target)))).toEqual([]);
  });

  it('names tests by titles that they have', () => {
    const missing = links.flatMap(({ target, titles }) => {
      if (titles.length === 0) return [];
      const known = titlesIn(join(NOTES, target));
      return titles
        .filter((title) => !known.some((text) => text.includes(title)))
        .map((title) => `${target}: ${title}`);
    });
    expect(missing).toEqual([]);
  });
});

describe.each(CLAIMS)('%s', (name) => {
  const rows = readFileSync(join(NOTES, name), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (\||---|where |danger )/.test(line));

  it('has rows', () => expect(rows.length).toBeGreaterThan(5));

  it.each(rows.map((row) => [row.split('|')[1]!.trim(), row] as const))(
    'shows %s by a test',
    (_claim, row) => {
      const shown = linksIn(row.split(' | ').at(-1)!).filter(({ target }) =>
        target.startsWith('../../test/'),
      );
      expect(
        shown,
        'write [files/range](../../test/files/range.test.ts), with a title if you like',
      ).not.toEqual([]);
    },
  );
});
