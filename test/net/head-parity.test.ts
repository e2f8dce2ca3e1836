/** RFC 9110 §9.3.2: HEAD is GET without the content. For every kind of answer, all fields are compared. */
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { byteSource } from '../../server-core/http/byte-source.ts';
import { HttpError } from '../../server-core/http/errors.ts';
import { route, router } from '../../server-core/http/router.ts';
import { makeFolder } from '../support/folder.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';

const text = 'a line that repeats itself\n'.repeat(200);
const folder = makeFolder({
  'a.txt': 'A',
  'long.txt': text,
  'large.bin': Buffer.alloc(3_000_000, 7),
  'copy.js': text,
  'copy.js.br': brotliCompressSync(text),
  'docs/index.html': '<p>docs',
  'list/a.txt': 'A',
  'list/README.md': '# Read me',
  'index.html': '<p>index',
});
const withPage = makeFolder({ '404.html': '<p>lost', 'empty/.keep': '' });

async function* pieces() {
  yield Buffer.from('piece');
}

const routes = router([
  route('GET', '/routes/text', () => ({
    status: 200,
    fields: [['X-Own', 'yes']],
    body: Buffer.from('text'),
  })),
  route('GET', '/routes/none', () => ({ status: 200, fields: [] })),
  route('GET', '/routes/204', () => ({ status: 204, fields: [] })),
  route('GET', '/routes/205', () => ({ status: 205, fields: [], body: Buffer.from('not sent') })),
  route('GET', '/routes/chunked', () => ({ status: 200, fields: [], body: byteSource(pieces()) })),
  route('GET', '/routes/known', () => ({ status: 200, fields: [], body: byteSource(pieces(), 5) })),
  route('GET', '/routes/teapot', () => ({ status: 418, fields: [], body: byteSource(pieces()) })),
  route('GET', '/routes/refused', () => {
    throw new HttpError(429, 'Too often', { fields: [['Retry-After', '1']] });
  }),
  route('GET', '/routes/broken', () => {
    throw new Error('a bug');
  }),
  route('GET', '/routes/unfit', () => ({ status: 200, fields: [['X', 'a\r\nb']] })),
  route('POST', '/routes/post', () => ({ status: 200, fields: [] })),
]);
const files = staticFiles(folder.path, { compress: true });
const strict = staticFiles(withPage.path, { listing: false });
const application = staticFiles(folder.path, { fallback: 'index.html' });

let served: Served;
beforeAll(async () => {
  served = await serve((request) => {
    const { target } = request.head;
    if (target.startsWith('/routes/')) return routes(request);
    if (request.head.fields.get('x-site') === 'application') return application(request);
    return request.head.fields.get('x-site') === 'strict' ? strict(request) : files(request);
  });
  // A fresh file has a weak tag, until its next write would show.
  while (!/^ETag: "/m.test((await ask('GET', '/index.html', [])).head));
});
afterAll(async () => {
  await served.stop();
  folder.remove();
  withPage.remove();
});

async function ask(method: string, target: string, fields: readonly string[]) {
  const client = await RawClient.open(served.port);
  const lines = [`${method} ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', ''];
  await client.send(lines.join('\r\n'));
  const [head = '', ...content] = (await client.rest()).split('\r\n\r\n');
  client.close();
  return { head: head.replace(/^Date: .*\r\n/m, ''), content: content.join('\r\n\r\n') };
}

const HTML = 'Accept: text/html';
const STRICT = 'X-Site: strict';
const APPLICATION = 'X-Site: application';
const EVERY: readonly (readonly [kind: string, status: number, target: string, ...fields: string[]])[] = [
  ['a file', 200, '/a.txt'],
  ['a file that is not kept in memory', 200, '/large.bin'],
  ['a query', 200, '/a.txt?x'],
  ['an index page', 200, '/docs/'],
  ['a listing', 200, '/list/'],
  ['a listing in another order', 200, '/list/?sort=size'],
  ['a folder without its slash', 301, '/docs'],
  ['a coding made on the fly', 200, '/long.txt', 'Accept-Encoding: gzip'],
  ['a coded copy', 200, '/copy.js', 'Accept-Encoding: br'],
  ['no coding that is accepted', 406, '/a.txt', 'Accept-Encoding: identity;q=0, x;q=1'],
  ['a condition that is not met', 412, '/a.txt', 'If-Match: "other"'],
  ['a copy that is fresh', 304, '/a.txt', 'If-None-Match: *'],
  ['a coded copy that is fresh', 304, '/copy.js', 'Accept-Encoding: br', 'If-None-Match: *'],
  ['a coding on the fly that is fresh', 304, '/long.txt', 'Accept-Encoding: gzip', 'If-None-Match: *'],
  ['nothing there', 404, '/nothing'],
  ['nothing there, as a page', 404, '/nothing', HTML],
  ['nothing there, as the page of the site', 404, '/nothing', HTML, STRICT],
  ['a listing that is off', 403, '/empty/', STRICT],
  ['a path that climbs out', 400, '/../x'],
  ['the page of an application', 200, '/some/route', HTML, APPLICATION],
  ['an expectation nobody knows', 417, '/a.txt', 'Expect: magic'],
  ['bytes of a handler', 200, '/routes/text'],
  ['no bytes of a handler', 200, '/routes/none'],
  ['no content', 204, '/routes/204'],
  ['content reset', 205, '/routes/205'],
  ['a source of no known length', 200, '/routes/chunked'],
  ['a source of known length', 200, '/routes/known'],
  ['an error with a source', 418, '/routes/teapot'],
  ['an error that a handler threw', 429, '/routes/refused'],
  ['a bug', 500, '/routes/broken'],
  ['fields that cannot be sent', 500, '/routes/unfit'],
  ['a route of another method', 405, '/routes/post'],
  ['no route', 404, '/routes/nothing'],
];

describe('HEAD has the fields of GET, and no content, for', () => {
  const rows = EVERY.map(([kind, status, target, ...fields]) => ({ kind, status, target, fields }));
  it.each(rows)('$kind: $status', async ({ status, target, fields }) => {
    const got = await ask('GET', target, fields);
    const asked = await ask('HEAD', target, fields);
    expect(got.head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(asked).toEqual({ head: got.head, content: '' });
  });

  it('a range, which is of GET alone (RFC 9110 §14.2): as without it', async () => {
    const range = 'Range: bytes=0-1';
    expect((await ask('GET', '/long.txt', [range])).head).toMatch(/^HTTP\/1\.1 206 /);
    const { head } = await ask('GET', '/long.txt', []);
    expect(await ask('HEAD', '/long.txt', [range])).toEqual({ head, content: '' });
  });
});
