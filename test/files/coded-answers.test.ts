import { rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StaticOptions } from '../../server-core/files/static.ts';
import type { Response } from '../../server-core/http/response.ts';
import { decoded } from '../support/decoded.ts';
import { contentOf, fieldOf } from '../support/handler-request.ts';
import { site, textOf } from '../support/site.ts';

const SMALL = 'let answer = 42; // and so on\n'.repeat(200);
const LARGE = 'let answer = 42; // and so on and on\n'.repeat(20_000);
const BROWSER = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

async function plainOf(response: Response): Promise<string> {
  return decoded(fieldOf(response, 'Content-Encoding'), await contentOf(response)).toString('utf8');
}

/** For an answer of which only the head is looked at. */
function unread(response: Response): Response {
  if (response.body && !(response.body instanceof Uint8Array)) response.body.close();
  return response;
}

/** Asks until the answer is the very same twice: then it is kept. */
async function untilSame(ask: () => Promise<Response>): Promise<void> {
  await expect.poll(async () => new Set([await ask(), await ask()]).size, { timeout: 10_000 }).toBe(1);
}

/** A site with app.js and copies of it that are a second newer, or `age` seconds older. */
function withCopies(
  content: string,
  copies: Record<string, string | Uint8Array>,
  age = -1,
  options: StaticOptions = {},
) {
  const made = site({ 'app.js': content, ...copies }, options);
  const now = Date.now() / 1000 - 60;
  utimesSync(join(made.path, 'app.js'), now, now);
  for (const name of Object.keys(copies)) utimesSync(join(made.path, name), now - age, now - age);
  return made;
}

