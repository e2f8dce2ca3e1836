import type { Columns } from './columns.ts';
import type { ExchangePage } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { responseEnd } from './rows.ts';

/** The shortest request has 18 bytes, and four empty lines may stand before one: RFC 9112 §2.2. */
const BEFORE_FIRST = 8;

/**
 * Where in the out stream the answer to an exchange begins, interim responses (RFC 9110 §15.2) included: since
 * answers go out in turn, where the one before ended. Undefined when that is not known any more.
 */
export function interimStart(columns: Columns, page: ExchangePage, row: number): number | undefined {
  const { connections, exchanges, chains } = columns;
  const conn = page.conn[row]!;
  const inStart = page.inStart[row]!;
  const connection = connections.page(conn);
  if (connection === undefined) return undefined;
  const startOf = (id: number) => exchanges.page(id)?.inStart[id & PAGE_MASK] ?? Number.NEGATIVE_INFINITY;
  let before: number | undefined;
  chains.each(
    connection,
    conn & PAGE_MASK,
    (next) => startOf(next) < inStart,
    (id) => {
      const earlier = startOf(id) < inStart;
      if (earlier) before = id;
      return earlier;
    },
  );
  if (before === undefined) return inStart <= BEFORE_FIRST ? 0 : undefined;
  const previous = exchanges.page(before);
  return previous && responseEnd(columns, previous, before & PAGE_MASK);
}
