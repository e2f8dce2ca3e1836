import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { LoopLag } from '../../server-core/net/loop-lag.ts';
import { UsageMeter } from '../../server-core/net/usage-meter.ts';

/** Holds the loop up until the process has had so much processor time; for how long, in microseconds. */
function compute(micros: number): number {
  const began = performance.now();
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    if (user + system >= micros) return (performance.now() - began) * 1000;
  }
}

it('tells of the time since the last sample, and of no other', () => {
  const meter = new UsageMeter();
  meter.sample();
  const heldUp = compute(80_000);
  const used = meter.sample();
  expect(used.cpuMicros).toBeGreaterThanOrEqual(80_000);
  expect(used.spanMicros).toBeGreaterThanOrEqual(heldUp);
  expect(used.utilization).toBeGreaterThan(0);
  expect(used.rssBytes).toBeGreaterThan(used.heapBytes);
  expect(meter.sample().cpuMicros).toBeLessThan(80_000);
});

it('sees what holds the loop up, also right after a sample and while it still does', () => {
  const lag = new LoopLag();
  expect(lag.take()).toBe(0);
  lag.start();
  lag.take();
  const heldUp = compute(60_000);
  expect(lag.take()).toBeGreaterThan(heldUp - 10_000);
  expect(lag.take()).toBeLessThan(heldUp);
  lag.stop();
  expect(lag.take()).toBe(0);
});

it('keeps the longest, whatever came after it', async () => {
  const lag = new LoopLag();
  lag.start();
  const heldUp = compute(60_000);
  // Its timer comes late, and then in time again.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(lag.take()).toBeGreaterThan(heldUp - 10_000);
  lag.stop();
});

it.skipIf(process.platform !== 'linux')('goes on where all file descriptors are taken', () => {
  const meter = new URL('../../server-core/net/usage-meter.ts', import.meta.url);
  const program = `
    import { openSync } from 'node:fs';
    import { UsageMeter } from '${meter}';
    const meter = new UsageMeter();
    try {
      for (;;) openSync('/dev/null');
    } catch {}
    process.exitCode = meter.sample().rssBytes > 0 ? 0 : 1;
  `;
  const limited = 'ulimit -n 128 && exec "$0" --input-type=module -e "$1"';
  const { status, stderr } = spawnSync('sh', ['-c', limited, process.execPath, program], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
