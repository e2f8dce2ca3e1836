import type { MarkName } from '../capture/events.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { RequestTarget } from '../wire/http1/target.ts';
import type { FieldPair } from './response.ts';

/** What a handler is given. It stays valid until the response has been sent or the connection is gone. */
export interface Request {
  readonly head: RequestHead;
  readonly method: string;
  readonly target: RequestTarget;
  readonly peer: Peer;
  /** The content. A handler that does not read it leaves it to the connection, which reads and drops it. */
  readonly body: RequestBody;
  /**
   * Fields that came behind chunked content, once the content was read to its end; undefined before, and without
   * any. They are not merged into the head (RFC 9110 §6.5.1): whoever sent them could replace what was checked there.
   */
  readonly trailers: Fields | undefined;
  /**
   * Sends an interim response ahead of the final one: 103 with Link fields lets a browser load what a slow page will
   * need (RFC 8297). Does nothing for HTTP/1.0, once the final response was begun, and while the client does not
   * take what was sent. 100 is sent without being asked, 101 is a final answer: both throw a RangeError, as do
   * statuses outside of 1xx. Throws an Error for fields that cannot be sent.
   */
  inform(status: number, fields: readonly FieldPair[]): void;
  /** Called when the client is gone before the response was sent; at once if it already is. */
  onAbort(listener: () => void): void;
  /** Notes a step of the decision in the capture; costs nothing when capture is off (see `tracing`). */
  mark(mark: MarkName, detail: string): void;
  /** False when marks go nowhere: lets a handler skip building their text. */
  readonly tracing: boolean;
}

export interface Peer {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly secure: boolean;
}

export interface RequestBody {
  /** Content bytes in order, chunk framing removed. May be iterated once. Each array is the receiver's. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The whole content; rejects with HttpError 413 when it is longer than `limit` bytes. */
  bytes(limit: number): Promise<Uint8Array>;
}
