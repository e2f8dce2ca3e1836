import type { MarkName } from '../capture/events.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { RequestTarget } from '../wire/http1/target.ts';

/** What a handler is given. It stays valid until the response has been sent or the connection is gone. */
export interface Request {
  readonly head: RequestHead;
  readonly method: string;
  readonly target: RequestTarget;
  readonly peer: Peer;
  /** The content. A handler that does not read it leaves it to the connection, which reads and drops it. */
  readonly body: RequestBody;
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
