/**
 * What the loop and its threads say to each other, in lists of messages (outbox.ts). Most are about one request, by a
 * number; arrays are the receiver's. Content goes by asking, both ways, so that neither side ever holds more than two
 * pieces of it; only the first piece of a response comes unasked.
 */
import type { MarkName } from '../capture/events.ts';
import type { HttpErrorOptions } from '../http/errors.ts';
import type { Peer } from '../http/request.ts';
import type { FieldPair } from '../http/response.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { PackedFields } from './packed-fields.ts';

export interface SentRequest {
  readonly head: Omit<RequestHead, 'fields'>;
  readonly fields: PackedFields;
  readonly peer: Peer;
  readonly tracing: boolean;
}

export interface SentResponse {
  readonly status: number;
  readonly reason: string | undefined;
  readonly fields: readonly FieldPair[];
  readonly close: boolean;
  readonly upgrade: boolean;
  readonly body: SentBody | undefined;
}

/** Bytes, or what is known of a source before it is read. */
export type SentBody =
  | Uint8Array
  | { readonly length: number | undefined; readonly trailerNames: readonly string[] | undefined };

export type ToThread =
  | { readonly t: 'request'; readonly id: number; readonly request: SentRequest }
  /** Content of the request that was asked for. */
  | { readonly t: 'content'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly t: 'content-end'; readonly id: number; readonly trailers: PackedFields | undefined }
  | {
      readonly t: 'content-failed';
      readonly id: number;
      readonly status: number;
      readonly text: string;
      readonly because: Pick<HttpErrorOptions, 'code' | 'section'>;
    }
  /** The client is gone. */
  | { readonly t: 'abort'; readonly id: number }
  /** Asks for the next content of the response. */
  | { readonly t: 'next'; readonly id: number }
  | { readonly t: 'close'; readonly id: number }
  /** Of an upgraded connection. */
  | { readonly t: 'data'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly t: 'wrote'; readonly id: number; readonly bytes: number }
  | { readonly t: 'closed'; readonly id: number }
  | { readonly t: 'finish' };

export type FromThread =
  | { readonly t: 'ready' }
  | { readonly t: 'problem'; readonly sentence: string | undefined }
  | { readonly t: 'say'; readonly text: string }
  | FromRequest;

export type FromRequest =
  | { readonly t: 'mark'; readonly id: number; readonly mark: MarkName; readonly detail: string }
  | {
      readonly t: 'inform';
      readonly id: number;
      readonly status: number;
      readonly fields: readonly FieldPair[];
    }
  /** Asks for content of the request. */
  | { readonly t: 'read'; readonly id: number }
  | { readonly t: 'response'; readonly id: number; readonly response: SentResponse }
  | { readonly t: 'chunk'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly t: 'chunk-end'; readonly id: number; readonly trailers: readonly FieldPair[] }
  /** `reset`: by a ConnectionReset. */
  | { readonly t: 'chunk-failed'; readonly id: number; readonly text: string; readonly reset: boolean }
  | FromStream;

/** Of an upgraded connection. */
export type FromStream =
  | { readonly t: 'write'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly t: 'took'; readonly id: number; readonly bytes: number }
  | { readonly t: 'pause' | 'resume' | 'end' | 'destroy'; readonly id: number };

/** An array that owns its memory, which can then be moved: a view would take along all that lies beside it. */
export function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
