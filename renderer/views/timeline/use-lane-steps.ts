/** The cursor by keys: from lane to lane, and on a lane from each thing that happened to the next. */
import { useRef, useState } from 'react';
import type { ConnectionView } from '../../store/queries/connection.ts';
import type { LaneStep } from '../../store/queries/lane.ts';
import { useStore } from '../shell/store-context.tsx';

/** Where the keys are. */
export interface LanePlace {
  readonly conn: number;
  /** Undefined on a lane as a whole. */
  readonly step: LaneStep | undefined;
  /** Set where there was nothing more in a direction. */
  readonly atEnd?: 'first' | 'last';
}

interface Options {
  /** Those that are shown, and one more either side. */
  readonly lanes: readonly ConnectionView[];
  /** Which of them is the first that is wholly in sight. */
  readonly firstSeen: number;
  /** Where steps are counted from before there was one; undefined without a cursor. */
  readonly cursor: number | undefined;
  readonly span: { readonly from: number; readonly to: number };
  /** The cursor went to a lane, by its place in `lanes`. */
  onLane(index: number): void;
  onTime(time: number): void;
}

export function useLaneSteps({ lanes, firstSeen, cursor, span, onLane, onTime }: Options) {
  const store = useStore();
  const [place, setPlace] = useState<LanePlace>();
  const stepping = useRef(false);
  const found = place === undefined ? -1 : lanes.findIndex(({ conn }) => conn === place.conn);
  const moveTo = (index: number) => {
    const lane = lanes[index];
    if (lane === undefined) return;
    setPlace({ conn: lane.conn, step: undefined });
    onLane(index);
  };
  return {
    place,
    /** The lane that it is on, by its place in `lanes`; undefined when that is out of sight. */
    lane: found < 0 ? undefined : found,
    leave: () => setPlace(undefined),
    /** To the lane below (1) or above (-1); the first time to the first in sight. */
    move: (by: 1 | -1) => moveTo(found < 0 ? firstSeen : found + by),
    /** To what happened next on the lane (1) or before (-1). */
    step: async (by: 1 | -1) => {
      const index = found < 0 ? firstSeen : found;
      const conn = lanes[index]?.conn;
      // A key that is held repeats faster than the answer comes.
      if (conn === undefined || stepping.current) return;
      stepping.current = true;
      const from = place?.step?.time ?? cursor ?? (by === 1 ? span.from : span.to);
      const step = await store.laneStep(conn, from, by).finally(() => {
        stepping.current = false;
      });
      if (step === undefined) {
        setPlace({ conn, step: place?.step, atEnd: by === 1 ? 'last' : 'first' });
        return;
      }
      setPlace({ conn, step });
      onLane(index);
      onTime(step.time);
    },
  };
}
