/**
 * The two cursors of a scope: B is where the pointer is, A stands where it was put. The timeline and the graphs share
 * them, so that a moment found in one is seen in the other.
 */
import { createContext, useContext, useSyncExternalStore } from 'react';

interface Cursors {
  /** Where A stands, microseconds. */
  readonly a: number | undefined;
  readonly b: number | undefined;
}

const NONE: Cursors = { a: undefined, b: undefined };

/** Kept outside of the views' state: the pointer moves often, and only what draws it must follow. */
class CursorStore {
  #cursors = NONE;
  readonly #listeners = new Set<() => void>();

  // Bound, because React calls both without their object.
  current = (): Cursors => this.#cursors;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<Cursors>): void {
    const next = { ...this.#cursors, ...change };
    if (next.a === this.#cursors.a && next.b === this.#cursors.b) return;
    this.#cursors = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

const CursorContext = createContext(new CursorStore());

export function useCursors(): Cursors & Pick<CursorStore, 'set'> {
  const store = useContext(CursorContext);
  const cursors = useSyncExternalStore(store.subscribe, store.current);
  return { ...cursors, set: (change) => store.set(change) };
}
