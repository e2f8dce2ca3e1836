/** What curl can ask for, over a folder and two routes, and many clients at once. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { readFormData } from '../../server-core/http/body/form-data.ts';
import { route, router } from '../../server-core/http/router.ts';
import { makeFolder } from '../support/folder.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';

const run = promisify(execFile);
const BIG = Buffer.alloc(3_000_000, 'the same again, ');
const LONG = 'words that come again '.repeat(500);

let folder: ReturnType<typeof makeFolder>;
let served: Served;
let url: string;

beforeAll(async () => {
  folder = makeFolder({ 'a.txt': 'A', 'b.txt': 'B', 'long.txt': LONG, 'big.bin': BIG });
  const files = staticFiles(folder.path);
  const text = (status: number, body: string) => ({
    status,
    fields: [['Content-Type', 'text/plain']] as const,
    body: Buffer.from(body),
  });
  const handler = router(
    [
      route('PUT', '/up/:name', async (request, { name }) => {
        const hash = createHash('sha256');
        let length = 0;
        for await (const piece of request.body.chunks()) {
          hash.update(piece);
          length += piece.length;
        }
        return text(201, `${name} ${length} ${hash.digest('hex')}`);
      }),
      route('POST', '/form', async (request) => {
        const { fields, files: sent } = await readFormData(request, {
          openFile: () => ({ write() {}, end: () => 'kept', discard() {} }),
        });
        const name = fields.get('name');
        return text(
          200,
          `${name}; ${sent.map(({ part, length }) => `${part.filename} ${length}`).join(', ')}`,
        );
      }),
    ],
    files,
  );
  served = await serve(handler);
  url = `http://127.0.0.1:${served.port}`;
});
afterAll(async () => {
  await served.stop();
  folder.remove();
});

const curl = async (...args: string[]) =>
  (await run('curl', ['-sS', ...args], { encoding: 'latin1', maxBuffer: 1e8 })).stdout;
const opened = () => served.events().filter(({ kind }) => kind === 'opened').length;
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('curl', () => {
  it('goes on to the next request with other settings, over the same connection', async () => {
    const before = opened();
    const answer = await curl(
      `${url}/a.txt`,
      '--next',
      '-sS',
      '-I',
      `${url}/b.txt`,
      '--next',
      '-sS',
      '-r',
      '0-0',
      `${url}/long.txt`,
    );
    expect(answer).toMatch(/^AHTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nw$/);
    expect(opened() - before).toBe(1);
  });

  it('asks for codings, and undoes the one it gets', async () => {
    expect(await curl('--compressed', `${url}/long.txt`)).toBe(LONG);
    const head = await curl('--compressed', '-o', '/dev/null', '-D', '-', `${url}/long.txt`);
    expect(head).toMatch(/^Content-Encoding: (br|zstd|gzip)\r$/m);
    const length = Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1]);
    expect(length).toBeLessThan(LONG.length / 4);
  });

  it('asks for several ranges at once', async () => {
    const answer = await curl('-i', '-r', '0-1,10-11', `${url}/long.txt`);
    expect(answer).toMatch(/^HTTP\/1\.1 206 Partial Content\r\n/);
    expect(answer.match(/^Content-Range: bytes (0-1|10-11)\/11000\r$/gm)).toHaveLength(2);
  });

  it.each([['--http1.0'], ['--http1.1']])(
    'speaks %s, with content of unknown length as well',
    async (version) => {
      expect(await curl(version, '-w', ' %{http_code}', `${url}/a.txt`)).toBe('A 200');
      const upload = await curl(version, '-T', join(folder.path, 'a.txt'), `${url}/up/a.txt`);
      expect(upload).toBe(`a.txt 1 ${hashOf(Buffer.from('A'))}`);
    },
  );

  it('uploads a file, having waited for 100 (Continue)', async () => {
    const answer = await curl(
      '-i',
      '-H',
      'Expect: 100-continue',
      '-T',
      join(folder.path, 'big.bin'),
      `${url}/up/big.bin`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/);
    expect(answer.endsWith(`big.bin ${BIG.length} ${hashOf(BIG)}`)).toBe(true);
  });

  it('uploads in chunks what has no length', async () => {
    const answer = await curl(
      '-H',
      'Transfer-Encoding: chunked',
      '-T',
      join(folder.path, 'big.bin'),
      `${url}/up/chunks`,
    );
    expect(answer).toBe(`chunks ${BIG.length} ${hashOf(BIG)}`);
  });

  it('sends a form with a file', async () => {
    writeFileSync(join(folder.path, 'sent.bin'), BIG);
    const answer = await curl(
      '-F',
      'name=caf\u00e9',
      '-F',
      `file=@${folder.path}/sent.bin;filename=x.bin`,
      `${url}/form`,
    );
    expect(Buffer.from(answer, 'latin1').toString()).toBe(`caf\u00e9; x.bin ${BIG.length}`);
  });

  it('sends a path as it is written, and gets no further up than the root', async () => {
    const status = ['-o', '/dev/null', '-w', '%{http_code}', '--path-as-is'];
    expect(await curl(...status, `${url}/../../etc/passwd`)).toBe('400');
    expect(await curl(...status, `${url}/./x/../a.txt`)).toBe('200');
    expect(await curl(...status, `${url}/%2e%2e/etc/passwd`)).toBe('400');
  });

  it('fetches with many connections at once', async () => {
    const urls = Array.from({ length: 200 }, (_, i) => `${url}/${i % 2 ? 'a' : 'b'}.txt`);
    const answer = await curl('-Z', '--parallel-immediate', '--parallel-max', '50', ...urls);
    expect([...answer].sort().join('')).toBe('A'.repeat(100) + 'B'.repeat(100));
  });
});

describe('a thousand connections', () => {
  const REQUEST = 'GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it('are held at once, each sending a byte at a time, and none is dropped', async () => {
    const before = opened();
    const clients = await Promise.all(Array.from({ length: 1000 }, () => RawClient.open(served.port)));
    for (const byte of REQUEST) await Promise.all(clients.map((client) => client.send(byte)));
    const answers = await Promise.all(clients.map((client) => client.response()));
    expect(answers.every(({ status, body }) => status === 200 && body === 'A')).toBe(true);
    expect(opened() - before).toBe(1000);
    expect(served.listener.openConnections).toBeGreaterThanOrEqual(1000);
    // Still there: each answers once more.
    await Promise.all(clients.map((client) => client.send(REQUEST)));
    const again = await Promise.all(clients.map((client) => client.response()));
    expect(again.every(({ status }) => status === 200)).toBe(true);
    for (const client of clients) client.close();
  });
});
