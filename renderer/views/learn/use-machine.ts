/** Where the machine stands on its tape, and how it moves: by hand, or by itself at so many bytes a second. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StateId } from '../../learn/parser-states.ts';
import { changeFrom, stopAfter, type Tape } from '../../learn/tape.ts';
import { oneOf, useSetting } from '../shell/setting.ts';

/** Bytes a second. */
export const SPEEDS = ['2', '10', '50', '250', '1000'] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Machine {
  readonly position: number;
  readonly playing: boolean;
  readonly speed: Speed;
  /** States at which it stops by itself. */
  readonly stops: ReadonlySet<StateId>;
  go(position: number): void;
  byte(by: 1 | -1): void;
  change(by: 1 | -1): void;
  /** Goes on to the next stop, or to the end. */
  run(): void;
  play(on: boolean): void;
  setSpeed(speed: Speed): void;
  toggleStop(state: StateId): void;
}

/** Where each was left, for when one comes back from another view. */
const MOST_PLACES = 200;
const places = new Map<string, number>();

/** @param key another one begins at the start again; the same one keeps its place while its tape grows */
export function useMachine(tape: Tape, key: string): Machine {
  const [held, setHeld] = useState(() => ({ key, position: places.get(key) ?? 0 }));
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useSetting<Speed>('parser-speed', '10', oneOf(SPEEDS));
  const [stops, setStops] = useState<ReadonlySet<StateId>>(new Set());
  const position = Math.min(held.key === key ? held.position : (places.get(key) ?? 0), tape.last);
  const latest = useRef({ tape, position, stops });
  latest.current = { tape, position, stops };

  const go = useCallback(
    (to: number) => {
      const next = Math.max(0, Math.min(latest.current.tape.last, to));
      if (places.size >= MOST_PLACES) places.clear();
      places.set(key, next);
      setHeld({ key, position: next });
    },
    [key],
  );
  useEffect(() => {
    if (!playing) return;
    let due = 0;
    let before = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      due += ((now - before) / 1000) * Number(speed);
      before = now;
      const { tape: on, position: from, stops: at } = latest.current;
      const steps = Math.floor(due);
      if (steps > 0) {
        due -= steps;
        const stop = stopAfter(on, from, at) ?? on.last;
        const to = Math.min(from + steps, stop);
        go(to);
        if (to === stop) {
          setPlaying(false);
          return;
        }
      }
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, go]);

  const byHand = (to: number) => {
    setPlaying(false);
    go(to);
  };
  return {
    position,
    playing,
    speed,
    stops,
    go: byHand,
    byte: (by) => byHand(position + by),
    change: (by) => byHand(changeFrom(tape, position, by)),
    run: () => byHand(stopAfter(tape, position, stops) ?? tape.last),
    play: (on) => {
      if (on && position === tape.last) go(0);
      setPlaying(on);
    },
    setSpeed,
    toggleStop: (state) => {
      const next = new Set(stops);
      if (!next.delete(state)) next.add(state);
      setStops(next);
    },
  };
}
