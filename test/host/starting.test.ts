/** What is asked of a server that is still being started. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../../server-core/host/engine.ts';
import { ServedSite, type Surroundings } from '../../server-core/host/served-site.ts';
import { SERVE_DEFAULTS } from '../../server-core/host/site-options.ts';
import { currentDate } from '../../server-core/net/current-date.ts';
import { Deadlines } from '../../server-core/net/deadlines.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let site: ServedSite;

beforeEach(() => {
  folder = makeFolder({ 'index.html': 'home' });
  engine = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {} });
  const around: Surroundings = {
    tap: engine.log,
    deadlines: new Deadlines(),
    clock: engine.clock,
    log: engine.log,
    home: `${folder.path}/home`,
    say: () => {},
    changed: () => {},
    date: currentDate,
  };
  const source = { kind: 'folder', root: folder.path } as const;
  site = new ServedSite(
    1,
    { ...SERVE_DEFAULTS, port: 0, source, name: 'site', model: 'threads', workers: 1 },
    around,
  );
});
afterEach(async () => {
  await site.stop();
  await engine.stop();
  folder.remove();
});

it('a stop comes after the start', async () => {
  const started = site.start();
  expect(site.state.status).toBe('starting');
  await site.stop();
  expect(site.state.status).toBe('stopped');
  await started;
  expect(site.state.status).toBe('stopped');
  await expect(fetch(site.state.url)).rejects.toThrow();
});

it('a second start changes nothing', async () => {
  const [first, second] = await Promise.all([site.start(), site.start()]);
  expect([first, second]).toEqual([[], []]);
  expect(site.state.status).toBe('running');
  expect(await (await fetch(site.state.url)).text()).toBe('home');
});
