import type { Tap } from '../capture/tap.ts';
import type { Handler } from '../http/response.ts';
import type { Deadlines } from './deadlines.ts';
import type { ConnectionLimits } from './limits.ts';

/** What the connections of one server share. */
export interface Site {
  readonly id: number;
  readonly tap: Tap;
  readonly handler: Handler;
  readonly limits: ConnectionLimits;
  readonly deadlines: Deadlines;
  readonly counters: Counters;
  /** True for bytes that come over TLS. */
  readonly secure: boolean;
  /** Date field of the present second. */
  date(): string;
  /** True when connections should end after the response in hand: the server stops, or others wait their turn. */
  mustClose(): boolean;
}

export interface Counters {
  inFlight: number;
}
