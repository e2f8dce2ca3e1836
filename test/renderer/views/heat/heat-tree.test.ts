import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../renderer/filter/parser.ts';
import type { HeatPath } from '../../../../renderer/store/queries/heat.ts';
import { barShare, heatRows, mostOf, type Shown } from '../../../../renderer/views/heat/heat-rows.ts';
import { heatTerm } from '../../../../renderer/views/heat/heat-term.ts';
import { type HeatNode, heatTree } from '../../../../renderer/views/heat/heat-tree.ts';

const FILES = [
  { name: 'about.html', bytes: 40 },
  {
    name: 'docs',
    nodes: [
      { name: 'index.html', bytes: 10 },
      { name: 'b.css', bytes: 20 },
    ],
  },
  { name: 'index.html', bytes: 30 },
  { name: 'photos', nodes: [{ name: 'é.jpg', bytes: 5 }] },
];

function heat(path: string, status: number | undefined = 200, hits = 1): HeatPath {
  const counts = { hits, bytes: hits * 100, notModified: status === 304 ? hits : 0, failed: 0 };
  return { path, sent: encodeURI(path), ...counts, lastStatus: status };
}

function find(root: HeatNode, path: string): HeatNode | undefined {
  if (root.path === path) return root;
  for (const node of root.nodes) {
    const found = find(node, path);
    if (found) return found;
  }
  return undefined;
}

describe('the heat of a folder', () => {
  it.each([
    ['a file', heat('/docs/b.css'), '/docs/b.css', 'file'],
    ['the page of a folder', heat('/docs/'), '/docs/index.html', 'file'],
    ['the page of the root', heat('/'), '/index.html', 'file'],
    ['a folder without a page', heat('/photos/'), '/photos/', 'folder'],
    ['a folder without its slash', heat('/docs', 301), '/docs/', 'folder'],
    ['a page without its ending', heat('/about'), '/about.html', 'file'],
    ['a name in the other Unicode form', heat('/photos/e\u0301.jpg'), '/photos/é.jpg', 'file'],
    ['what is not there', heat('/gone/x.png', 404), '/gone/x.png', 'missing'],
    ['what a route answers', heat('/api/hello'), '/api/hello', 'other'],
    ['a path below a file', heat('/index.html/x', 404), '/index.html/x', 'missing'],
    ['what is no path', heat('*', 400), '/*', 'other'],
    ['what a route failed at', heat('/api/broken', 500), '/api/broken', 'other'],
    ['what is not answered yet', { ...heat('/api/late'), lastStatus: undefined }, '/api/late', 'other'],
    ['what is gone', heat('/old', 410), '/old', 'missing'],
  ])('counts %s', (_name, asked, path, kind) => {
    const node = find(heatTree(FILES, [asked]), path);
    expect([node?.kind, node?.hits]).toEqual([kind, 1]);
  });

  it('sums up folders', () => {
    const root = heatTree(FILES, [heat('/docs/b.css', 200, 3), heat('/docs/', 304, 2), heat('/x', 404)]);
    expect(find(root, '/docs/')).toMatchObject({ hits: 5, bytes: 500, notModified: 2 });
    expect(root).toMatchObject({ hits: 6, lastStatus: undefined });
    expect([mostOf(root, 'hits'), barShare(0, 3), barShare(3, 3)]).toEqual([3, 0, 1]);
  });

  it('stands without files', () => {
    const root = heatTree(undefined, [heat('/a/b'), heat('/c', 404)]);
    expect(root.nodes.map(({ path, kind }) => [path, kind])).toEqual([
      ['/a/', 'other'],
      ['/c', 'missing'],
    ]);
  });
});

describe('its rows', () => {
  const root = heatTree(FILES, [heat('/', 200, 4), heat('/docs/b.css', 200, 2), heat('/no', 404)]);
  const rows = (shown: Shown, by: 'name' | 'hits' | 'size' = 'name', descending = false) =>
    heatRows(root, { by, descending }, shown, () => true).map(({ node, level }) => [node.name, level]);

  it('are the tree, folders first', () => {
    expect(rows('all').map(([name]) => name)).toEqual([
      '/',
      'docs',
      'b.css',
      'index.html',
      'photos',
      'é.jpg',
      'about.html',
      'index.html',
      'no',
    ]);
    expect(rows('all')[2]).toEqual(['b.css', 3]);
  });

  it.each([
    ['asked', ['/', 'docs', 'b.css', 'index.html', 'no']],
    ['never', ['/', 'docs', 'index.html', 'photos', 'é.jpg', 'about.html']],
    ['missing', ['/', 'no']],
  ] as const)('of %s only', (shown, names) => {
    expect(rows(shown).map(([name]) => name)).toEqual(names);
  });

  it('stand as one counts: 2 before 10', () => {
    const files = ['part-10', 'part-2', 'part-1'].map((name) => ({ name, bytes: 1 }));
    const found = heatRows(heatTree(files, []), { by: 'name', descending: false }, 'all', () => true);
    expect(found.map(({ node }) => node.name)).toEqual(['/', 'part-1', 'part-2', 'part-10']);
  });

  it('are sorted among their like, what has no value last', () => {
    expect(rows('asked', 'hits', true).map(([name]) => name)).toEqual([
      '/',
      'index.html',
      'docs',
      'b.css',
      'no',
    ]);
    const sizes = heatRows(root, { by: 'size', descending: true }, 'all', (_node, level) => level === 1);
    expect(sizes.map(({ node, place, of }) => [node.name, place, of])).toEqual([
      ['/', 1, 1],
      ['about.html', 1, 5],
      ['index.html', 2, 5],
      ['docs', 3, 5],
      ['photos', 4, 5],
      ['no', 5, 5],
    ]);
  });
});

describe('its filter', () => {
  it.each([
    ['/index.html', '(path=/ or path=/?* or path=/index.html or path=/index.html?*)'],
    ['/docs/', 'path=/docs/*'],
    ['/', ''],
    ['/about.html', undefined],
  ])('for %s', (path, term) => {
    const root = heatTree(FILES, [heat('/'), heat('/index.html'), heat('/docs/b.css')]);
    const made = heatTerm(find(root, path)!);
    expect(made).toBe(term);
    if (made) expect(parseFilter(made)).toMatchObject({ error: undefined });
  });
});
