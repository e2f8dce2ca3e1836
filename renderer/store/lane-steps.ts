/** What happened next on one connection, or before: each thing that its lane draws. */
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { LaneFact, LaneStep } from './queries/lane.ts';
import { buildConnection } from './rows.ts';

/**
 * The next moment after `time` (`by` 1) at which something happened on a connection, or the last one before it (-1),
 * with all that happened then; nothing later than the moment of the past that is shown.
 */
export function laneStep(columns: Columns, conn: number, time: number, by: 1 | -1): LaneStep | undefined {
  const page = columns.connections.page(conn);
  const row = conn & PAGE_MASK;
  const lane = buildConnection(columns, conn);
  if (page === undefined || lane === undefined) return undefined;
  const nearest = new Nearest(time, by, columns.past.time);
  nearest.offer(lane.openedTime, () => ({ kind: 'accepted' }));
  const { tls } = lane;
  if (tls) {
    const { version, handshakeMicros: micros } = tls;
    nearest.offer(tls.securedTime, () => ({ kind: 'secured', version, micros }));
  }
  nearest.offer(lane.closedTime, () => ({
    kind: 'closed',
    reason: lane.closeReason,
    detail: lane.closeDetail,
  }));
  columns.chains.each(
    page,
    row,
    () => false,
    (id) => {
      const held = columns.exchanges.page(id);
      if (held === undefined) return true;
      // They begin in this order, so that no later one has anything nearer.
      if (held.begin[id & PAGE_MASK]! > nearest.to) return false;
      offerExchange(columns, held, id, nearest);
      return true;
    },
  );
  columns.bytes.eachDuring(page, row, nearest.from, nearest.to, ({ time: at, length, out }) => {
    nearest.offer(at, () => ({ kind: out === 1 ? 'write' : 'read', bytes: length }));
  });
  return nearest.found();
}

function offerExchange(columns: Columns, page: ExchangePage, exchange: number, nearest: Nearest): void {
  const { strings, marks } = columns;
  const row = exchange & PAGE_MASK;
  const begin = page.begin[row]!;
  nearest.offer(begin + page.headAfter[row]!, () => ({
    kind: 'head',
    exchange,
    method: strings.text(page.method[row]!),
    target: strings.text(page.target[row]!),
  }));
  for (const { time, mark, detail } of marks.list(page, row)) {
    nearest.offer(time, () => ({ kind: 'mark', exchange, mark, detail }));
  }
  const status = page.status[row]!;
  nearest.offer(begin + page.responseAfter[row]!, () => ({ kind: 'response', exchange, status }));
  const complete = (page.flags[row]! & FLAG.complete) !== 0;
  nearest.offer(page.end[row], () => ({ kind: 'ended', exchange, complete }));
}

/** Keeps what is nearest to a moment on one side of it. */
class Nearest {
  #best: number | undefined;
  #facts: LaneFact[] = [];
  readonly #time: number;
  readonly #by: 1 | -1;
  readonly #latest: number;

  constructor(time: number, by: 1 | -1, latest: number) {
    this.#time = time;
    this.#by = by;
    this.#latest = latest;
  }

  /** What could still be nearer, or as near, lies within. */
  get from(): number {
    return this.#by === 1 ? this.#time : (this.#best ?? Number.NEGATIVE_INFINITY);
  }
  get to(): number {
    return this.#by === 1 ? (this.#best ?? this.#latest) : Math.min(this.#time, this.#latest);
  }

  /** NaN or undefined where it did not happen. */
  offer(at: number | undefined, fact: () => LaneFact): void {
    if (at === undefined || !(at >= this.from && at <= this.to) || at === this.#time) return;
    if (at !== this.#best) this.#facts = [];
    this.#best = at;
    this.#facts.push(fact());
  }

  found(): LaneStep | undefined {
    return this.#best === undefined ? undefined : { time: this.#best, facts: this.#facts };
  }
}
