/** The columns of exchanges: what is known of each request and its response, one row an exchange. */
import { PAGE_ROWS, type Page, PagedRows } from './paged-rows.ts';

/** Bits of `flags` beside HELD. */
export const FLAG = {
  /** The request line was read. */
  request: 2,
  /** A response head was written. */
  response: 4,
  ended: 8,
  /** It ended with its response wholly sent. */
  complete: 16,
  faulted: 32,
  /** The fault is in the response, not in the request. */
  faultOut: 64,
  /** Changed since the filter last looked. */
  dirty: 128,
} as const;

/** Times and offsets are NaN while unknown, references 0. */
export class ExchangePage implements Page {
  held = 0;
  readonly flags = new Uint8Array(PAGE_ROWS);
  readonly conn = new Uint32Array(PAGE_ROWS);
  readonly server = new Uint32Array(PAGE_ROWS);
  readonly status = new Uint16Array(PAGE_ROWS);
  /** Numbers in the string table, here and in the next four. */
  readonly method = new Uint32Array(PAGE_ROWS);
  readonly target = new Uint32Array(PAGE_ROWS);
  readonly version = new Uint32Array(PAGE_ROWS);
  readonly mediaType = new Uint32Array(PAGE_ROWS);
  readonly fault = new Uint32Array(PAGE_ROWS);
  /** Which process or thread works on it; number in the string table. */
  readonly worker = new Uint32Array(PAGE_ROWS);
  /** Index into CONTENT_KINDS. */
  readonly kind = new Uint8Array(PAGE_ROWS);
  readonly begin = new Float64Array(PAGE_ROWS);
  readonly end = new Float64Array(PAGE_ROWS);
  /** Microseconds after `begin` at which the head was read and the response begun: to the microsecond up to 16 s. */
  readonly headAfter = new Float32Array(PAGE_ROWS);
  readonly responseAfter = new Float32Array(PAGE_ROWS);
  /** The same of its fault; NaN without one. */
  readonly faultAfter = new Float32Array(PAGE_ROWS);
  /** Log positions of the records that began and ended it: what a trim compares. */
  readonly beginPosition = new Float64Array(PAGE_ROWS);
  readonly endPosition = new Float64Array(PAGE_ROWS);
  /** First byte and one past the last byte of the request in the in stream, of the response in the out stream. */
  readonly inStart = new Float64Array(PAGE_ROWS);
  readonly inEnd = new Float64Array(PAGE_ROWS);
  readonly outStart = new Float64Array(PAGE_ROWS);
  readonly outEnd = new Float64Array(PAGE_ROWS);
  /** Its latest mark, by number in the marks. */
  readonly lastMark = new Uint32Array(PAGE_ROWS);
  /** 1 where the server waited for the socket to drain. */
  readonly waited = new Uint8Array(PAGE_ROWS);
  /** Counts the row's changes; whoever compares two numbers looks only whether they are the same. */
  readonly change = new Uint32Array(PAGE_ROWS);
}

export type Exchanges = PagedRows<ExchangePage>;

export function newExchanges(): Exchanges {
  return new PagedRows(() => new ExchangePage(), blank);
}

function blank(page: ExchangePage, row: number): void {
  page.status[row] = 0;
  page.method[row] = 0;
  page.target[row] = 0;
  page.version[row] = 0;
  page.mediaType[row] = 0;
  page.fault[row] = 0;
  page.worker[row] = 0;
  page.kind[row] = 0;
  page.end[row] = Number.NaN;
  page.headAfter[row] = Number.NaN;
  page.responseAfter[row] = Number.NaN;
  page.faultAfter[row] = Number.NaN;
  page.endPosition[row] = Number.POSITIVE_INFINITY;
  page.inEnd[row] = Number.NaN;
  page.outStart[row] = Number.NaN;
  page.outEnd[row] = Number.NaN;
  page.lastMark[row] = 0;
  page.waited[row] = 0;
}
