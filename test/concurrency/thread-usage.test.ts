import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThreadUsage } from '../../server-core/concurrency/thread-usage.ts';

/** Computes without end once it is told to: it could not answer anybody. */
const BUSY = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', () => { for (;;); });
parentPort.postMessage('ready');
`;

let worker: Worker;
beforeEach(async () => {
  worker = new Worker(BUSY, { eval: true });
  await once(worker, 'message');
});
afterEach(() => worker.terminate());

describe.each([
  ['that Node can ask', false],
  ['that an older Node cannot ask', true],
])('a thread %s', (_, isOld) => {
  beforeEach(() => {
    if (isOld) Object.defineProperty(worker, 'cpuUsage', { value: undefined });
  });

  it('is seen to compute while it does', async () => {
    const usage = new ThreadUsage(worker);
    await usage.sample();
    worker.postMessage('go');
    let used = 0;
    await expect
      .poll(async () => {
        used += (await usage.sample())?.cpuMicros ?? 0;
        return used;
      })
      .toBeGreaterThan(50_000);
  });

  it('tells nothing while it does nothing, nor when it is no more', async () => {
    const usage = new ThreadUsage(worker);
    await expect.poll(() => usage.sample()).toBeUndefined();
    await worker.terminate();
    expect(await usage.sample()).toBeUndefined();
  });
});
