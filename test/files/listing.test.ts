import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Entry,
  nextOrder,
  orderQuery,
  parseOrder,
  sortEntries,
} from '../../server-core/files/listing-order.ts';
import { listingMain } from '../../server-core/files/listing-page.ts';
import { staticFiles } from '../../server-core/files/static.ts';
import { makeFolder } from '../support/folder.ts';
import { contentOf, handlerRequest } from '../support/handler-request.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function listed(files: Record<string, string> = {}) {
  const folder = makeFolder(files);
  folders.push(folder);
  const handler = staticFiles(folder.path);
  return {
    path: folder.path,
    handler,
    html: async (target = '/') => (await contentOf(await handler(handlerRequest(target)))).toString('utf8'),
  };
}

/** Links of the rows, as a browser reads them. */
function hrefs(html: string): string[] {
  const body = html.slice(html.indexOf('<tbody>'));
  return [...body.matchAll(/<a href="([^"]*)"/g)].map((match) => unescapeHtml(match[1]!));
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

const ODD = [
  'a b',
  '100%',
  '%41',
  '#',
  '?',
  '+',
  '&',
  '&amp;',
  '日本語',
  'é',
  'e\u0301x',
  '📈',
  `"quoted"`,
  `it's`,
  '<b>',
  'a:b',
  ' lead',
  '~',
  '*',
  '[x]',
  '..x'.slice(2),
];

describe('links of a listing', () => {
  it('all lead to the file they name, for every odd name', async () => {
    const { handler, html } = listed(Object.fromEntries(ODD.map((name) => [`in/${name}`, name])));
    const links = hrefs(await html('/in/'));
    expect(links).toHaveLength(ODD.length + 1);
    const found: string[] = [];
    for (const link of links.slice(1)) {
      const url = new URL(link, 'http://localhost/in/');
      expect(url.host).toBe('localhost');
      const response = await handler(handlerRequest(url.pathname + url.search));
      expect(response.status).toBe(200);
      found.push((await contentOf(response)).toString('utf8'));
    }
    expect(found.sort()).toEqual([...ODD].sort());
  });

  it('has no link to what no request can name', async () => {
    const { path, html } = listed({ 'back\\slash': 'x' });
    writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0x63, 0xe9])]), 'x');
    const page = await html();
    expect(hrefs(page)).toEqual([]);
    expect(page).toContain(
      '<svg class="k" aria-hidden="true"><use href="#k-binary"/></svg>back\\slash</span>',
    );
  });

  it('lets no name become markup', async () => {
    const { html } = listed({ '<img src=x onerror=alert(1)>': 'x', '"><script>': 'x' });
    const page = await html();
    expect(page).not.toMatch(/<img|<script/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('go up, except from the root', async () => {
    const { html } = listed({ 'in/deep/x': '' });
    expect(hrefs(await html('/in/'))).toEqual(['../', 'deep/']);
    expect(hrefs(await html('/'))).toEqual(['in/']);
  });

  it('lead along the path in the header', async () => {
    const { html } = listed({ 'a b/c/d': '' });
    const header = (await html('/a%20b/c/')).split('<main>')[0]!;
    expect(header).toContain('<a href="/">root</a>');
    expect(header).toContain('<a href="/a%20b/">a b</a>');
    expect(header).toContain('<b aria-current="page">c</b>');
  });
});

describe('a listing', () => {
  it('has exact sizes and times', async () => {
    const { path, html } = listed({ 'a.txt': 'x'.repeat(5120) });
    utimesSync(join(path, 'a.txt'), 1_000_000_000, 1_000_000_000);
    const page = await html();
    expect(page).toContain('5\u2009120 <small>B</small>');
    expect(page).toContain('<time datetime="2001-09-09T01:46:40.000Z">2001-09-09 01:46:40</time>');
    expect(page).toContain('1 file, 5\u2009120 B');
  });

  it('says when there is nothing', async () => {
    const { path, html } = listed();
    mkdirSync(join(path, 'empty'));
    expect(await html('/empty/')).toContain('This folder is empty.');
  });

  it('says how many it leaves out', () => {
    const entries: Entry[] = [{ name: 'a', folder: false, kind: 'binary', bytes: 1, modifiedMs: 0 }];
    const order = parseOrder(undefined);
    const main = listingMain({ entries, order, total: 1235, parent: false, readme: undefined });
    expect(main).toContain('1 file, 1 B. 1\u2009234 more names are not shown');
  });

  it('is asked for with a query like any other page', async () => {
    const { html } = listed({ small: 'x', large: 'xxx', medium: 'xx' });
    expect(hrefs(await html('/?sort=-size'))).toEqual(['large', 'medium', 'small']);
    expect(hrefs(await html('/?sort=size'))).toEqual(['small', 'medium', 'large']);
    expect(hrefs(await html('/?sort=%22%3E'))).toEqual(['large', 'medium', 'small']);
    expect(await html('/?sort=-size')).toContain(
      '<th scope="col" aria-sort="descending"><a href="?sort=size">',
    );
  });
});

describe('order', () => {
  const entry = (name: string, changes: Partial<Entry> = {}): Entry => ({
    name,
    folder: false,
    kind: 'binary',
    bytes: 0,
    modifiedMs: 0,
    ...changes,
  });
  const namesBy = (query: string, entries: Entry[]) =>
    sortEntries(entries, parseOrder(query)).map(({ name }) => name);

  it('puts folders first, and numbers where people look for them', () => {
    const entries = [entry('p10'), entry('p2'), entry('B'), entry('a'), entry('z', { folder: true })];
    expect(namesBy('', entries)).toEqual(['z', 'a', 'B', 'p2', 'p10']);
    expect(namesBy('sort=-name', entries)).toEqual(['z', 'p10', 'p2', 'B', 'a']);
  });

  it('goes by name where the rest is equal', () => {
    const entries = [entry('c', { bytes: 1 }), entry('b', { bytes: 1 }), entry('a', { bytes: 2 })];
    expect(namesBy('sort=size', entries)).toEqual(['b', 'c', 'a']);
    expect(namesBy('sort=-size', entries)).toEqual(['a', 'b', 'c']);
    expect(namesBy('sort=-time', [entry('old'), entry('new', { modifiedMs: 5 })])).toEqual(['new', 'old']);
  });

  it('turns round on the second click', () => {
    const byName = parseOrder('');
    expect(orderQuery(nextOrder('name', byName))).toBe('?sort=-name');
    expect(orderQuery(nextOrder('size', byName))).toBe('?sort=-size');
    expect(orderQuery(nextOrder('size', parseOrder('sort=-size')))).toBe('?sort=size');
    expect(orderQuery(nextOrder('time', byName))).toBe('?sort=-time');
  });
});
