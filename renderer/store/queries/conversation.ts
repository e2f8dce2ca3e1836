/** What both ends of a connection said, in the order in which it crossed. */
import type { Direction } from '../../../server-core/capture/events.ts';

/** Bytes of one message and one end, until the other end speaks. */
export interface Turn {
  readonly direction: Direction;
  /** The exchange that they belong to; 0 where that is not held. */
  readonly exchange: number;
  /** When its first and its last read or write was. */
  readonly time: number;
  readonly endTime: number;
  /** In that direction's stream. */
  readonly offset: number;
  readonly length: number;
  /** Reads or writes. */
  readonly cuts: number;
}

export interface Conversation {
  readonly conn: number;
  readonly turns: readonly Turn[];
  /** Turns that stand before and after these. */
  readonly before: number;
  readonly after: number;
}
