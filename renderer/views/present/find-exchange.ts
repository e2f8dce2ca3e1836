import type { Store } from '../../store/queries/store.ts';

const PAGE = 1000;
/** A microsecond is what the log's clock tells; half of one is what adding an epoch may cost. */
const SAME_MICROS = 1;

/** The exchange that began at a moment of the store's time: the one of that number where it did, else whichever did. */
export async function findExchange(
  store: Store,
  exchange: number,
  beginTime: number,
): Promise<number | undefined> {
  const isIt = (row: { readonly beginTime: number }) => Math.abs(row.beginTime - beginTime) <= SAME_MICROS;
  const [guess] = await store.rowsFrom(exchange, 1);
  if (guess?.id === exchange && isIt(guess)) return exchange;
  for (let from = 0; ; ) {
    const rows = await store.rowsFrom(from, PAGE);
    const found = rows.find(isIt);
    if (found || rows.length === 0) return found?.id;
    from = rows.at(-1)!.id + 1;
  }
}
