/** What is said inside one exchange. */
import type { Direction } from '../../../server-core/capture/events.ts';

/** A WebSocket message or control frame, or an event of an event stream. */
export interface TalkRow {
  /** Place in the talk, from 0; stays the same. */
  readonly index: number;
  readonly direction: Direction;
  /** When its last byte passed. */
  readonly time: number;
  readonly kind: 'text' | 'binary' | 'close' | 'ping' | 'pong' | 'event' | 'comment' | 'fault';
  /** Bytes of its payload, or of its data. */
  readonly length: number;
  /** Frames that it came in; 1 for what has none. */
  readonly frames: number;
  /** permessage-deflate left it compressed on the wire. */
  readonly compressed: boolean;
  /** Bytes of a compressed one after inflating; undefined for others, and where that failed. */
  readonly inflated: number | undefined;
  /** Type of an event, and its id; '' where there is none. */
  readonly event: string;
  readonly eventId: string;
  /** Its first characters, or bytes in hex where it is no text; of a fault the sentence. */
  readonly preview: string;
  readonly closeCode: number | undefined;
}

export interface TalkParams {
  readonly exchange: number;
  readonly first: number;
  readonly count: number;
  /** Deliver the last `count` rows instead, whatever `first` says. */
  readonly tail: boolean;
  /** Index of a row to come with its bytes. */
  readonly opened: number | undefined;
}

export interface TalkResult {
  readonly kind: 'web-socket' | 'event-stream' | 'none';
  readonly total: number;
  readonly first: number;
  readonly rows: readonly TalkRow[];
  readonly opened: { readonly row: TalkRow; readonly bytes: Uint8Array; readonly whole: boolean } | undefined;
  /** One sentence when not all could be read. */
  readonly problem: string | undefined;
}
