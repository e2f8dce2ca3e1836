/**
 * The life of one server connection as a table: what it is doing, and what may happen to it then. Requests are
 * answered strictly in turn, so one state says it all. RFC 9112 §9.
 */
export const LIFECYCLE = {
  /** Between messages; the connection may be closed by either side without loss. */
  idle: { begin: 'reading-head', stop: 'must-close', 'peer-gone': 'closed' },
  'reading-head': {
    head: 'reading-body',
    fault: 'must-close',
    late: 'must-close',
    'peer-gone': 'closed',
  },
  /** The handler has the request, and content may still arrive. */
  'reading-body': {
    'request-end': 'responding',
    'response-end': 'draining',
    'last-response-end': 'must-close',
    fault: 'must-close',
    late: 'must-close',
    'peer-gone': 'closed',
  },
  /** The request was read to its end; pipelined bytes behind it wait. */
  responding: {
    'response-end': 'idle',
    'last-response-end': 'must-close',
    switch: 'switched',
    late: 'must-close',
    'peer-gone': 'closed',
  },
  /** Answered before the content was read: it is read and dropped, for the next request stands behind it. */
  draining: {
    'request-end': 'idle',
    fault: 'must-close',
    late: 'must-close',
    'peer-gone': 'closed',
  },
  /** RFC 9112 §9.6: FIN is sent, and what still comes is read for a while, lest a reset destroy the response. */
  'must-close': { 'peer-gone': 'closed' },
  /** RFC 9110 §7.8: the bytes belong to another protocol. */
  switched: { 'peer-gone': 'closed' },
  closed: {},
} as const;

export type LifecycleState = keyof typeof LIFECYCLE;

export type LifecycleEvent =
  | 'begin'
  | 'head'
  | 'request-end'
  /** The response left and the connection persists. */
  | 'response-end'
  /** The response left and said, or meant, close. */
  | 'last-response-end'
  | 'switch'
  | 'fault'
  /** A deadline passed. */
  | 'late'
  /** The server is to stop. */
  | 'stop'
  | 'peer-gone';

/** The state after an event. Throws where the event cannot happen: then the caller is mistaken, not the peer. */
export function next(state: LifecycleState, event: LifecycleEvent): LifecycleState {
  const moves: Partial<Record<LifecycleEvent, LifecycleState>> = LIFECYCLE[state];
  const to = moves[event];
  if (to === undefined) throw new Error(`A connection that is ${state} cannot meet ${event}`);
  return to;
}
