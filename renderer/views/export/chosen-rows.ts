/** The rows that are chosen in the list, for what stands outside of it. */
import { useEffect, useSyncExternalStore } from 'react';

const NONE: ReadonlySet<number> = new Set();

let chosen = NONE;
/** Rows that the next dialog is about, whatever is chosen. */
let asked: ReadonlySet<number> | undefined;
const listeners = new Set<() => void>();

function hold(next: ReadonlySet<number>): void {
  chosen = next;
  for (const listener of [...listeners]) listener();
}

/** Tells of them while the list is there. */
export function useHoldChosen(next: ReadonlySet<number>): void {
  useEffect(() => hold(next), [next]);
  useEffect(() => () => hold(NONE), []);
}

/** The dialog that opens next is about these. */
export function askFor(rows: readonly number[]): void {
  asked = new Set(rows);
}

export function askedRows(): ReadonlySet<number> | undefined {
  return asked;
}

export function forgetAsked(): void {
  asked = undefined;
}

export function useChosen(): ReadonlySet<number> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}
