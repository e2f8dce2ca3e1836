/** Which steps of the labs are done: looked for in all traffic that the store holds, and remembered in this browser. */
import { useEffect, useRef, useState } from 'react';
import { checkLabs, LABS, LOOK_BACK, stepKey } from '../../learn/labs.ts';
import type { Row } from '../../store/queries/list.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';

export interface DoneStep {
  readonly exchange: number;
  /** Wall-clock milliseconds at which it was seen. */
  readonly at: number;
  /** That of the log, which tells whether the exchange's number still means something. */
  readonly epochMs: number;
}
export type Progress = Readonly<Record<string, DoneStep>>;

const KEY = 'wirescope.labs';
/** Rows asked for at once. */
const PAGE = 500;

export function useLabs() {
  const store = useStore();
  const { ledger, inFlight, hello } = useStoreState();
  const [progress, setProgress] = useState<Progress>(() => parseProgress(localStorage.getItem(KEY)));
  const seen = useRef<{ rows: Row[]; next: number; epochMs: number; busy: boolean }>(undefined);
  const epochMs = hello?.epochMs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was captured, and what is under way, tell of new rows.
  useEffect(() => {
    if (epochMs === undefined) return;
    if (seen.current?.epochMs !== epochMs) seen.current = { rows: [], next: 0, epochMs, busy: false };
    const state = seen.current;
    if (state.busy) return;
    state.busy = true;
    const read = async () => {
      for (;;) {
        const rows = await store.rowsFrom(state.next, PAGE);
        state.rows = [...state.rows.filter(({ id }) => id < state.next), ...rows].slice(-LOOK_BACK);
        setProgress((before) => added(before, state.rows, epochMs));
        const open = rows.find(({ endTime }) => endTime === undefined)?.id;
        const last = rows.at(-1)?.id;
        // One that never ends (a stream, a WebSocket) is not waited for past a page of others.
        if (last !== undefined) state.next = open !== undefined && last - open < PAGE / 2 ? open : last + 1;
        if (rows.length < PAGE) return;
      }
    };
    void read().finally(() => {
      state.busy = false;
    });
  }, [store, epochMs, ledger.captured, inFlight]);
  const reset = () => {
    localStorage.removeItem(KEY);
    // What is held now does not count again.
    if (seen.current) seen.current.rows = [];
    setProgress({});
  };
  return { progress, reset };
}

function added(before: Progress, rows: readonly Row[], epochMs: number): Progress {
  const found = checkLabs(rows, (key) => Object.hasOwn(before, key));
  if (found.size === 0) return before;
  const next: Record<string, DoneStep> = { ...before };
  for (const [key, { exchange, time }] of found) next[key] = { exchange, at: epochMs + time / 1000, epochMs };
  localStorage.setItem(KEY, JSON.stringify(next));
  return next;
}

/** Steps that there are no more, and whatever else is no progress, is left out. */
export function parseProgress(text: string | null): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const stored = value as Record<string, Partial<DoneStep> | undefined>;
  const progress: Record<string, DoneStep> = {};
  for (const key of LABS.flatMap((lab) => lab.steps.map((step) => stepKey(lab, step)))) {
    const { exchange, at, epochMs } = stored[key] ?? {};
    if (typeof exchange === 'number' && typeof at === 'number' && typeof epochMs === 'number') {
      progress[key] = { exchange, at, epochMs };
    }
  }
  return progress;
}
