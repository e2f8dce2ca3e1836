import type { Request } from './request.ts';

export type FieldPair = readonly [name: string, value: string];

/**
 * What a handler returns. The connection adds what framing and hop need (Content-Length or Transfer-Encoding,
 * Connection, Date) and sends the head exactly once. `fields` is never changed: a handler may return the same
 * array many times, and then its encoded form is kept.
 */
export interface Response {
  readonly status: number;
  /** Defaults to the registered phrase. */
  readonly reason?: string;
  readonly fields: readonly FieldPair[];
  readonly body?: ResponseBody;
  /** Close the connection after this response. */
  readonly close?: boolean;
  /** For 101: called once the head is written; from then on the connection's bytes belong to the callee. */
  readonly upgrade?: (stream: UpgradedStream) => void;
}

/** For HEAD and 304 the connection uses only the length of the body. */
export type ResponseBody = Uint8Array | ByteSource;

/** Content that is read while it is sent. */
export interface ByteSource {
  /** Exact length in bytes, or undefined: then it is sent chunked (to HTTP/1.0: until close). */
  readonly length: number | undefined;
  /** True when its arrays are never changed afterwards: they are sent, and captured, without a copy. */
  readonly stable?: boolean;
  /** Called at most once. An array stays the source's until the next is asked for. Returning early closes it. */
  chunks(): AsyncIterable<Uint8Array>;
  /**
   * Fields to send behind the content, asked for once it is through. They go only where it goes chunked, and many
   * clients drop them unseen, so they must be what nobody needs: a digest, a duration. What must not be sent there
   * (RFC 9110 §6.5.1) keeps all of them back, with a mark.
   */
  trailers?(): readonly FieldPair[];
  /** Their names, where they are known before: sent ahead in the Trailer field (RFC 9110 §6.6.2). */
  readonly trailerNames?: readonly string[];
  /** Frees what is held. Called exactly once, after the last chunk or instead of reading. */
  close(): void;
}

/** A connection after 101 Switching Protocols. Its bytes are still captured. */
export interface UpgradedStream {
  /** The array is the stream's from then on. False asks the caller to wait for `onDrain` before writing more. */
  write(bytes: Uint8Array): boolean;
  /** Sets the one reader; bytes that came behind the request are delivered first. The array is lent for the call. */
  onData(listener: (bytes: Uint8Array) => void): void;
  onDrain(listener: () => void): void;
  /** Called once, however the connection ends; at once if it has ended. */
  onClose(listener: () => void): void;
  /** Stops and resumes reading, to push back on a peer that sends faster than we can use. */
  pause(): void;
  resume(): void;
  /** Sends what was written, then FIN. */
  end(): void;
  destroy(): void;
}

export type Handler = (request: Request) => Response | Promise<Response>;
