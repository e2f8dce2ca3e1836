/**
 * What a person notes on exchanges, kept by this window over a reload: for each log, known by the moment it began,
 * and the latest logs only.
 */
import { useEffect, useMemo } from 'react';
import {
  type Annotation,
  isAnnotated,
  MARK_SHAPES,
  type MarkShape,
  NO_ANNOTATION,
} from '../../store/queries/annotation.ts';
import { useStore, useStoreValue } from '../shell/store-context.tsx';

type Notes = ReadonlyMap<number, Annotation>;

export interface Annotations {
  all(): Notes;
  change(exchanges: readonly number[], change: Partial<Annotation>): void;
}

interface KeptLog {
  readonly epochMs: number;
  readonly notes: Notes;
}

const KEY = 'wirescope.annotations';
const MOST_LOGS = 8;
/** What a browser keeps for a page, 5 MB as a rule, holds them with room to spare. */
const MOST_NOTES = 5000;
export const LONGEST_NOTE = 200;

export function useAnnotations(): Annotations {
  const store = useStore();
  const epochMs = useStoreValue(({ hello }) => hello?.epochMs ?? 0);
  return useMemo(
    () => ({
      all: () => notesOf(epochMs),
      change: (exchanges, change) => {
        store.annotate(exchanges, change);
        keep(epochMs, exchanges, change);
      },
    }),
    [store, epochMs],
  );
}

/** Tells the store of what was noted before, whenever another log is shown. */
export function useKeptAnnotations(): void {
  const store = useStore();
  const epochMs = useStoreValue(({ hello }) => hello?.epochMs);
  useEffect(() => {
    if (epochMs === undefined) return;
    for (const [exchange, annotation] of notesOf(epochMs)) store.annotate([exchange], annotation);
  }, [store, epochMs]);
}

function notesOf(epochMs: number): Notes {
  return keptLogs().find((log) => log.epochMs === epochMs)?.notes ?? new Map();
}

function keep(epochMs: number, exchanges: readonly number[], change: Partial<Annotation>): void {
  const notes = new Map(notesOf(epochMs));
  for (const exchange of exchanges) {
    const next = { ...NO_ANNOTATION, ...notes.get(exchange), ...change };
    notes.delete(exchange);
    if (isAnnotated(next)) notes.set(exchange, next);
  }
  const others = keptLogs().filter((log) => log.epochMs !== epochMs);
  const logs = [{ epochMs, notes }, ...others].filter((log) => log.notes.size > 0).slice(0, MOST_LOGS);
  const plain = logs.map((log) => ({ epochMs: log.epochMs, notes: [...log.notes].slice(-MOST_NOTES) }));
  localStorage.setItem(KEY, JSON.stringify(plain));
}

/** What was stored may be of another version, or of another hand: what is not understood is left out. */
function keptLogs(): readonly KeptLog[] {
  try {
    const logs: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(logs) ? logs.map(readLog) : [];
  } catch {
    return [];
  }
}

function readLog(log: { readonly epochMs: unknown; readonly notes: unknown }): KeptLog {
  const entries = Array.isArray(log.notes) ? log.notes : [];
  const notes = entries.map(([exchange, kept]) => [Number(exchange), readAnnotation(kept)] as const);
  return { epochMs: Number(log.epochMs), notes: new Map(notes) };
}

function readAnnotation(kept: Record<keyof Annotation, unknown>): Annotation {
  const note = typeof kept.note === 'string' ? kept.note.slice(0, LONGEST_NOTE) : '';
  return { pinned: kept.pinned === true, mark: markNamed(kept.mark), note };
}

export function markNamed(name: unknown): MarkShape | undefined {
  return MARK_SHAPES.find((shape) => shape === name);
}
