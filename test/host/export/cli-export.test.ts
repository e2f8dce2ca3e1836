/** The built command, as a script runs it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { captureFile } from '../../../server-core/host/capture-file-writer.ts';
import { BUILD_MS, buildStale } from '../../electron/build-stale.ts';
import { makeFolder } from '../../support/folder.ts';
import { Program } from '../../support/program.ts';
import { joined, Recorded } from '../../support/recorded.ts';
import { META } from '../capture-file-setup.ts';

let folder: ReturnType<typeof makeFolder>;
let capture: string;

beforeAll(buildStale, BUILD_MS);
beforeEach(async () => {
  folder = makeFolder();
  capture = `${folder.path}/x.wirescope`;
  const { log } = new Recorded().conversation([
    { in: 'GET /a/b.txt HTTP/1.1\r\nHost: a\r\nCookie: sid=secret\r\n\r\n' },
    { out: 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi' },
  ]);
  writeFileSync(capture, await joined(captureFile(log, META)));
});
afterEach(() => folder.remove());

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const program = new Program(['export', ...args]);
  const code = await program.ended;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

describe('wirescope export', () => {
  it('writes to standard output, without secrets where the format is made to be given away', async () => {
    const har = await run(capture, '--as', 'har');
    expect(har).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(har.stdout).log.entries).toHaveLength(1);
    expect(har.stdout).not.toContain('secret');
    expect((await run(capture, '--as', 'har', '--keep-secrets')).stdout).toContain('secret');
    const log = await run(capture, '--as', 'combined');
    expect(log.stdout).toMatch(/^10\.1\.2\.3 - - \[.*\] "GET \/a\/b\.txt HTTP\/1\.1" 200 2 "-" "-"\n$/);
    expect((await run(capture, '--as', 'combined', '--redact')).stdout).toMatch(/^- - - /);
  });

  it('writes to a file, in the format of its name', async () => {
    const path = `${folder.path}/x.pcapng`;
    expect(await run(capture, '-o', path)).toMatchObject({ code: 0, stdout: '' });
    const again = await run(path, '--as', 'ndjson');
    const request = again.stdout.split('\n').find((line) => line.includes('"kind":"request"')) ?? '{}';
    expect(JSON.parse(request)).toMatchObject({ method: 'GET', target: '/a/b.txt' });
  });

  it('writes bodies to a folder, never over what is there', async () => {
    const out = `${folder.path}/bodies`;
    expect((await run(capture, '--as', 'bodies', '-o', out)).code).toBe(0);
    expect(readFileSync(`${out}/a/b.txt`, 'utf8')).toBe('hi');
    expect(await run(capture, '--as', 'bodies', '-o', out)).toMatchObject({
      code: 1,
      stderr: `wirescope: ${out} holds such files already; choose an empty folder\n`,
    });
    expect((await run(capture, '-o', `${folder.path}/x.zip`)).code).toBe(0);
    expect(existsSync(`${folder.path}/x.zip`)).toBe(true);
  });

  it('says what it needs', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, stderr: '' });
    const needs = async (...args: string[]) => (await run(...args)).stderr;
    expect(await needs(capture)).toContain(
      '--as is needed: one of har, pcapng, html, ndjson, combined, bodies',
    );
    expect(await needs(capture, '--as', 'pdf')).toContain('--as takes one of har, ');
    expect(await needs('x.txt', '--as', 'har')).toContain(
      'x.txt is none of .wirescope, .har, .pcap and .pcapng',
    );
    expect(await needs(`${folder.path}/no.har`, '--as', 'har')).toContain('There is no file');
    expect(await needs(capture, '--as', 'har', '--redact', '--keep-secrets')).toContain('exclude each other');
    expect(await needs(capture, '--as', 'har', '-o', folder.path)).toContain(`${folder.path} is a folder`);
  });
});
