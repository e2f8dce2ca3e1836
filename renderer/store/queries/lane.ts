/** What happened on one connection, a moment at a time. */
import type { CloseReason, MarkName } from '../../../server-core/capture/events.ts';

export type LaneFact =
  | { readonly kind: 'accepted' }
  /** The TLS handshake was done. */
  | { readonly kind: 'secured'; readonly version: string; readonly micros: number }
  | { readonly kind: 'read' | 'write'; readonly bytes: number }
  /** A request head was read to its end. */
  | { readonly kind: 'head'; readonly exchange: number; readonly method: string; readonly target: string }
  | {
      readonly kind: 'mark';
      readonly exchange: number;
      readonly mark: MarkName;
      readonly detail: string;
    }
  /** A response was begun. */
  | { readonly kind: 'response'; readonly exchange: number; readonly status: number }
  | { readonly kind: 'ended'; readonly exchange: number; readonly complete: boolean }
  | { readonly kind: 'closed'; readonly reason: CloseReason | undefined; readonly detail: string };

export interface LaneStep {
  /** Microseconds since the log's epoch. */
  readonly time: number;
  readonly facts: readonly LaneFact[];
}
