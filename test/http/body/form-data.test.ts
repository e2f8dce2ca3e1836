import { execFile } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FormData, fetch } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { type FileSink, readFormData } from '../../../server-core/http/body/form-data.ts';
import type { MultipartLimits } from '../../../server-core/http/body/multipart-limits.ts';
import type { Handler } from '../../../server-core/http/response.ts';
import { RawClient } from '../../net/raw-client.ts';
import { type Served, serve } from '../../net/serve.ts';
import { contentRequest } from '../../support/content-request.ts';
import { makeFolder } from '../../support/folder.ts';

const TYPE = 'multipart/form-data; boundary=b';
const part = (name: string, content: string, more = '') =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;

/** Keeps files in memory, and says what was done to them. */
function memory() {
  const done: string[] = [];
  const open = (): FileSink<string> => {
    let text = '';
    return {
      write: (bytes) => {
        text += Buffer.from(bytes).toString('latin1');
      },
      end: () => {
        done.push(`end ${text}`);
        return text;
      },
      discard: () => void done.push(`discard ${text}`),
    };
  };
  return { done, open };
}

async function read(content: string, limits: Partial<MultipartLimits> = {}, type = TYPE) {
  const { done, open } = memory();
  const request = contentRequest(
    type,
    [...content].map((char) => Buffer.from(char, 'latin1')),
  );
  const form = await readFormData(request, { ...limits, openFile: open }).catch((error: unknown) => {
    throw Object.assign(error as Error, { done });
  });
  return { ...form, done };
}

describe('a form', () => {
  it('has fields as text and files where its sinks put them', async () => {
    const { fields, files } = await read(
      `${part('a', 'gr\xc3\xbcn')}${part('f', 'FILE', '; filename="f.txt"\r\nContent-Type: text/plain')}${part('a', '')}--b--`,
    );
    expect([...fields]).toEqual([
      ['a', 'grün'],
      ['a', ''],
    ]);
    expect(files).toEqual([
      { part: { name: 'f', filename: 'f.txt', contentType: 'text/plain' }, length: 4, kept: 'FILE' },
    ]);
  });

  it('has files that nobody wants passed over', async () => {
    const content = `${part('f', 'x'.repeat(100), '; filename="f"')}${part('a', '1')}--b--`;
    const request = contentRequest(TYPE, [Buffer.from(content)]);
    const { fields, files } = await readFormData(request, { openFile: () => undefined });
    expect([[...fields], files]).toEqual([[['a', '1']], []]);
  });

  it('is read no faster than its sinks take it', async () => {
    const pieces = [
      part('f', 'x', '; filename="f"').slice(0, -2),
      ...Array.from({ length: 10 }, () => 'xx'),
      '\r\n--b--',
    ];
    const request = contentRequest(
      TYPE,
      pieces.map((piece) => Buffer.from(piece)),
    );
    const taken: number[] = [];
    await readFormData(request, {
      openFile: () => ({
        write: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          taken.push(request.taken);
        },
        end: () => 0,
        discard: () => {},
      }),
    });
    expect(taken).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
  });
});

describe('a form that is refused', () => {
  const one = '--b--';
  it.each<[string, string, Partial<MultipartLimits>, number]>([
    ['a field too long', `${part('a', '12345')}${one}`, { maxFieldBytes: 4 }, 413],
    ['fields too long together', `${part('a', '123')}${part('b', '456')}${one}`, { maxFieldsBytes: 5 }, 413],
    ['a file too long', `${part('f', '12345', '; filename=f')}${one}`, { maxFileBytes: 4 }, 413],
    ['too many parts', `${part('a', '')}${part('b', '')}${one}`, { maxParts: 1 }, 413],
    ['a field that is no UTF-8', `${part('a', '\xff')}${one}`, {}, 400],
    ['a field that ends in half a character', `${part('a', '\xc3')}${one}`, {}, 400],
    ['no end', part('a', '1'), {}, 400],
    ['nothing', '', {}, 400],
    ['base64', part('a', 'MQ==', '\r\nContent-Transfer-Encoding: base64'), {}, 415],
  ])('for %s', async (_, content, limits, status) => {
    await expect(read(content, limits)).rejects.toMatchObject({ status });
  });

  it.each<[string, string, Partial<MultipartLimits>]>([
    ['a field as long as allowed', `${part('a', '1234')}${one}`, { maxFieldBytes: 4 }],
    ['fields as long as allowed', `${part('a', '123')}${part('b', '45')}${one}`, { maxFieldsBytes: 5 }],
    [
      'a file longer than a field may be',
      `${part('f', '12345', '; filename=f')}${one}`,
      { maxFieldBytes: 4 },
    ],
    ['as many parts as allowed', `${part('a', '')}${one}`, { maxParts: 1 }],
    ['a character cut between reads', `${part('a', '\xe2\x82\xac')}${one}`, {}],
  ])('is not %s', async (_, content, limits) => {
    await expect(read(content, limits)).resolves.toBeDefined();
  });

  it.each([
    ['multipart/form-data', 400],
    ['multipart/form-data; boundary=""', 400],
    ['multipart/form-data; boundary="x y "', 400],
    ['multipart/mixed; boundary=b', 415],
    ['application/x-www-form-urlencoded', 415],
  ])('as %s is %i', async (type, status) => {
    await expect(read(one, {}, type)).rejects.toMatchObject({ status });
  });

  it('forgets every file, those that were complete too', async () => {
    const content = `${part('f', '1', '; filename=f')}${part('g', '2', '; filename=g')}${part('a', '\xff')}`;
    await expect(read(content)).rejects.toMatchObject({ done: ['end 1', 'end 2', 'discard 1', 'discard 2'] });
  });

  it('forgets them when the client goes, and when a sink fails', async () => {
    const { done, open } = memory();
    const pieces = [Buffer.from(`${part('f', '1', '; filename=f')}`)];
    const broken = contentRequest(TYPE, pieces, { broken: true });
    await expect(readFormData(broken, { openFile: open })).rejects.toMatchObject({ status: 400 });
    expect(done.at(-1)).toBe('discard 1');

    const full = new Error('disk full');
    const failing = (): FileSink<string> => ({
      ...open(),
      write: () => {
        throw full;
      },
    });
    await expect(readFormData(contentRequest(TYPE, pieces), { openFile: failing })).rejects.toBe(full);
    expect(done.at(-1)).toBe('discard ');
  });
});

