import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCall } from '../../server-core/capture/calls.ts';
import {
  checkFaultRules,
  FAULT_NUMBERS,
  fitsPattern,
  isFaultless,
  NO_FAULTS,
} from '../../server-core/capture/fault-plan.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { faultRules } from '../../server-core/host/fault-option.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let link: ViewerLink;
let url: string;

beforeEach(async () => {
  folder = makeFolder({ 'a.txt': 'A file' });
  engine = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {} }, { port: 0 });
  url = (await engine.serve(folder.path)).server.url;
  const { port1, port2 } = new MessageChannel();
  engine.attach(portTransport(port1));
  link = new ViewerLink(portTransport(port2), { onHello() {}, onBatch() {}, onClose() {} });
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

const ALL = { path: '*', ...NO_FAULTS };
const get = () => fetch(`${url}a.txt`, { headers: { Connection: 'close' } });

describe('the fault bench of a server', () => {
  it('is off until it is switched on, and shows while it is on', async () => {
    expect((await get()).status).toBe(200);
    expect(await link.call({ op: 'bench', server: 1 })).toEqual({ rules: [] });
    const rules = [{ ...ALL, unavailableEvery: 1 }];
    expect(await link.call({ op: 'bench', server: 1, rules })).toEqual({ rules });
    expect(engine.servers[0]!.tags).toContain('FAULTS');
    expect((await get()).status).toBe(503);
    expect(await link.call({ op: 'bench', server: 1, rules: [ALL] })).toEqual({ rules: [] });
    expect(engine.servers[0]!.tags ?? []).not.toContain('FAULTS');
    expect((await get()).status).toBe(200);
  });

  it('outlives other settings, and a stop', async () => {
    await link.call({ op: 'bench', server: 1, rules: [{ ...ALL, unavailableEvery: 1 }] });
    await link.call({ op: 'stop', server: 1 });
    await link.call({ op: 'start', server: 1 });
    url = engine.servers[0]!.url;
    expect((await get()).status).toBe(503);
  });

  it('works in the workers of other models too', async () => {
    await link.call({ op: 'model', server: 1, model: 'threads' });
    await link.call({ op: 'bench', server: 1, rules: [{ ...ALL, unavailableEvery: 1 }] });
    expect((await get()).status).toBe(503);
  });
});

describe('rules', () => {
  it('go by the path, the first that fits', async () => {
    const down = { ...NO_FAULTS, unavailableEvery: 1 };
    await link.call({
      ...{ op: 'bench', server: 1 },
      rules: [
        { path: '/a.txt', ...NO_FAULTS, close: true },
        { path: '*.txt', ...down },
      ],
    });
    expect((await get()).status).toBe(200);
    expect((await fetch(`${url}b.txt`)).status).toBe(503);
    expect((await fetch(`${url}b.css`)).status).toBe(404);
  });

  it.each([
    ['*', '/any/thing', true],
    ['/api/*', '/api/', true],
    ['/api/*', '/api', false],
    ['*.png', '/img/a.png', true],
    ['*.png', '/a.png/b', false],
    ['/a*b*c', '/aXbYc', true],
    ['/a*b*c', '/acb', false],
    ['/aa*a', '/aa', false],
    ['/x', '/x', true],
    ['/x', '/x/', false],
  ])('%s and %s', (pattern, path, fits) => expect(fitsPattern(pattern, path)).toBe(fits));

  it.each([
    [[{ ...ALL, path: 'api' }]],
    [[{ ...ALL, path: '/a b' }]],
    [[{ ...ALL, path: 7 }]],
    [Array.from({ length: 21 }, () => ALL)],
    ['*'],
  ])('%j are none', (rules) => expect(checkFaultRules(rules)).toEqual(expect.any(String)));

  it('are typed as an option', () => {
    expect(faultRules('--fault', ['/api/*: delayMs=300, close', '*: writeBytes=1'])).toEqual([
      { ...NO_FAULTS, path: '/api/*', delayMs: 300, close: true },
      { ...NO_FAULTS, path: '*', writeBytes: 1 },
    ]);
    expect(() => faultRules('--fault', ['delayMs=300'])).toThrow(/takes "PATH: fault=N"/);
    expect(() => faultRules('--fault', ['*: delay=300'])).toThrow(
      /no fault "delay"; did you mean "delayMs"\?/,
    );
    expect(() => faultRules('--fault', ['*: delayMs=soon'])).toThrow(/`delayMs` is a whole number/);
  });
});

describe('a plan', () => {
  it('is taken as it is, and nothing else with it', () => {
    const rule = { ...ALL, delayMs: 5, close: true };
    expect(checkCall({ op: 'bench', server: 1, rules: [{ ...rule, more: 1 }] })).toEqual({
      op: 'bench',
      server: 1,
      rules: [rule],
    });
  });

  it.each([...FAULT_NUMBERS, 'close'])('with a wrong %s is refused in one sentence', (name) => {
    for (const wrong of [-1, 0.5, 2 ** 40, 'x', undefined]) {
      const call = { op: 'bench', server: 1, rules: [{ ...ALL, [name]: wrong }] };
      expect(checkCall(call)).toEqual(expect.any(String));
    }
  });

  it('is faultless when nothing in it is switched on', () => {
    expect(isFaultless(NO_FAULTS)).toBe(true);
    expect(isFaultless({ ...NO_FAULTS, stallMs: 9 })).toBe(true);
    expect(isFaultless({ ...NO_FAULTS, stallAfter: 9 })).toBe(false);
    expect(isFaultless({ ...NO_FAULTS, close: true })).toBe(false);
  });
});
