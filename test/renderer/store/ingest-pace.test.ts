import { describe, expect, it } from 'vitest';
import { IngestPace } from '../../../renderer/store/ingest-pace.ts';

/** A clock that is moved by hand, and what waits for it. */
function rig() {
  const clock = { now: 0, waiting: [] as { at: number; run: () => void }[] };
  const pace = new IngestPace({
    clock: () => clock.now,
    later: (run, ms) => {
      clock.waiting.push({ at: clock.now + ms, run });
      return () => {};
    },
  });
  const take = (ms: number) => pace.run(() => (clock.now += ms));
  return { clock, pace, take };
}

describe('the pace of taking records in', () => {
  it('leaves half of each frame of a backlog to questions', async () => {
    const { clock, take, pace } = rig();
    let rests = 0;
    for (let batch = 0; batch < 800; batch++) {
      const rest = take(1);
      if (rest === undefined) continue;
      rests++;
      const { at, run } = clock.waiting.shift()!;
      clock.now = at;
      run();
      await rest;
    }
    expect(rests).toBe(100);
    expect(clock.now).toBe(1600);
    expect(pace.isBehind).toBe(true);
    clock.now += 1000;
    expect(pace.isBehind).toBe(false);
  });

  it('never rests while a little comes now and then', () => {
    const { clock, take, pace } = rig();
    for (let frame = 0; frame < 100; frame++) {
      expect(take(3)).toBeUndefined();
      clock.now += 14;
    }
    expect(pace.isBehind).toBe(false);
  });
});
