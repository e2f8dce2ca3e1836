/**
 * What goes when the log forgets its oldest part, and what goes when a person clears the list or deletes rows of it. The log forgets an
 * exchange when it forgets its end (what is under way at the log's start is carried to late readers), and so does
 * the store: every reader holds the same rows, and nothing disappears while it is being watched.
 */
import type { Columns } from './columns.ts';
import { CONN_FLAG } from './connections.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';

export class Trim {
  /** The first log position still held. */
  start = 0;
  /** Log position after the last record read. */
  read = 0;
  /** Rows below this number that are held are all in `lingering`. */
  #cursor = 1;
  readonly #lingering = new Set<number>();
  /** Positions and times of records a batch apart, to tell what time a position stands for. */
  #positions: number[] = [];
  #times: number[] = [];
  #closedTaken = 0;
  /** Of the latest tombstone: exchanges that had ended, and those carried since. */
  #gone = 0;
  #carried = 0;

  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** Notes the position and time of the first record of a batch, carried ones not counted. */
  batch(position: number, time: number): void {
    if (this.#positions.length === 0) this.#columns.firstTime = time;
    this.#positions.push(position);
    this.#times.push(time);
  }

  /** The log now starts at `start`; `exchanges` had begun and ended before it, over all time. */
  tombstone(start: number, time: number, exchanges: number): void {
    // Told again of the same start, on a new link: what is carried is told again too.
    if (start === this.start) this.#carried = 0;
    if (start <= this.start) return;
    this.start = start;
    this.#gone = exchanges;
    this.#carried = 0;
    this.#raiseLast();
    // Records between were never read: what ended among them is unknown, and a snapshot tells what goes on.
    if (start > this.read) this.#forgetAll(time);
    else this.#forgetBefore(start);
  }

  /** A copy of a begin record was read: the exchange was under way at the log's start. */
  carriedBegin(): void {
    this.#carried++;
    this.#raiseLast();
  }

  /** Forgets those of some exchanges that have ended and are not pinned; returns how many. */
  forget(exchanges: readonly number[]): number {
    const columns = this.#columns;
    const { held } = columns.exchanges;
    const conns = new Set<number>();
    for (const id of exchanges) {
      const page = columns.exchanges.page(id);
      if (page === undefined || !this.#mayGo(page, id)) continue;
      conns.add(page.conn[id & PAGE_MASK]!);
      columns.dropExchange(page, id);
    }
    for (const conn of conns)
      if (!columns.open.has(conn) && this.#firstHeld(conn) === undefined) columns.dropConnection(conn);
    return held - columns.exchanges.held;
  }

  /** Forgets all that has ended and is not pinned. */
  clear(): void {
    const columns = this.#columns;
    columns.exchanges.eachFrom(1, (page, _row, id) => {
      if (this.#mayGo(page, id)) columns.dropExchange(page, id);
      return true;
    });
    for (const id of this.#lingering)
      if (columns.exchanges.page(id) === undefined) this.#lingering.delete(id);
    let earliest = columns.lastTime;
    for (const conn of columns.closedOrder.splice(0)) {
      const pinned = this.#firstHeld(conn);
      if (pinned === undefined) columns.dropConnection(conn);
      else columns.closedOrder.push(conn);
      earliest = Math.min(earliest, pinned?.begin ?? earliest);
    }
    this.#closedTaken = 0;
    for (const conn of columns.open) {
      const held = this.#firstHeld(conn);
      this.#dropRecords(conn, held?.position ?? this.read);
      earliest = Math.min(earliest, held?.begin ?? earliest);
    }
    columns.firstTime = earliest;
    columns.metrics.forgetBefore(earliest);
    columns.serial++;
  }

  #mayGo(page: ExchangePage, id: number): boolean {
    return (page.flags[id & PAGE_MASK]! & FLAG.ended) !== 0 && !this.#columns.annotations.isPinned(id);
  }

  /** Numbers have no gaps: those before the start have ended or are carried. */
  #raiseLast(): void {
    const { exchanges } = this.#columns;
    exchanges.last = Math.max(exchanges.last, this.#gone + this.#carried);
  }

  #forgetBefore(start: number): void {
    const columns = this.#columns;
    for (const id of this.#lingering) {
      const page = columns.exchanges.page(id);
      if (page !== undefined && page.endPosition[id & PAGE_MASK]! >= start) continue;
      if (page !== undefined) columns.dropExchange(page, id);
      this.#lingering.delete(id);
    }
    columns.exchanges.eachFrom(this.#cursor, (page, row, id) => {
      if (page.beginPosition[row]! >= start) return false;
      if (page.endPosition[row]! < start) columns.dropExchange(page, id);
      else this.#lingering.add(id);
      this.#cursor = id + 1;
      return true;
    });
    this.#dropClosedBefore(start);
    for (const conn of columns.open) this.#dropRecords(conn, start);
    this.#setFirstTime(start);
    columns.metrics.forgetBefore(columns.firstTime);
  }

  #forgetAll(time: number): void {
    const columns = this.#columns;
    columns.exchanges.eachFrom(1, (page, _row, id) => {
      columns.dropExchange(page, id);
      return true;
    });
    columns.connections.eachFrom(1, (_page, _row, conn) => {
      columns.dropConnection(conn);
      return true;
    });
    columns.closedOrder.length = 0;
    this.#closedTaken = 0;
    this.#lingering.clear();
    this.#cursor = 1;
    this.#positions = [];
    this.#times = [];
    columns.metrics.open.reset(time, 0);
    columns.metrics.inFlight.reset(time, 0);
    columns.firstTime = time;
  }

  #dropClosedBefore(start: number): void {
    const order = this.#columns.closedOrder;
    while (this.#closedTaken < order.length) {
      const conn = order[this.#closedTaken]!;
      const page = this.#columns.connections.page(conn);
      if (page !== undefined && page.closedPosition[conn & PAGE_MASK]! >= start) break;
      this.#columns.dropConnection(conn);
      this.#closedTaken++;
    }
    if (this.#closedTaken * 2 > order.length) {
      order.splice(0, this.#closedTaken);
      this.#closedTaken = 0;
    }
  }

  #dropRecords(conn: number, before: number): void {
    const { connections, bytes, chains, exchanges } = this.#columns;
    const page = connections.page(conn);
    if (page === undefined || (page.flags[conn & PAGE_MASK]! & CONN_FLAG.closed) !== 0) return;
    bytes.dropBefore(page, conn & PAGE_MASK, before);
    chains.dropWhere(page, conn & PAGE_MASK, (id) => exchanges.page(id) === undefined);
  }

  #firstHeld(conn: number): { position: number; begin: number } | undefined {
    const { connections, chains, exchanges } = this.#columns;
    const page = connections.page(conn);
    let found: { position: number; begin: number } | undefined;
    if (page === undefined) return undefined;
    chains.each(
      page,
      conn & PAGE_MASK,
      () => false,
      (id) => {
        const held = exchanges.page(id);
        if (held === undefined) return true;
        found = { position: held.beginPosition[id & PAGE_MASK]!, begin: held.begin[id & PAGE_MASK]! };
        return false;
      },
    );
    return found;
  }

  #setFirstTime(start: number): void {
    let index = this.#positions.findLastIndex((position) => position <= start);
    index = Math.max(0, index);
    if (index < this.#times.length)
      this.#columns.firstTime = Math.max(this.#columns.firstTime, this.#times[index]!);
    this.#positions.splice(0, index);
    this.#times.splice(0, index);
  }
}
