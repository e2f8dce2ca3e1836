import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { siteWithRoutes } from './site-with-routes.ts';

const SOURCE = `
  const peak = () => process.resourceUsage().maxRSS * 1024;
  export default ({ route, jsonResponse, receiveUploads }) => [
    route('GET', '/peak', () => jsonResponse(peak())),
    route('POST', '/upload', (request) => receiveUploads(request, ({ fields, files }) =>
      jsonResponse({ title: fields.get('title'), names: files.map(({ name }) => name), bytes: files[0].length, peak: peak() }))),
  ];`;

it('a form from curl with a file of 150 MB goes to the disk, not into memory', async () => {
  const work = makeFolder();
  const big = join(work.path, 'big.bin');
  writeFileSync(big, '');
  truncateSync(big, 150_000_000);
  const TMPDIR = join(work.path, 'tmp');
  mkdirSync(TMPDIR);
  const site = await siteWithRoutes({ 'routes.mjs': SOURCE }, { args: ['--no-capture'], env: { TMPDIR } });
  const before = Number(await site.text('/peak'));
  const curl = promisify(execFile);
  const { stdout } = await curl('curl', ['-s', '-F', 'title=T', '-F', `file=@${big}`, `${site.url}upload`]);
  const { peak, ...told } = JSON.parse(stdout) as { peak: number };
  expect(told).toEqual({ title: 'T', names: ['big.bin'], bytes: 150_000_000 });
  // What is read on the way is garbage until it is collected, which V8 does after some 32 MB of it.
  expect(peak - before).toBeLessThan(64_000_000);
  expect(readdirSync(TMPDIR)).toEqual([]);
  work.remove();
});
