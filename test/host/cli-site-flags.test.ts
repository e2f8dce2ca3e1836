import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';

const HTML = { headers: { accept: 'text/html' } };
const TEXT = 'text '.repeat(1000);

let folder: ReturnType<typeof makeFolder>;
const programs: Program[] = [];

beforeEach(() => {
  folder = makeFolder({
    'sub/oops.html': '<h1>Oops</h1>',
    'a.thing': 'thing',
    'a.txt': TEXT,
    'a.txt.br': brotliCompressSync(`${TEXT}!`),
  });
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
  folder.remove();
});

async function serving(...args: string[]): Promise<string> {
  const program = new Program([...args, '--port', '0', '--no-ui']);
  programs.push(program);
  return program.find(/^listening (http:\S+)$/m);
}

describe('the command', () => {
  it('--404 names the page that goes with it', async () => {
    const url = await serving(folder.path, '--404', 'sub/oops.html');
    const response = await fetch(`${url}missing`, HTML);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('<h1>Oops</h1>');
  });

  it('--type and --field say how files are sent', async () => {
    const url = await serving(
      folder.path,
      '--type',
      'thing=text/x-thing',
      '--field',
      'X-One: 1',
      '--field',
      'X-Two: 2',
    );
    const { headers } = await fetch(`${url}a.thing`);
    expect(headers.get('content-type')).toBe('text/x-thing');
    expect([headers.get('x-one'), headers.get('x-two')]).toEqual(['1', '2']);
  });

  it('--limit sets deadlines', async () => {
    const url = await serving(folder.path, '--limit', 'head=1', '--limit', 'idle=5');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET / HT');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('--no-listing lists nothing', async () => {
    const url = await serving(folder.path, '--no-listing');
    expect((await fetch(url, HTML)).status).toBe(403);
  });

  it('--no-precompressed leaves the copies beside files alone', async () => {
    const plain = await serving(folder.path);
    const coded = { headers: { 'accept-encoding': 'br' } };
    expect(await (await fetch(`${plain}a.txt`, coded)).text()).toBe(`${TEXT}!`);
    const url = await serving(folder.path, '--no-precompressed');
    const response = await fetch(`${url}a.txt`, coded);
    expect(response.headers.get('content-encoding')).not.toBeNull();
    expect(await response.text()).toBe(TEXT);
  });

  it('listings and error pages are coded', async () => {
    const url = await serving(folder.path);
    for (const path of ['', 'missing']) {
      const response = await fetch(url + path, HTML);
      expect(response.headers.get('content-encoding')).not.toBeNull();
      expect(await response.text()).toMatch(/^<!doctype html>/);
    }
  });

  it('--config reads them from a file', async () => {
    const config = join(folder.path, 'wirescope.json');
    writeFileSync(config, JSON.stringify({ path: '.', 'no-listing': true, type: { thing: 'text/x-file' } }));
    const url = await serving('--config', config, '--type', 'thing=text/x-typed');
    expect((await fetch(url, HTML)).status).toBe(403);
    expect((await fetch(`${url}a.thing`)).headers.get('content-type')).toBe('text/x-typed');
  });
});
