import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { injectInto } from '../../../server-core/host/live/injection.ts';
import { SITE_DEFAULTS, type SiteHandler, siteHandler } from '../../../server-core/host/site-handler.ts';
import { byteSource } from '../../../server-core/http/byte-source.ts';
import { compose } from '../../../server-core/http/compose.ts';
import { htmlResponse } from '../../../server-core/http/content-response.ts';
import type { FieldPair, Handler, Response } from '../../../server-core/http/response.ts';
import { decoded } from '../../support/decoded.ts';
import { makeFolder } from '../../support/folder.ts';
import { contentOf, fieldOf, handlerRequest } from '../../support/handler-request.ts';

const TAG = '<script async src="/.wirescope/live.js"></script>';
const VISIT = { 'Sec-Fetch-Dest': 'document' };

let folder: ReturnType<typeof makeFolder>;
let site: SiteHandler;

beforeEach(() => {
  folder = makeFolder({
    'index.html': '<!doctype html><head><title>T</title><p>page',
    'fragment.html': '<p>one',
    'long.html': `<!doctype html>\n<p>${'long '.repeat(40_000)}`,
    'utf16.html': Buffer.from('\ufeff<p>wide', 'utf16le'),
    'comment.html': '<!-- never ends',
    'note.txt': 'text',
    'sub/a.txt': 'A',
  });
  site = siteHandler({ kind: 'folder', root: folder.path }, { ...SITE_DEFAULTS, live: true }, '127.0.0.1');
});
afterEach(() => {
  site.finish();
  site.close();
  folder.remove();
});

async function get(target: string, fields: Record<string, string> = VISIT, method = 'GET') {
  const request = handlerRequest(target, fields, method);
  const response = await site.handler(request);
  const content = method === 'HEAD' ? Buffer.alloc(0) : await contentOf(response);
  return {
    response,
    text: content.toString('latin1'),
    content,
    marks: request.marks.map(({ detail }) => detail),
  };
}

describe('visits', () => {
  it('get the script at the head of the page', async () => {
    expect((await get('/')).text).toBe(`<!doctype html><head>${TAG}<title>T</title><p>page`);
    expect((await get('/fragment.html')).text).toBe(`${TAG}<p>one`);
    expect((await get('/', { Accept: 'text/html,*/*' })).text).toContain(TAG);
    expect((await get('/', { 'Sec-Fetch-Dest': 'iframe' })).text).toContain(TAG);
  });

  it('get it in pages that are streamed', async () => {
    const { text, response } = await get('/long.html');
    expect(text).toBe(`<!doctype html>\n${TAG}<p>${'long '.repeat(40_000)}`);
    expect(response.body?.length).toBeUndefined();
  });

  it('get it in listings and error pages, whose policy then lets it run', async () => {
    for (const target of ['/sub/', '/missing']) {
      const { text, response } = await get(target, { ...VISIT, Accept: 'text/html' });
      expect(text).toContain(TAG);
      expect(fieldOf(response, 'Content-Security-Policy')).toMatch(
        /default-src 'none'.*script-src 'self'; connect-src 'self'$/,
      );
    }
  });

  it('see a new state of the page at once', async () => {
    await get('/');
    writeFileSync(join(folder.path, 'index.html'), '<p>new');
    expect((await get('/')).text).toBe(`${TAG}<p>new`);
  });
});

describe('what is not a visit', () => {
  it.each([{ 'Sec-Fetch-Dest': 'empty', Accept: 'text/html' }, { Accept: '*/*' }, {}])(
    '%j gets the file as it is',
    async (fields) => {
      const { text, response } = await get('/', fields as Record<string, string>);
      expect(text).not.toContain(TAG);
      expect(fieldOf(response, 'Accept-Ranges')).toBe('bytes');
    },
  );

  it('a visit of something else keeps its range, conditions and length', async () => {
    const { response } = await get('/note.txt');
    const tag = fieldOf(response, 'ETag')!;
    expect((await get('/note.txt', { ...VISIT, 'If-None-Match': tag })).response.status).toBe(304);
    const part = await get('/note.txt', { ...VISIT, Range: 'bytes=1-2' });
    expect(part.response.status).toBe(206);
    expect(part.text).toBe('ex');
  });
});

