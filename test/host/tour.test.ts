import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Engine } from '../../server-core/host/engine.ts';
import { makeFolder } from '../support/folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROUTES =
  'export default ({ route, textResponse }) => [route("GET", "/ran", () => textResponse("it ran"))];';

const engines: Engine[] = [];
const folders: ReturnType<typeof makeFolder>[] = [];

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  for (const folder of folders.splice(0)) folder.remove();
});

function folderOf(files: Record<string, string>): string {
  const folder = makeFolder(files);
  folders.push(folder);
  return folder.path;
}

async function served(path: string, tour: string): Promise<string> {
  const engine = new Engine({ host: 'browser', tour, openUrl: () => {} }, { port: 0 });
  engines.push(engine);
  return (await engine.serve(path)).server.url;
}

it('the tour is served with its routes, and does not show their source', async () => {
  const top = folderOf({ 'out/www/index.html': 'tour', 'out/www/routes.mjs': ROUTES });
  const url = await served(join(top, 'out/www'), join(top, 'out/www'));
  expect(await (await fetch(`${url}ran`)).text()).toBe('it ran');
  expect((await fetch(`${url}routes.mjs`)).status).toBe(404);
});

it('what it was built from is the same site', async () => {
  const top = folderOf({ 'www/index.html': 'tour', 'www/routes.mjs': ROUTES });
  const url = await served(join(top, 'www'), join(top, 'out/www'));
  expect(await (await fetch(`${url}ran`)).text()).toBe('it ran');
});

it('no other folder runs code for the name of a file', async () => {
  const top = folderOf({ 'www/index.html': 'mine', 'www/routes.mjs': ROUTES, 'tour/index.html': 'tour' });
  const url = await served(join(top, 'www'), join(top, 'tour'));
  expect((await fetch(`${url}ran`)).status).toBe(404);
  expect((await fetch(`${url}routes.mjs`)).status).toBe(200);
});

it('a tour without routes is a folder like any other', async () => {
  const top = folderOf({ 'out/www/index.html': 'tour' });
  expect((await fetch(await served(join(top, 'out/www'), join(top, 'out/www')))).status).toBe(200);
});

it('the routes answer what its pages ask for, wherever it lies', async () => {
  const top = folderOf({});
  mkdirSync(join(top, 'out'));
  cpSync(join(ROOT, 'www'), join(top, 'out/www'), { recursive: true });
  const url = await served(join(top, 'out/www'), join(top, 'out/www'));
  const status = async (path: string, init: RequestInit = {}) =>
    (await fetch(new URL(path, url), { redirect: 'manual', ...init })).status;
  expect(await status('api/time')).toBe(200);
  expect(await status('api/moved')).toBe(301);
  expect(await status('api/private')).toBe(401);
  expect(await status('api/form', { method: 'POST', body: new URLSearchParams({ name: '<b>' }) })).toBe(200);
  expect(await status('api/echo', { method: 'POST', body: new Uint8Array(1024 * 1024 + 1) })).toBe(413);
  expect(await status('api/greeting', { headers: { Accept: 'image/png' } })).toBe(406);
});

it('what comes in a form is shown as text', async () => {
  const url = await served(join(ROOT, 'www'), join(ROOT, 'out/www'));
  const answer = await fetch(`${url}api/form`, {
    method: 'POST',
    body: new URLSearchParams({ name: '<script>"&' }),
  });
  expect(await answer.text()).toContain('&#60;script&#62;&#34;&#38;');
});
