/** The sites that golden documents ask: files with fixed times, behind all that a served folder has before it. */
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { SITE_DEFAULTS, type SiteSettings, siteHandler } from '../../server-core/host/site-handler.ts';
import { compose } from '../../server-core/http/compose.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { route, router } from '../../server-core/http/router.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';
import { untilSettled } from '../support/kept-file.ts';

const FILES: Readonly<Record<string, string>> = {
  'a.txt': 'Hello, wire.\n',
  'digits.txt': '0123456789',
  'empty.txt': '',
  'page.html': '<!doctype html><title>Page</title><p>caf\u00e9',
  'data.json': '{"a":1}',
  'caf\u00e9.txt': 'caf\u00e9',
  'no-extension': '\0\x01\x02',
  'docs/index.html': '<p>docs and notes',
  'docs/deep/note.txt': 'deep',
  'bare/one.txt': '1',
  'bare/two & three.txt': '23',
  '.secret': 'hidden',
  'style.css': `${'p{color:red}'.repeat(100)}\n`,
  // Copies are sent as they are: what is in them is whoever made them's.
  'style.css.br': 'what brotli made of it',
  'script.js': `${'f();'.repeat(400)}\n`,
  'large.bin': '0123456789abcdef'.repeat(8192),
};

/** Tags tell files apart by their sizes: their times are all the same, and may be so to the nanosecond. */
function checkSizes(files: Readonly<Record<string, string>>): void {
  const sizes = Object.values(files).map((text) => Buffer.byteLength(text));
  expect(new Set(sizes).size).toBe(sizes.length);
}

const NOT_FOUND: Readonly<Record<string, string>> = { ...FILES, '404.html': '<p>Not this time, sorry.' };
const APP: Readonly<Record<string, string>> = { 'index.html': '<p>app', 'app.js': 'go()' };

const SITES: Readonly<
  Record<string, { files: Readonly<Record<string, string>>; settings?: Partial<SiteSettings> }>
> = {
  files: { files: FILES },
  'not-found': { files: NOT_FOUND },
  spa: { files: APP, settings: { spa: true } },
  clean: { files: FILES, settings: { cleanUrls: true } },
  cors: { files: FILES, settings: { cors: true } },
  isolate: { files: FILES, settings: { isolate: true } },
  auth: { files: FILES, settings: { auth: { user: 'me', password: 'secret' } } },
  routes: { files: FILES },
};

/** What no folder has: content that is read, content without a length, and a handler that fails. */
const routes: Handler = router([
  route('POST', '/upload/:name', async (request, { name }) => {
    const bytes = await request.body.bytes(1000);
    return {
      status: 201,
      fields: [
        ['Content-Type', 'text/plain'],
        ['Location', `/upload/${encodeURIComponent(name)}`],
      ],
      body: Buffer.from(`${name}: ${bytes.length} B, ${Buffer.from(bytes).toString('latin1')}\n`),
    };
  }),
  route('GET', '/count', () => ({
    status: 200,
    fields: [['Content-Type', 'text/plain']],
    body: {
      length: undefined,
      async *chunks() {
        for (const word of ['one', 'two', 'three']) yield Buffer.from(`${word}\n`);
      },
      close() {},
    },
  })),
  route('GET', '/broken', () => {
    throw new Error('not for strangers');
  }),
]);

/** When all files were last written, and the time at which everything is answered. */
const WRITTEN = new Date('2026-01-02T03:04:05Z');
const DATE = 'Sat, 21 Nov 2026 12:00:00 GMT';

export interface GoldenSite {
  readonly served: Served;
  /** The tag of a file, as `{etag name}` stands for it. */
  etag(name: string): string;
  readonly names: readonly string[];
  stop(): Promise<void>;
}

export async function goldenSite(name: string): Promise<GoldenSite> {
  const site = SITES[name];
  if (!site) throw new Error(`There is no site ${name}`);
  checkSizes(site.files);
  const folder = makeFolder(site.files);
  const names = Object.keys(site.files);
  for (const file of names) utimesSync(join(folder.path, file), WRITTEN, WRITTEN);
  const stats = (file: string) => statSync(join(folder.path, file), { bigint: true });
  await untilSettled(folder.path, names);
  const { handler } = siteHandler(
    { kind: 'folder', root: folder.path },
    { ...SITE_DEFAULTS, ...site.settings },
    '127.0.0.1',
  );
  const served = await serve(name === 'routes' ? compose([], routes) : handler, { date: () => DATE });
  return {
    served,
    names,
    etag(file) {
      const { size, mtimeNs, ctimeNs } = stats(file);
      return `"${[size, mtimeNs, ctimeNs].map((part) => part.toString(16)).join('-')}"`;
    },
    async stop() {
      await served.stop();
      folder.remove();
    },
  };
}
