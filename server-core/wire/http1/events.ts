/**
 * What the HTTP/1 parser reports. It calls a sink rather than building event objects: a server that needs no
 * spans passes a sink whose `span` does nothing, and pays one call for it.
 *
 * Law: the calls, with adjacent `body` pieces joined, do not depend on how the stream was cut into chunks.
 */
import type { Fault } from '../faults.ts';
import type { SpanKind } from '../span.ts';
import type { Fields } from './fields.ts';

export type Role = 'request' | 'response';

/** HTTP-version of a message; only major 1 reaches a head. */
export type Version = '1.0' | '1.1';

/** How the content of a message ends, RFC 9112 §6.3. `length` is in bytes. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

interface HeadCommon {
  /** Stream offset of the first byte of the start line. */
  readonly start: number;
  /** Stream offset just after the empty line. */
  readonly end: number;
  readonly version: Version;
  readonly fields: Fields;
  readonly framing: Framing;
  /** Whether the connection persists after this message, by RFC 9112 §9.3. */
  readonly keepAlive: boolean;
}

export interface RequestHead extends HeadCommon {
  readonly role: 'request';
  readonly method: string;
  /** The request-target as received, one char per byte (latin1). */
  readonly target: string;
}

export interface ResponseHead extends HeadCommon {
  readonly role: 'response';
  readonly status: number;
  readonly reason: string;
}

export type Head = RequestHead | ResponseHead;

export interface Http1Sink {
  /** Called when a leaf span is complete. Spans come in stream order without gaps. */
  span(kind: SpanKind, start: number, end: number): void;
  /** Called at the first byte of a start line, after any ignored empty lines. */
  begin(at: number): void;
  /** Called once the head section is complete and its framing is known. */
  head(head: Head): void;
  /** Called for each run of content bytes (chunk framing removed) as it arrives. Offsets are the stream's. */
  body(start: number, end: number): void;
  /** Called before `end` when a chunked message had trailer fields. */
  trailers(fields: Fields): void;
  /** Called at the end of a message. `push` returns just after it. */
  end(at: number): void;
  /** Called at most once; the parser is finished afterwards. */
  fault(fault: Fault): void;
}
