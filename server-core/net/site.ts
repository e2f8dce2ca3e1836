import type { Tap } from '../capture/tap.ts';
import type { Handler } from '../http/response.ts';
import type { Http1Leniencies } from '../wire/limits.ts';
import type { Counters } from './counters.ts';
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
  /** What is let pass that RFC 9112 has refused; nothing by default. */
  readonly leniencies?: Partial<Http1Leniencies>;
  /** True for bytes that come over TLS. */
  readonly secure: boolean;
  /** Date field of the present second. */
  date(): string;
  /** True when connections should end after the response in hand: the server stops, or others wait their turn. */
  mustClose(): boolean;
}
