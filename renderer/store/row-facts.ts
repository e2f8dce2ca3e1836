/** What the words of `is:` say of a row. */
import type { IsWord } from '../filter/fields.ts';
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import type { RowTest } from './filter.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { phaseOf } from './rows.ts';

/** Whether its status is one of failure, it was cut off, or what came was no request. */
export function hasFailed(columns: Columns, page: ExchangePage, row: number): boolean {
  if (page.status[row]! >= 400) return true;
  const phase = phaseOf(columns, page, row);
  return phase === 'aborted' || phase === 'malformed';
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export function factTest(columns: Columns, word: IsWord): RowTest {
  const { strings } = columns;
  switch (word) {
    case 'error':
      return (page, row) => hasFailed(columns, page, row);
    case 'open':
      return (page, row) => (page.flags[row]! & FLAG.ended) === 0;
    case 'answered':
      return (page, row) => (page.flags[row]! & FLAG.response) !== 0;
    case 'pending':
    case 'complete':
    case 'aborted':
    case 'malformed':
      return (page, row) => phaseOf(columns, page, row) === word;
    case 'cached':
      return (page, row) => page.status[row] === 304;
    case 'redirect':
      return (page, row) => REDIRECTS.includes(page.status[row]!);
    case 'range':
      return (page, row) => page.status[row] === 206 || page.status[row] === 416;
    case 'ws':
      return (page, row) => page.status[row] === 101;
    case 'sse': {
      const isStream = strings.memo((type) => /^text\/event-stream\b/i.test(type));
      return (page, row) => isStream(page.mediaType[row]!);
    }
    // What stands before it in the stream of its connection was another request.
    case 'keepalive':
      return (page, row) => page.inStart[row]! > 0;
    case 'pipelined':
      return (page, row) => page.inStart[row]! > 0 && cameEarly(columns, page, row);
    case 'waited':
      return (page, row) => page.waited[row] === 1;
    case 'proxied':
      return (page, row) => columns.servers.get(page.server[row]!)?.tags?.includes('PROXY') === true;
    case 'pinned':
      return (_page, _row, id) => columns.annotations.isPinned(id);
    case 'marked':
      return (_page, _row, id) => columns.annotations.of(id)?.mark !== undefined;
    case 'noted':
      return (_page, _row, id) => (columns.annotations.of(id)?.note ?? '') !== '';
    case 'tls':
      return (page, row) => {
        const conn = page.conn[row]!;
        return (columns.connections.page(conn)?.tlsVersion[conn & PAGE_MASK] ?? 0) !== 0;
      };
  }
}

/** Whether its first byte was read while some of the answer before its own was still to be written. */
function cameEarly(columns: Columns, page: ExchangePage, row: number): boolean {
  const conn = page.conn[row]!;
  const connection = columns.connections.page(conn);
  if (connection === undefined) return false;
  const at = conn & PAGE_MASK;
  const start = page.inStart[row]!;
  let read = Number.NaN;
  columns.bytes.eachWithin(connection, at, 0, start, start + 1, ({ time }) => {
    read = time;
  });
  return columns.bytes.reachedBy(connection, at, read).out < page.outStart[row]!;
}
