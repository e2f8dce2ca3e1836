/** A window of time with its lanes. */
import type { MarkName } from '../../../server-core/capture/events.ts';
import type { ConnectionView } from './connection.ts';

export interface TimelineParams {
  readonly from: number;
  readonly to: number;
  readonly firstLane: number;
  readonly laneCount: number;
  /** Width in device pixels: ticks of one lane that fall on one pixel are merged, their bytes added. */
  readonly width: number;
  readonly server: number | undefined;
}

/** Columns of equal length `count`; times are NaN where not known yet. */
export interface Bars {
  readonly count: number;
  /** Index into `lanes` of the result, here and in ticks and waits. */
  readonly lane: Uint16Array;
  readonly exchange: Uint32Array;
  readonly begin: Float64Array;
  readonly head: Float64Array;
  readonly response: Float64Array;
  readonly end: Float64Array;
  readonly status: Uint16Array;
  /** 1 where the exchange was aborted. */
  readonly aborted: Uint8Array;
  readonly label: readonly string[];
}

export interface Ticks {
  readonly count: number;
  readonly lane: Uint16Array;
  readonly time: Float64Array;
  readonly bytes: Float64Array;
  /** 0 for a read, 1 for a write. */
  readonly out: Uint8Array;
}

export interface Waits {
  readonly count: number;
  readonly lane: Uint16Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** What the server noted while it answered, of bars that are wide enough to tell it. */
export interface Points {
  readonly count: number;
  readonly lane: Uint16Array;
  readonly time: Float64Array;
  readonly mark: readonly MarkName[];
  readonly detail: readonly string[];
}

export interface TimelineResult {
  readonly params: TimelineParams;
  /** Lanes that overlap the window of time, in order of accept. */
  readonly totalLanes: number;
  readonly lanes: readonly ConnectionView[];
  readonly bars: Bars;
  readonly ticks: Ticks;
  /** Spans in which the server waited for the socket to drain. */
  readonly waits: Waits;
  readonly points: Points;
}
