import { MOST_SLIDES, type Slide, type SlidePlace } from '../../learn/slides.ts';
import type { Annotation } from '../../store/queries/annotation.ts';
import type { Store } from '../../store/queries/store.ts';

/** @returns undefined where the exchange is not held any more; `epoch` is that of the log, in microseconds. */
export async function placeOf(store: Store, exchange: number, epoch: number) {
  const [row] = await store.rowsFrom(exchange, 1);
  if (row?.id !== exchange) return undefined;
  return { kind: 'exchange', exchange, begin: Math.round(epoch + row.beginTime) } satisfies SlidePlace;
}

/** The slides, and behind them one for each note of the list that is none of them yet, in the order of the list. */
export async function withListNotes(
  store: Store,
  notes: ReadonlyMap<number, Annotation>,
  slides: readonly Slide[],
  epoch: number,
): Promise<readonly Slide[]> {
  const all = [...slides];
  for (const [exchange, { note }] of [...notes].sort(([a], [b]) => a - b)) {
    if (all.length >= MOST_SLIDES) break;
    const isThere = all.some(
      ({ text, place }) => text === note && 'exchange' in place && place.exchange === exchange,
    );
    if (note === '' || isThere) continue;
    const place = await placeOf(store, exchange, epoch);
    if (place) all.push({ text: note, place });
  }
  return all;
}