describe('a form of other people’s clients, over a socket, to the disk', () => {
  let served: Served | undefined;
  const folders: { remove(): void }[] = [];
  afterEach(async () => {
    await served?.stop();
    for (const folder of folders.splice(0)) folder.remove();
  });

  /** A sink to a file, as an application writes it. */
  function diskSink(path: string): FileSink<string> {
    const stream = createWriteStream(path);
    return {
      write: (bytes) =>
        new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve()))),
      async end() {
        stream.end();
        await finished(stream);
        return path;
      },
      async discard() {
        stream.destroy();
        await rm(path, { force: true });
      },
    };
  }

  async function uploads() {
    const folder = makeFolder();
    folders.push(folder);
    let count = 0;
    const handler: Handler = async (request) => {
      const form = await readFormData(request, {
        openFile: () => diskSink(join(folder.path, `upload-${count++}`)),
      });
      const said = {
        fields: [...form.fields],
        files: form.files.map((file) => [file.part.filename, file.length]),
      };
      return { status: 200, fields: [], body: Buffer.from(JSON.stringify(said)) };
    };
    served = await serve(handler);
    return { folder: folder.path, served };
  }

  const bytes = Buffer.alloc(3_000_000);
  for (let i = 0; i < bytes.length; i++) bytes[i] = i % 251 === 0 ? 0x0d : i % 7;

  it('curl', async () => {
    const { folder, served } = await uploads();
    const source = makeFolder({ 'a "b".bin': bytes, 'empty.txt': '' });
    folders.push(source);
    const { stdout } = await promisify(execFile)('curl', [
      '-sS',
      '-F',
      'name=Jörg',
      '-F',
      `file=@"${source.path}/a \\"b\\".bin"`,
      '-F',
      `none=@${source.path}/empty.txt`,
      `http://127.0.0.1:${served.port}/`,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      fields: [['name', 'Jörg']],
      files: [
        ['a "b".bin', bytes.length],
        ['empty.txt', 0],
      ],
    });
    expect(readFileSync(join(folder, 'upload-0')).equals(bytes)).toBe(true);
  });

  it('undici, as browsers write it', async () => {
    const { folder, served } = await uploads();
    const form = new FormData();
    form.append('say "hi"', 'line\nline');
    form.append('file', new Blob([bytes]), 'ü "x".bin');
    const response = await fetch(`http://127.0.0.1:${served.port}/`, { method: 'POST', body: form });
    expect(await response.json()).toEqual({
      fields: [['say "hi"', 'line\r\nline']],
      files: [['ü "x".bin', bytes.length]],
    });
    expect(readFileSync(join(folder, 'upload-0')).equals(bytes)).toBe(true);
  });

  it('one that goes in the middle leaves nothing behind', async () => {
    const { folder, served } = await uploads();
    const client = await RawClient.open(served.port);
    const head = part('f', 'x'.repeat(100_000), '; filename=f').slice(0, -2);
    await client.send(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${TYPE}\r\nContent-Length: 1000000\r\n\r\n${head}`,
    );
    await served.until(() => readdirSync(folder).length === 1);
    client.reset();
    await served.until(() => readdirSync(folder).length === 0);
    expect(served.counters.inFlight).toBe(0);
  });
});
