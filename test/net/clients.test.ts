/** Programs that other people wrote, against a folder served by ours. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticFiles } from '../../server-core/files/static.ts';
import { makeFolder } from '../support/folder.ts';
import { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';

const run = promisify(execFile);
let folder: ReturnType<typeof makeFolder>;
let served: Served;
let url: string;

beforeAll(async () => {
  folder = makeFolder({
    'a.txt': 'A',
    'b.txt': 'B',
    'big.bin': Buffer.alloc(5_000_000, 7),
    'docs/index.html': '<p>docs',
  });
  served = await serve(staticFiles(folder.path));
  url = `http://127.0.0.1:${served.port}`;
});
afterAll(async () => {
  await served.stop();
  folder.remove();
});

const curl = async (...args: string[]) =>
  (await run('curl', ['-sS', ...args], { encoding: 'latin1', maxBuffer: 1e8 })).stdout;
const opened = () => served.events().filter((event) => event.kind === 'opened').length;

describe('curl', () => {
  it('keeps one connection for several files', async () => {
    const before = opened();
    expect(await curl(`${url}/a.txt`, `${url}/b.txt`, `${url}/a.txt`)).toBe('ABA');
    expect(opened() - before).toBe(1);
  });

  it('speaks HTTP/1.0', async () => {
    expect(await curl('-0', '-i', `${url}/a.txt`)).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n\r\nA$/,
    );
  });

  it('asks by HEAD', async () => {
    expect(await curl('-I', `${url}/big.bin`)).toMatch(/^Content-Length: 5000000\r?$/m);
  });

  it('asks again with the validator, and gets 304', async () => {
    const etag = /^ETag: (.+?)\r?$/m.exec(await curl('-I', `${url}/a.txt`))?.[1] as string;
    const answer = await curl('-i', '-H', `If-None-Match: ${etag}`, `${url}/a.txt`);
    expect(answer).toMatch(/^HTTP\/1\.1 304 Not Modified\r\n/);
    expect(answer).toMatch(/\r\n\r\n$/);
  });

  it('resumes a download', async () => {
    expect(await curl('-i', '-r', '4999998-', `${url}/big.bin`)).toMatch(
      /Content-Range: bytes 4999998-4999999\/5000000[\s\S]*\r\n\r\n\x07\x07$/,
    );
  });

  it('follows the redirect of a folder', async () => {
    expect(await curl('-L', `${url}/docs`)).toBe('<p>docs');
  });

  it('sends content that nobody reads, and is told so', async () => {
    expect(
      await curl('-o', '-', '-w', '%{http_code}', '--data-binary', `@${folder.path}/big.bin`, `${url}/a.txt`),
    ).toMatch(/405$/);
  });
});

describe('undici', () => {
  it('pipelines', async () => {
    const client = new Client(url, { pipelining: 10 });
    const bodies = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const { body } = await client.request({ method: 'GET', path: i % 2 ? '/a.txt' : '/b.txt' });
        return body.text();
      }),
    );
    expect(bodies.join('')).toBe('BA'.repeat(20));
    await client.close();
  });

  it('reads five megabytes whole', async () => {
    const { body } = await request(`${url}/big.bin`);
    expect((await body.bytes()).every((byte) => byte === 7)).toBe(true);
  });
});

it('a thousand clients at once are all answered', async () => {
  const clients = await Promise.all(Array.from({ length: 1000 }, () => RawClient.open(served.port)));
  await Promise.all(clients.map((client) => client.send('GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n')));
  const answers = await Promise.all(clients.map((client) => client.response()));
  expect(answers.every((answer) => answer.status === 200 && answer.body === 'A')).toBe(true);
  for (const client of clients) client.close();
});
