/** Bytes in a target that no URI may have: refused, but for who was told to take them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { eventsOf } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';
import { RawClient } from './raw-client.ts';
import { type ServeOptions, serve } from './serve.ts';

const run = promisify(execFile);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const folder = () => {
  const made = makeFolder({
    '日本語.txt': 'found',
    'café/naïve.txt': 'found too',
    'café/index.html': 'index',
  });
  closing.push(made.remove);
  return made.path;
};

async function ask(target: string, leniencies: ServeOptions['leniencies']) {
  const served = await serve(staticFiles(folder()), leniencies ? { leniencies } : {});
  closing.push(served.stop);
  const client = await RawClient.open(served.port);
  closing.push(() => client.close());
  const bytes = Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  await client.send(bytes);
  const answer = await client.rest();
  const notes = served.events().flatMap((event) => (event.kind === 'mark' ? [event.detail] : []));
  return { answer, notes };
}

describe('raw UTF-8 in a target', () => {
  it('is refused as it came, by default', async () => {
    const { answer } = await ask('/日本語.txt', undefined);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*target-invalid at byte 5\n$/);
  });

  it.each([
    ['/日本語.txt', 'found'],
    ['/caf%C3%A9/naïve.txt', 'found too'],
    ['/café/', 'index'],
  ])('%s names the file it spells where that is allowed, with a word in the log', async (target, content) => {
    const { answer, notes } = await ask(target, { allowObsTextInTarget: true });
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*\\r\\n\\r\\n${content}$`));
    expect(notes).toContainEqual(expect.stringContaining('must percent-encode (RFC 3986 §2.1)'));
  });

  it('comes back percent-encoded in a redirect', async () => {
    const { answer } = await ask('/café?é', { allowObsTextInTarget: true });
    expect(answer).toMatch(/^HTTP\/1\.1 301 [\s\S]*\r\nLocation: \/caf%C3%A9\/\?%C3%A9\r\n/);
  });

  it('can be no control byte, no space and no slash of another encoding', async () => {
    for (const target of ['/a\u0085b', '/a\u00a0b', '/a\u2028b', '/..\u{ff0f}x', '/\u{ff0e}\u{ff0e}/x']) {
      const { answer } = await ask(target, { allowObsTextInTarget: true });
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer.match(/^HTTP/gm)).toHaveLength(1);
    }
  });

  it('says nothing in the log of a target that is as it should be', async () => {
    const { notes } = await ask('/caf%C3%A9/', { allowObsTextInTarget: true });
    expect(notes.join()).not.toContain('RFC 3986');
  });

  it('is taken for a served folder, and not for an origin behind us', async () => {
    const engine = new Engine({ host: 'browser', tour: '', openUrl: () => {} }, { port: 0 });
    closing.push(() => engine.stop());
    const { server } = await engine.serve(folder());
    const curl = (url: string) => run('curl', ['-sS', '--request-target', '/日本語.txt', url]);
    expect((await curl(server.url)).stdout).toBe('found');
    const behind = await engine.serve(server.url.replace('127.0.0.1', 'localhost'));
    expect((await curl(behind.server.url)).stdout).toContain('400 Bad Request');
    expect(
      eventsOf(engine.log).some((event) => event.kind === 'mark' && event.detail.includes('RFC 3986')),
    ).toBe(true);
  });
});
