import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type BodyFile, bodyFiles, safeName } from '../../../server-core/formats/export/body-files.ts';
import { exchangesInOrder } from '../../../server-core/formats/export/in-order.ts';
import { zipArchive } from '../../../server-core/formats/export/zip.ts';
import { CONTENT_TOOLS } from '../../../server-core/host/export/content-tools.ts';
import { EPOCH_MS, joined, Recorded } from '../../support/recorded.ts';

const answer = (body: string, type = 'text/plain') =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

async function filesOf(targets: readonly string[]): Promise<BodyFile[]> {
  const recorded = new Recorded();
  for (const [i, target] of targets.entries()) {
    recorded.conversation([
      { in: `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n` },
      { out: answer(`body ${i}`) },
    ]);
  }
  const exchanges = exchangesInOrder(recorded.source.events(true), () => true);
  const files: BodyFile[] = [];
  for await (const file of bodyFiles(exchanges, EPOCH_MS, CONTENT_TOOLS)) files.push(file);
  return files;
}

describe('the name of a body', () => {
  it.each([
    ['/a/b.css?v=1', 'text/css', 'a/b.css'],
    ['/', 'text/html', 'index.html'],
    ['/api/', 'application/json', 'api/index'],
    ['http://site.example/x.js#y', 'text/javascript', 'x.js'],
    ['/../../etc/passwd', '', 'etc/passwd'],
    ['/%2e%2e/%2E%2E%2fx', '', 'x'],
    ['/a\\..\\..\\b', '', 'a/b'],
    ['/C:/x', '', 'C_/x'],
    ['/con.txt', '', '_con.txt'],
    ['/LPT1', '', '_LPT1'],
    ['/.htaccess', '', 'htaccess'],
    ['/x. . ', '', 'x'],
    ['/a%00b\u202e', '', 'a_b_'],
    ['*', '', '_'],
  ])('for %s of %s is %s', (target, type, name) => {
    expect(safeName(target, type)).toBe(name);
  });

  it('never leaves the folder', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', '%2e', '%2f', '%5c', 'a', ' ', ':', '%', '\0') }),
        (path) => {
          const parts = safeName(`/${path}`, '').split('/');
          expect(parts.length).toBeGreaterThan(0);
          for (const part of parts) expect(part).toMatch(/^[^.\\/:\0][^\\/:\0]*$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('bodies as files', () => {
  it('that come again get a number, also where only case differs, and where a file would be a folder', async () => {
    const files = await filesOf(['/a.txt', '/a.txt?2', '/A.TXT', '/a', '/a/b', '/x/y', '/x']);
    expect(files.map(({ name }) => name)).toEqual([
      ...['a.txt', 'a (2).txt', 'A (3).TXT', 'a', 'a_/b', 'x/y', 'x (2)'],
    ]);
    expect(Buffer.from(files[1]!.bytes).toString()).toBe('body 1');
  });

  it('are an archive that others can open', async () => {
    async function* files(): AsyncGenerator<BodyFile> {
      yield { name: 'ä/b.txt', bytes: Buffer.from('hello'), timeMs: EPOCH_MS };
      yield { name: 'empty', bytes: new Uint8Array(0), timeMs: 0 };
    }
    const found = unzipSync(await joined(zipArchive(files(), crc32)));
    expect(
      Object.fromEntries(Object.entries(found).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])),
    ).toEqual({
      ...{ 'ä/b.txt': 'hello', empty: '' },
    });
  });
});
