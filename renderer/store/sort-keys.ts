/** What each column of the list sorts by. A size that still grows is none yet. */
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { SortColumn } from './queries/list.ts';
import { responseEnd } from './rows.ts';

/** A number, NaN where the row has none; or the number of a text, 0 where it has none. */
export type SortKey =
  | { readonly of: 'number'; get(page: ExchangePage, row: number): number }
  | { readonly of: 'text'; get(page: ExchangePage, row: number): number };

/** Undefined for the order in which exchanges began, which is the order of their numbers. */
export function sortKey(columns: Columns, column: SortColumn): SortKey | undefined {
  switch (column) {
    case 'id':
      return undefined;
    case 'method':
      return { of: 'text', get: (page, row) => page.method[row]! };
    case 'target':
      return { of: 'text', get: (page, row) => page.target[row]! };
    case 'type':
      return { of: 'text', get: (page, row) => page.mediaType[row]! };
    case 'version':
      return { of: 'text', get: (page, row) => page.version[row]! };
    case 'status':
      return { of: 'number', get: (page, row) => page.status[row]! || Number.NaN };
    case 'server':
      return { of: 'number', get: (page, row) => page.server[row]! };
    case 'worker':
      return { of: 'text', get: (page, row) => page.worker[row]! };
    case 'conn':
      return { of: 'number', get: (page, row) => page.conn[row]! };
    case 'client':
      return {
        of: 'text',
        get: (page, row) => {
          const conn = page.conn[row]!;
          return columns.connections.page(conn)?.remoteAddress[conn & PAGE_MASK] ?? 0;
        },
      };
    case 'size':
      return {
        of: 'number',
        get: (page, row) => {
          const ended = (page.flags[row]! & FLAG.ended) !== 0;
          return (ended ? (responseEnd(columns, page, row) ?? Number.NaN) : Number.NaN) - page.outStart[row]!;
        },
      };
    case 'requestSize':
      return { of: 'number', get: (page, row) => page.inEnd[row]! - page.inStart[row]! };
    case 'wait':
      return { of: 'number', get: (page, row) => page.responseAfter[row]! };
    case 'duration':
      return { of: 'number', get: (page, row) => page.end[row]! - page.begin[row]! };
  }
}
