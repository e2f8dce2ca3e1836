import { withTerm } from '../../filter/edits.ts';
import type { Store } from '../../store/queries/store.ts';

/** Adds a term to the filter that is there. */
export function narrowBy(store: Store, term: string): void {
  const { filter } = store.state();
  store.setFilter({ ...filter, text: withTerm(filter.text, term) });
}
