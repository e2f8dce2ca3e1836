/** The rows that are chosen in the list, for what stands outside of it. */
import { useEffect } from 'react';
import { sharedValue, useShared } from '../shell/shared-value.ts';

const NONE: ReadonlySet<number> = new Set();

const chosen = sharedValue(NONE);
/** Rows that the next dialog is about, whatever is chosen. */
let asked: ReadonlySet<number> | undefined;

/** Tells of them while the list is there. */
export function useHoldChosen(next: ReadonlySet<number>): void {
  useEffect(() => chosen.set(next), [next]);
  useEffect(() => () => chosen.set(NONE), []);
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
  return useShared(chosen);
}
