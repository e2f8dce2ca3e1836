/** The playhead's moves. Every one that a hand makes stops a replay, except a new place to replay from. */
import { useEffect, useRef, useState } from 'react';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { advance, overQuiet, placed, SPEEDS, type SpeedId } from './playback.ts';

export function usePlayback() {
  const store = useStore();
  const { playhead, firstTime, newestTime } = useStoreState('playhead', 'firstTime', 'newestTime');
  const [speed, setSpeed] = useSetting<SpeedId>('playback-speed', '1', oneOf(SPEEDS.map(({ id }) => id)));
  const [skipping, setSkipping] = useSetting('playback-quiet', 'skip', oneOf(['skip', 'wait']));
  const skips = skipping === 'skip';
  const [playing, setPlaying] = useState(false);
  const stepping = useRef(false);

  useEffect(() => {
    if (!playing) return;
    let before = performance.now();
    /** When something happens again after the playhead; undefined while that is asked for. */
    let next: number | undefined;
    let asking = false;
    const askNext = (at: number) => {
      if (asking) return;
      asking = true;
      const take = (found: number | undefined) => {
        asking = false;
        next = found ?? Number.POSITIVE_INFINITY;
      };
      void store.neighbour(at, 1).then(take);
    };
    const frame = (now: number) => {
      const { playhead: at, firstTime: from, newestTime: to } = store.state();
      let time = at === undefined ? undefined : advance(at, now - before, speed, { from, to });
      before = now;
      if (time !== undefined && skips) {
        if (next === undefined || next <= time) askNext(time);
        if (next !== undefined && next > time) time = placed(overQuiet(time, next, speed), { from, to });
      }
      store.setPlayhead(time);
      if (time === undefined) setPlaying(false);
      else asked = requestAnimationFrame(frame);
    };
    let asked = requestAnimationFrame(frame);
    return () => cancelAnimationFrame(asked);
  }, [playing, speed, skips, store]);

  const seek = (time: number | undefined) => {
    const { firstTime: from, newestTime: to } = store.state();
    store.setPlayhead(time === undefined ? undefined : placed(time, { from, to }));
  };
  return {
    /** Where it stands, microseconds; at the end when all is shown. */
    time: playhead ?? newestTime,
    recorded: { from: firstTime, to: newestTime },
    isPast: playhead !== undefined,
    playing,
    speed,
    setSpeed,
    /** Stretches without any event are passed over. */
    skips,
    setSkips: (skip: boolean) => setSkipping(skip ? 'skip' : 'wait'),
    seek,
    toggle: () => {
      if (!playing && store.state().playhead === undefined) seek(firstTime);
      setPlaying(!playing);
    },
    /** To the event before or after. */
    step: async (by: 1 | -1) => {
      // A key that is held repeats faster than the answer comes.
      if (stepping.current) return;
      setPlaying(false);
      stepping.current = true;
      const { playhead: at, newestTime: to } = store.state();
      const next = await store.neighbour(at ?? to, by).finally(() => {
        stepping.current = false;
      });
      if (next !== undefined) seek(next);
      else if (by === 1) seek(undefined);
    },
    start: () => {
      setPlaying(false);
      seek(firstTime);
    },
    end: () => {
      setPlaying(false);
      seek(undefined);
    },
  };
}
export type Playback = ReturnType<typeof usePlayback>;
