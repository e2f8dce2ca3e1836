/**
 * What was known at a moment of the past. Rows keep the times at which each fact of them came, so a row as it stood
 * then is its own row with the later facts left out; nothing is kept twice, and what is captured meanwhile stays.
 */
import type { Columns } from './columns.ts';
import { CONTENT_KINDS, contentKind } from './content-kind.ts';
import { ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { ConnectionView } from './queries/connection.ts';
import { requestEnd, responseEnd } from './rows.ts';

type ColumnName = Exclude<keyof ExchangePage, 'held'>;

const COLUMNS = Object.keys(new ExchangePage()).filter((name) => name !== 'held') as readonly ColumnName[];

export class Past {
  /** Microseconds since the log's epoch; Infinity holds nothing back. */
  time = Number.POSITIVE_INFINITY;
  /** Rows are put together here, each at its own place of its page. */
  readonly #cut = new ExchangePage();

  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get isOn(): boolean {
    return this.time !== Number.POSITIVE_INFINITY;
  }

  /** A time, or the moment shown where that is earlier. */
  until(time: number): number {
    return Math.min(time, this.time);
  }

  hasBegun(page: ExchangePage, row: number): boolean {
    return page.begin[row]! <= this.time;
  }

  /** Nothing of the row differs at any later moment. */
  isSettled(page: ExchangePage, row: number): boolean {
    return page.end[row]! <= this.time;
  }

  /** The page to read an exchange from as it is shown, which holds until the next call; undefined when it is not held. */
  shown(exchange: number): ExchangePage | undefined {
    const page = this.#columns.exchanges.page(exchange);
    return page && this.page(page, exchange & PAGE_MASK);
  }

  /** The same of a row that is held and has begun. */
  page(page: ExchangePage, row: number): ExchangePage {
    if (!this.isOn || this.isSettled(page, row)) return page;
    const cut = this.#cut;
    for (const name of COLUMNS) cut[name][row] = page[name][row]!;
    const cutAt = this.time - page.begin[row]!;
    cut.end[row] = Number.NaN;
    cut.flags[row]! &= ~(FLAG.ended | FLAG.complete);
    if (!(page.headAfter[row]! <= cutAt)) this.#leaveRequest(row);
    if (!(page.responseAfter[row]! <= cutAt)) this.#leaveResponse(row);
    if (!(page.faultAfter[row]! <= cutAt)) this.#leaveFault(row);
    this.#leaveKind(row);
    this.#leaveMarks(row);
    this.#leaveBytes(page, row);
    return cut;
  }

  /** One past the last byte of each direction; undefined when the connection is not held. */
  reached(conn: number): { readonly in: number; readonly out: number } | undefined {
    const { connections, bytes } = this.#columns;
    const page = connections.page(conn);
    const row = conn & PAGE_MASK;
    if (page === undefined) return undefined;
    return this.isOn
      ? bytes.reachedBy(page, row, this.time)
      : { in: page.bytesIn[row]!, out: page.bytesOut[row]! };
  }

  connection(view: ConnectionView): ConnectionView {
    const { time } = this;
    if (!this.isOn || (view.closedTime ?? Number.POSITIVE_INFINITY) <= time) return view;
    const reached = this.reached(view.conn);
    return {
      ...view,
      closedTime: undefined,
      closeReason: undefined,
      closeDetail: '',
      tls: view.tls && view.tls.securedTime <= time ? view.tls : undefined,
      exchanges: view.exchanges - this.#laterOn(view.conn),
      bytesIn: reached?.in ?? 0,
      bytesOut: reached?.out ?? 0,
    };
  }

  #leaveRequest(row: number): void {
    const cut = this.#cut;
    cut.flags[row]! &= ~FLAG.request;
    cut.method[row] = 0;
    cut.target[row] = 0;
    cut.version[row] = 0;
    cut.headAfter[row] = Number.NaN;
  }

  #leaveResponse(row: number): void {
    const cut = this.#cut;
    cut.flags[row]! &= ~FLAG.response;
    cut.status[row] = 0;
    cut.mediaType[row] = 0;
    cut.responseAfter[row] = Number.NaN;
    cut.outStart[row] = Number.NaN;
  }

  /** The kind follows from the target, and from the media type once there is one. */
  #leaveKind(row: number): void {
    const { strings } = this.#columns;
    const cut = this.#cut;
    const [type, target] = [strings.text(cut.mediaType[row]!), strings.text(cut.target[row]!)];
    const isKnown = (cut.flags[row]! & (FLAG.request | FLAG.response)) !== 0;
    cut.kind[row] = isKnown ? CONTENT_KINDS.indexOf(contentKind(type, target)) : 0;
  }

  #leaveFault(row: number): void {
    this.#cut.flags[row]! &= ~(FLAG.faulted | FLAG.faultOut);
    this.#cut.fault[row] = 0;
    this.#cut.faultAfter[row] = Number.NaN;
  }

  #leaveMarks(row: number): void {
    const { marks } = this.#columns;
    const cut = this.#cut;
    cut.lastMark[row] = marks.latestUntil(cut, row, this.time);
    if (cut.waited[row] === 1 && !marks.has(cut, row, 'drain-wait')) cut.waited[row] = 0;
  }

  /** A message reaches as far as its stream had come. */
  #leaveBytes(page: ExchangePage, row: number): void {
    const cut = this.#cut;
    const reached = this.reached(page.conn[row]!);
    const request = Math.min(requestEnd(this.#columns, page, row), reached?.in ?? 0);
    cut.inEnd[row] = Math.max(cut.inStart[row]!, request);
    const response = Math.min(responseEnd(this.#columns, page, row) ?? Number.NaN, reached?.out ?? 0);
    // Without a start there is no response, and so no end.
    cut.outEnd[row] = Math.max(cut.outStart[row]!, response);
  }

  /** Exchanges of a connection that had not begun. */
  #laterOn(conn: number): number {
    const { connections, chains, exchanges } = this.#columns;
    const page = connections.page(conn);
    let later = 0;
    if (page === undefined) return later;
    const begin = (id: number) => exchanges.page(id)?.begin[id & PAGE_MASK] ?? Number.NEGATIVE_INFINITY;
    chains.each(
      page,
      conn & PAGE_MASK,
      (next) => begin(next) <= this.time,
      (id) => {
        if (begin(id) > this.time) later++;
        return true;
      },
    );
    return later;
  }
}
