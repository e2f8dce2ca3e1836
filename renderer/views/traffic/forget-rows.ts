/** Rows that a person takes out of the list. */
import { formatCount } from '../../geometry/quantities.ts';
import type { Store } from '../../store/queries/store.ts';

export interface Forgotten {
  /** What was done, and what was not. */
  readonly sentence: string;
  /** What is in the detail from now on: where that went too, the row that took the place of the first. */
  readonly next: number | undefined;
}

export async function forgetRows(
  store: Store,
  exchanges: readonly number[],
  selected: number | undefined,
): Promise<Forgotten> {
  const place = await store.indexOf(exchanges[0] ?? 0);
  const gone = await store.forget(exchanges);
  const sentence = sentenceOf(gone, exchanges.length - gone);
  if (selected === undefined) return { sentence, next: undefined };
  const [held] = await store.rowsFrom(selected, 1);
  if (held?.id === selected || place === undefined) return { sentence, next: held && selected };
  const around = await store.idsOf(Math.max(0, place - 1), place + 1);
  return { sentence, next: around.at(-1) };
}

function sentenceOf(gone: number, stay: number): string {
  const because = stay === 1 ? 'it is pinned, or not over yet' : 'they are pinned, or not over yet';
  if (gone === 0) return `Nothing was deleted: ${because}`;
  const deleted = `${formatCount(gone)} ${gone === 1 ? 'request' : 'requests'} deleted from the list`;
  if (stay === 0) return deleted;
  return `${deleted}; ${formatCount(stay)} ${stay === 1 ? 'stays' : 'stay'}: ${because}`;
}