describe.each([
  ['small', SMALL],
  ['large', LARGE],
])('a %s text', (_, text) => {
  it.each([
    ['zstd', 'gzip, deflate, br, zstd'],
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip, deflate'],
    [undefined, 'deflate'],
    [undefined, 'gzip;q=0'],
  ])('is coded with %s for %s', async (coding, accepted) => {
    const { get } = site({ 'app.js': text });
    // Three times: made, then, once the file is kept, made again and kept.
    for (let i = 0; i < 3; i++) {
      const response = await get('/app.js', { 'Accept-Encoding': accepted });
      expect(response.status).toBe(200);
      expect(fieldOf(response, 'Content-Encoding')).toBe(coding);
      expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
      expect(fieldOf(response, 'Content-Type')).toBe('text/javascript; charset=utf-8');
      expect(await plainOf(response)).toBe(text);
    }
  });

  it('has a tag for each coding, and 304 only for the tag of the coding in question', async () => {
    const { get } = site({ 'app.js': text });
    const tags: Record<string, string> = {};
    const codings = ['identity', 'gzip', 'br', 'zstd'];
    for (const coding of codings) {
      // Until the time is past in which a write might not show.
      await expect
        .poll(async () => {
          tags[coding] = fieldOf(unread(await get('/app.js', { 'Accept-Encoding': coding })), 'ETag')!;
          return coding === 'identity' && tags[coding].startsWith('W/');
        })
        .toBe(false);
    }
    expect(new Set(Object.values(tags)).size).toBe(4);
    expect(tags['gzip']).toBe(`W/${tags['identity']!.slice(0, -1)}-gzip"`);
    for (const asked of codings) {
      for (const held of codings) {
        const response = unread(
          await get('/app.js', { 'Accept-Encoding': asked, 'If-None-Match': tags[held]! }),
        );
        expect(response.status, `${held} held, ${asked} asked`).toBe(asked === held ? 304 : 200);
        if (response.status !== 304) continue;
        expect(fieldOf(response, 'ETag')).toBe(tags[held]);
        expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
        expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
      }
      const any = { 'Accept-Encoding': asked, 'If-None-Match': Object.values(tags).join(', ') };
      expect((await get('/app.js', any)).status).toBe(304);
    }
  });

  it('is sent in part as it is, whatever is accepted', async () => {
    const { ask } = site({ 'app.js': text });
    const { response, marks } = await ask('/app.js', { ...BROWSER, Range: 'bytes=4-9' });
    expect(response.status).toBe(206);
    expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
    expect(await textOf(response)).toBe('answer');
    expect(marks.join('\n')).toContain('parts are never coded on the fly');
  });

  it('ignores Range where content as it is was refused', async () => {
    const { ask } = site({ 'app.js': text });
    const { response, marks } = await ask('/app.js', { 'Accept-Encoding': 'br, *;q=0', Range: 'bytes=4-9' });
    expect(response.status).toBe(200);
    expect(await plainOf(response)).toBe(text);
    expect(marks).toContain('It is coded on the fly, so Range is ignored');
    expect(fieldOf(response, 'Accept-Ranges')).toBeUndefined();
  });

  it('is not coded where that is turned off', async () => {
    const { get } = site({ 'app.js': text }, { compress: false });
    const response = await get('/app.js', BROWSER);
    expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBeUndefined();
    expect(await textOf(response)).toBe(text);
  });

  it('answers HEAD with the fields of GET', async () => {
    const { get } = site({ 'app.js': text });
    const head = await get('/app.js', BROWSER, 'HEAD');
    expect(fieldOf(head, 'Content-Encoding')).toBe('zstd');
    expect(fieldOf(head, 'ETag')).toMatch(/-zstd"$/);
  });
});

describe('what gains nothing by coding', () => {
  it.each([
    ['pic.png', 'image/png', Buffer.alloc(5_000)],
    ['tiny.js', 'text/javascript; charset=utf-8', 'let a'],
  ])('%s goes out as it is, and does not vary', async (name, type, content) => {
    const { get } = site({ [name]: content });
    const response = await get(`/${name}`, BROWSER);
    expect(fieldOf(response, 'Content-Type')).toBe(type);
    expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBeUndefined();
  });

  it('is coded all the same where content as it is was refused', async () => {
    const { get } = site({ 'tiny.js': 'let a' });
    const response = await get('/tiny.js', { 'Accept-Encoding': 'gzip, identity;q=0' });
    expect(fieldOf(response, 'Content-Encoding')).toBe('gzip');
    expect(await plainOf(response)).toBe('let a');
  });

  it.each(['identity;q=0', '*;q=0', 'deflate, identity;q=0'])('is 406 to %s', async (accepted) => {
    const { ask } = site({ 'tiny.js': 'let a' });
    const { response, marks } = await ask('/tiny.js', { 'Accept-Encoding': accepted });
    expect(response.status).toBe(406);
    expect(marks.at(-1)).toMatch(/nothing that can be sent is accepted, so 406$/);
  });
});

describe('copies beside a file', () => {
  it('are sent byte for byte, with their own length and tag', async () => {
    const br = brotliCompressSync(SMALL);
    const { ask, path } = withCopies(SMALL, { 'app.js.br': br, 'app.js.gz': gzipSync(SMALL) });
    for (let i = 0; i < 3; i++) {
      const { response, marks } = await ask('/app.js', BROWSER);
      expect(fieldOf(response, 'Content-Encoding')).toBe('br');
      expect(fieldOf(response, 'Content-Type')).toBe('text/javascript; charset=utf-8');
      expect(response.body?.length).toBe(br.length);
      expect((await contentOf(response)).equals(br)).toBe(true);
      const { mtimeNs } = statSync(join(path, 'app.js.br'), { bigint: true });
      expect(fieldOf(response, 'ETag')).toContain(`"${br.length.toString(16)}-${mtimeNs.toString(16)}`);
      expect(fieldOf(response, 'ETag')).toMatch(/-br"$/);
      expect(marks.join('\n')).toContain('so the copy .br beside it goes out, coded with br');
    }
    expect(fieldOf((await ask('/app.js', { 'Accept-Encoding': 'gzip' })).response, 'Content-Encoding')).toBe(
      'gzip',
    );
  });

  it('are streamed when they are large', async () => {
    const { get } = withCopies(SMALL, { 'app.js.gz': gzipSync(Buffer.from(LARGE), { level: 0 }) });
    expect(await plainOf(await get('/app.js', BROWSER))).toBe(LARGE);
    expect(await plainOf(await get('/app.js', BROWSER))).toBe(LARGE);
  });

  it('can be asked for in part: it is the copy that has the positions', async () => {
    const gz = gzipSync(SMALL);
    const { get } = withCopies(SMALL, { 'app.js.gz': gz });
    const whole = await get('/app.js', BROWSER);
    const etag = fieldOf(whole, 'ETag')!;
    const part = await get('/app.js', { ...BROWSER, Range: 'bytes=2-5' });
    expect(part.status).toBe(206);
    expect(fieldOf(part, 'Content-Encoding')).toBe('gzip');
    expect(fieldOf(part, 'Content-Range')).toBe(`bytes 2-5/${gz.length}`);
    expect((await contentOf(part)).equals(gz.subarray(2, 6))).toBe(true);
    expect((await get('/app.js', { ...BROWSER, 'If-None-Match': etag })).status).toBe(304);
  });

  it('are not sent once they are older than the file, and their twin of the same age is', async () => {
    const stale = withCopies(SMALL, { 'app.js.gz': gzipSync('old') }, 1);
    const { response, marks } = await stale.ask('/app.js', { 'Accept-Encoding': 'gzip' });
    expect(await plainOf(response)).toBe(SMALL);
    expect(marks.join('\n')).toContain('.gz beside it is older than the file');
    const fresh = withCopies(SMALL, { 'app.js.gz': gzipSync('same age') }, 0);
    expect(await plainOf(await fresh.get('/app.js', { 'Accept-Encoding': 'gzip' }))).toBe('same age');
  });

  it('stop being sent when the file is edited, are sent anew when they are, and missed when they go', async () => {
    const { path, get } = withCopies(SMALL, { 'app.js.gz': gzipSync('one') });
    const gzip = { 'Accept-Encoding': 'gzip' };
    expect(await plainOf(await get('/app.js', gzip))).toBe('one');
    expect(await plainOf(await get('/app.js', gzip))).toBe('one');
    writeFileSync(join(path, 'app.js.gz'), gzipSync('two'));
    expect(await plainOf(await get('/app.js', gzip))).toBe('two');
    const later = Date.now() / 1000 + 5;
    writeFileSync(join(path, 'app.js'), SMALL.toUpperCase());
    utimesSync(join(path, 'app.js'), later, later);
    expect(await plainOf(await get('/app.js', gzip))).toBe(SMALL.toUpperCase());
    rmSync(join(path, 'app.js.gz'));
    expect(await plainOf(await get('/app.js', gzip))).toBe(SMALL.toUpperCase());
  });

  it('are compared with the disk each time, also when they are kept', async () => {
    const { path, get } = withCopies(SMALL, { 'app.js.gz': gzipSync('one') });
    const gzip = { 'Accept-Encoding': 'gzip' };
    await untilSame(() => get('/app.js', gzip));
    writeFileSync(join(path, 'app.js.gz'), gzipSync('two'));
    expect(await plainOf(await get('/app.js', gzip))).toBe('two');
    await untilSame(() => get('/app.js', gzip));
    rmSync(join(path, 'app.js.gz'));
    expect(await plainOf(await get('/app.js', gzip))).toBe(SMALL);
  });

  it('are noticed soon when they are put beside a file that is kept', async () => {
    const { path, get } = withCopies(SMALL, {});
    const accepted = { 'Accept-Encoding': 'br' };
    await untilSame(() => get('/app.js', accepted));
    writeFileSync(join(path, 'app.js.br'), brotliCompressSync('copy'));
    await expect.poll(async () => plainOf(await get('/app.js', accepted)), { timeout: 10_000 }).toBe('copy');
  });

  it('are not followed out of the root, and a twin inside is', async () => {
    const outside = site({ secret: gzipSync('secret') });
    const { path, get } = withCopies(SMALL, { inside: gzipSync('inside') });
    symlinkSync(join(outside.path, 'secret'), join(path, 'app.js.gz'));
    expect(await plainOf(await get('/app.js', { 'Accept-Encoding': 'gzip' }))).toBe(SMALL);
    rmSync(join(path, 'app.js.gz'));
    symlinkSync('inside', join(path, 'app.js.gz'));
    const fresh = withCopies(SMALL, { inside: gzipSync('inside') });
    symlinkSync('inside', join(fresh.path, 'app.js.gz'));
    expect(await plainOf(await fresh.get('/app.js', { 'Accept-Encoding': 'gzip' }))).toBe('inside');
  });

  it('are looked at for any type, and left alone where that is turned off', async () => {
    const files = { 'scene.bin': 'x', 'scene.bin.gz': gzipSync('coded') };
    const on = site(files);
    expect(fieldOf(await on.get('/scene.bin', BROWSER), 'Vary')).toBe('Accept-Encoding');
    expect(await plainOf(await on.get('/scene.bin', BROWSER))).toBe('coded');
    const off = site(files, { precompressed: false });
    expect(await plainOf(await off.get('/scene.bin', BROWSER))).toBe('x');
  });

  it('are files of their own under their own names', async () => {
    const gz = gzipSync(SMALL);
    const { get } = withCopies(SMALL, { 'app.js.gz': gz });
    const response = await get('/app.js.gz', BROWSER);
    expect(fieldOf(response, 'Content-Type')).toBe('application/gzip');
    expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
    expect((await contentOf(response)).equals(gz)).toBe(true);
  });
});

describe('coding on the fly', () => {
  it('fails where the file shrinks meanwhile: what was sent would look whole', async () => {
    const { path, get } = site({ 'app.js': LARGE.repeat(4) });
    const response = await get('/app.js', BROWSER);
    writeFileSync(join(path, 'app.js'), 'short');
    await expect(contentOf(response)).rejects.toThrow(/short while it was coded/);
  });

  it('makes what many ask for at once one time, and keeps it', async () => {
    const { get } = site({ 'app.js': SMALL });
    await expect
      .poll(async () => {
        const answers = await Promise.all(Array.from({ length: 5 }, () => get('/app.js', BROWSER)));
        return new Set(answers).size;
      })
      .toBe(1);
  });

  it('shows an edit at once', async () => {
    const { path, get } = site({ 'app.js': SMALL });
    await get('/app.js', BROWSER);
    writeFileSync(join(path, 'app.js'), SMALL.replaceAll('42', '43'));
    expect(await plainOf(await get('/app.js', BROWSER))).toBe(SMALL.replaceAll('42', '43'));
  });
});