describe('fields', () => {
  it('have a tag of their own, and no parts or times of the file', async () => {
    const plain = (await get('/', {})).response;
    const { response, content } = await get('/');
    expect(fieldOf(response, 'ETag')).toBe(`${fieldOf(plain, 'ETag')!.slice(0, -1)}-live"`);
    expect(fieldOf(response, 'Accept-Ranges')).toBeUndefined();
    expect(fieldOf(response, 'Last-Modified')).toBeUndefined();
    expect(response.body?.length).toBe(content.length);
    expect(response.fields.filter(([name]) => name === 'Vary')).toContainEqual([
      'Vary',
      'Accept, Sec-Fetch-Dest',
    ]);
  });

  it('a condition is met by the tag of the page with the script, and not by that of the file', async () => {
    const plain = fieldOf((await get('/', {})).response, 'ETag')!;
    const live = fieldOf((await get('/')).response, 'ETag')!;
    expect((await get('/', { ...VISIT, 'If-None-Match': plain })).response.status).toBe(200);
    const kept = await get('/', { ...VISIT, 'If-None-Match': live });
    expect(kept.response.status).toBe(304);
    expect(kept.response.body).toBeUndefined();
    expect(fieldOf(kept.response, 'ETag')).toBe(live);
  });

  it('a range is not of a page that is visited', async () => {
    const { response, text } = await get('/', { ...VISIT, Range: 'bytes=0-3' });
    expect(response.status).toBe(200);
    expect(text).toContain(TAG);
  });

  it('the head of it says the same', async () => {
    const { response: whole } = await get('/');
    const { response: head } = await get('/', VISIT, 'HEAD');
    expect(head.fields).toEqual(whole.fields);
    expect(head.body?.length).toBe(whole.body?.length);
    expect((await get('/long.html', VISIT, 'HEAD')).response.body?.length).toBeUndefined();
  });

  it('is coded with the script in it', async () => {
    const { response, content } = await get('/long.html', { ...VISIT, 'Accept-Encoding': 'gzip' });
    expect(fieldOf(response, 'Content-Encoding')).toBe('gzip');
    expect(decoded('gzip', content).toString()).toContain(`${TAG}<p>long`);
  });
});

describe('pages that cannot have it', () => {
  it.each([
    ['/utf16.html', /not reloaded live: it is in UTF-16/],
    ['/comment.html', /not reloaded live: .*comment/],
  ])('%s is sent as it is, and it is said why', async (target, because) => {
    const { text, marks } = await get(target);
    expect(text).not.toContain('wirescope');
    expect(marks.join('\n')).toMatch(because);
  });
});

describe('answers that are made', () => {
  const ask = async (response: Response, fields: Record<string, string> = VISIT) => {
    const request = handlerRequest('/', fields);
    const handler: Handler = compose([injectInto], () => response);
    const given = await handler(request);
    return {
      given,
      text: (await contentOf(given)).toString(),
      marks: request.marks.map(({ detail }) => detail),
    };
  };
  const withField = (...field: FieldPair) => htmlResponse('<p>made', { fields: [field] });

  it('get it too, whole or in pieces', async () => {
    expect((await ask(htmlResponse('<p>made'))).text).toBe(`${TAG}<p>made`);
    async function* pieces() {
      for (const char of '<!doctype html><html lang="a>"><head><p>x') yield Buffer.from(char);
    }
    const fields: FieldPair[] = [['Content-Type', 'text/html']];
    const { text } = await ask({ status: 200, fields, body: byteSource(pieces()) });
    expect(text).toBe(`<!doctype html><html lang="a>"><head>${TAG}<p>x`);
  });

  it('with the nonce of their policy', async () => {
    const { text } = await ask(withField('Content-Security-Policy', "script-src 'nonce-abc'"));
    expect(text).toBe('<script async src="/.wirescope/live.js" nonce="abc"></script><p>made');
  });

  it.each([
    [withField('Content-Security-Policy', "script-src 'none'"), /forbids the script \(script-src\)/],
    [
      { ...htmlResponse('<p>'), fields: [['Content-Type', 'text/html; charset=UTF-16LE']] } as Response,
      /UTF-16/,
    ],
  ])('not where it could not run', async (response, because) => {
    const { text, marks } = await ask(response);
    expect(text).not.toContain('wirescope');
    expect(marks.join()).toMatch(because);
  });

  it('not in what is coded, no page, or a redirect', async () => {
    const coded = withField('Content-Encoding', 'br');
    expect((await ask(coded)).given).toBe(coded);
    const json: Response = {
      status: 200,
      fields: [['Content-Type', 'application/json']],
      body: Buffer.from('{}'),
    };
    expect((await ask(json)).given).toBe(json);
    const moved = { ...htmlResponse('<p>'), status: 302 };
    expect((await ask(moved)).given).toBe(moved);
  });
});
