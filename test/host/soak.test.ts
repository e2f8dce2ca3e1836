/** All of it at once with budgets that are far too small: a live viewer, one that stalls, one that comes late, a recording. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ingest } from '../../renderer/store/ingest.ts';
import { ledgerOf } from '../../renderer/store/state.ts';
import { portTransport } from '../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { makeFolder } from '../support/folder.ts';
import { eventsOf, opened } from './capture-file-setup.ts';

const MIB = 2 ** 20;
const REQUESTS = 1200;
let folder: ReturnType<typeof makeFolder>;
let engine: Engine;

beforeEach(() => {
  folder = makeFolder({ 'site/page.bin': Buffer.alloc(100_000, 'page '), 'site/small.txt': 'small' });
  engine = new Engine(
    {
      host: 'browser',
      tour: folder.path,
      memoryBudgetBytes: 8 * MIB,
      diskBudgetBytes: 12 * MIB,
      openUrl: () => {},
    },
    { port: 0 },
  );
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

/** A viewer whose credit goes back at once, or when it is let go on. */
function watch(held?: Promise<void>) {
  const { port1, port2 } = new MessageChannel();
  const ingest = new Ingest();
  engine.attach(portTransport(port1));
  new ViewerLink(portTransport(port2), {
    onHello: () => {},
    onBatch: (batch) => {
      ingest.batch(batch);
      return held;
    },
    onClose: () => {},
  });
  return ingest;
}

it('loses nothing silently, stays within its budgets, and records everything', async () => {
  const file = `${folder.path}/all.wirescope`;
  await engine.record(file);
  const { server } = await engine.serve(`${folder.path}/site`);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const viewers = [watch(), watch(held)];
  let sent = 0;
  const client = async () => {
    while (sent < REQUESTS) {
      const name = sent++ % 3 === 0 ? 'small.txt' : 'page.bin';
      await (await fetch(`${server.url}${name}?${sent}`)).arrayBuffer();
      expect(engine.log.memoryBytes).toBeLessThanOrEqual(8 * MIB);
      expect(engine.log.diskBytes).toBeLessThanOrEqual(12 * MIB + 4 * MIB);
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  expect(engine.log.trimmed.exchanges).toBeGreaterThan(0);
  viewers.push(watch());
  release();
  for (const ingest of viewers) {
    await expect.poll(() => ledgerOf(ingest).captured).toBe(REQUESTS);
    await expect.poll(() => ingest.columns.inFlight).toBe(0);
    const { captured, shown, filtered, trimmed } = ledgerOf(ingest);
    expect(captured).toBe(shown + filtered + trimmed);
    expect(trimmed).toBeGreaterThan(0);
    expect(shown).toBeGreaterThan(0);
  }
  await engine.stop();
  await opened(file, async (capture) => {
    expect(capture.exchanges).toBe(REQUESTS);
    const events = await eventsOf(capture);
    expect(events.some((event) => event.carried)).toBe(false);
    expect(events.filter((event) => event.kind === 'response-end' && event.complete)).toHaveLength(REQUESTS);
  });
});
