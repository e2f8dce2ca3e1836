import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCall } from '../../server-core/capture/calls.ts';
import { FAULT_NUMBERS, isFaultless, NO_FAULTS } from '../../server-core/capture/fault-plan.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
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

const get = () => fetch(`${url}a.txt`, { headers: { Connection: 'close' } });

describe('the fault bench of a server', () => {
  it('is off until it is switched on, and shows while it is on', async () => {
    expect((await get()).status).toBe(200);
    expect(await link.call({ op: 'bench', server: 1 })).toEqual({ plan: NO_FAULTS });
    const plan = { ...NO_FAULTS, unavailableEvery: 1 };
    expect(await link.call({ op: 'bench', server: 1, plan })).toEqual({ plan });
    expect(engine.servers[0]!.tags).toContain('FAULTS');
    expect((await get()).status).toBe(503);
    await link.call({ op: 'bench', server: 1, plan: NO_FAULTS });
    expect(engine.servers[0]!.tags ?? []).not.toContain('FAULTS');
    expect((await get()).status).toBe(200);
  });

  it('outlives other settings, and a stop', async () => {
    const plan = { ...NO_FAULTS, unavailableEvery: 1 };
    await link.call({ op: 'bench', server: 1, plan });
    await link.call({ op: 'stop', server: 1 });
    await link.call({ op: 'start', server: 1 });
    url = engine.servers[0]!.url;
    expect((await get()).status).toBe(503);
  });

  it('works in the workers of other models too', async () => {
    await link.call({ op: 'model', server: 1, model: 'threads' });
    await link.call({ op: 'bench', server: 1, plan: { ...NO_FAULTS, unavailableEvery: 1 } });
    expect((await get()).status).toBe(503);
  });
});

describe('a plan', () => {
  it('is taken as it is, and nothing else with it', () => {
    const plan = { ...NO_FAULTS, delayMs: 5, close: true };
    expect(checkCall({ op: 'bench', server: 1, plan: { ...plan, more: 1 } })).toEqual({
      op: 'bench',
      server: 1,
      plan,
    });
  });

  it.each([...FAULT_NUMBERS, 'close'])('with a wrong %s is refused in one sentence', (name) => {
    for (const wrong of [-1, 0.5, 2 ** 40, 'x', undefined]) {
      const call = { op: 'bench', server: 1, plan: { ...NO_FAULTS, [name]: wrong } };
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
