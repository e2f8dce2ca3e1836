/** One exchange, byte by byte. */
import type { Direction, MarkName } from '../../../server-core/capture/events.ts';
import type { FaultCode } from '../../../server-core/wire/faults.ts';
import type { SpanKind } from '../../../server-core/wire/span.ts';
import type { ConnectionView } from './connection.ts';
import type { Row } from './list.ts';

export interface FieldView {
  readonly name: string;
  readonly value: string;
  /** Offsets from the message's first byte. `start`…`end` is the whole line with its CRLF. */
  readonly start: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  readonly trailer: boolean;
}

/** A WebSocket frame, RFC 6455 §5.2; offsets from the message's first byte. */
export interface FrameView {
  readonly start: number;
  readonly payloadStart: number;
  /** Of the payload. */
  readonly length: number;
  readonly fin: boolean;
  readonly compressed: boolean;
  readonly opcode: number;
  /** The four bytes as an unsigned number, the first the most significant; undefined without a mask. */
  readonly maskingKey: number | undefined;
}

/** One read or write: where the wire was cut. */
export interface Cut {
  /** Offset from the message's first byte (of the first byte of this read that is in the message). */
  readonly offset: number;
  readonly length: number;
  readonly time: number;
}

/** Start line and fields of a head. */
export interface HeadView {
  readonly startLine: readonly string[];
  readonly fields: readonly FieldView[];
}

export interface MessageView {
  readonly direction: Direction;
  /** Offset of its first byte in that direction's stream, and its length so far. */
  readonly streamOffset: number;
  readonly length: number;
  /** Length of start line and header section, up to and with the empty line. */
  readonly headLength: number;
  readonly startLine: readonly string[];
  readonly fields: readonly FieldView[];
  /** Heads of interim responses, which came before the one above. */
  readonly interim: readonly HeadView[];
  /** What followed a switch to WebSocket, as far as it was derived. */
  readonly frames: readonly FrameView[];
  /** Leaf spans that tile [0, length) as far as they were derived; offsets from the message's first byte. */
  readonly spans: readonly { readonly kind: SpanKind; readonly start: number; readonly end: number }[];
  readonly cuts: readonly Cut[];
  /** Bytes from the start of the message; further ones by `readBytes`. Undefined where they were trimmed. */
  readonly bytes: Uint8Array | undefined;
  readonly fault: { readonly code: FaultCode; readonly at: number } | undefined;
}

export interface DetailResult {
  readonly row: Row;
  readonly request: MessageView;
  readonly response: MessageView | undefined;
  readonly marks: readonly { readonly time: number; readonly mark: MarkName; readonly detail: string }[];
  readonly connection: ConnectionView;
}
