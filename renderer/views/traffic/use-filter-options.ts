import { useEffect, useMemo, useState } from 'react';
import {
  type Completion,
  termCompletions,
  valueCompletions,
  type Wanted,
  wantedAt,
} from '../../filter/completion.ts';
import type { FieldName } from '../../filter/fields.ts';
import { keyed } from '../../filter/printer.ts';
import type { ValueCount } from '../../store/queries/filter.ts';
import { useStore } from '../shell/store-context.tsx';
import type { FilterMemory } from './filter-memory.ts';

/** One line of the list below the filter box. */
export interface FilterOption extends Completion {
  readonly kind: 'completion' | 'saved' | 'recent';
  /** The part of the text that it replaces. */
  readonly start: number;
  readonly end: number;
  /** What was typed of it, to be lit in its label. */
  readonly typed: string;
}

/** Values of these fields are offered for a bare word too. */
const BARE_FIELDS: readonly FieldName[] = ['method', 'type', 'path'];
const MOST_OF_A_BARE_FIELD = 4;

/** What can stand at the caret; in an empty box, the filters of before. */
export function useFilterOptions(
  text: string,
  caret: number,
  memory: FilterMemory,
  active: boolean,
): readonly FilterOption[] {
  const wanted = useMemo(() => wantedAt(text, caret), [text, caret]);
  const seen = useSeenValues(active && text.trim() !== '' ? wanted : undefined);
  return useMemo(() => {
    if (text.trim() === '') {
      const before = remembered(memory, text.length);
      if (before.length > 0) return before;
    }
    if (wanted === undefined) return [];
    const { start, end, typed } = wanted;
    const completions =
      wanted.want === 'value'
        ? valueCompletions(wanted, seen)
        : [...termCompletions(typed), ...seen.map(asTerm)];
    return completions
      .filter(({ text: whole }) => whole !== text.slice(start, end))
      .map((each) => ({ ...each, kind: 'completion', start, end, typed }) as const);
  }, [text, wanted, seen, memory]);
}

function remembered({ saved, recent }: FilterMemory, end: number): FilterOption[] {
  const option = (kind: 'saved' | 'recent', text: string, label: string, says: string): FilterOption => {
    return { kind, text, label, says, more: false, start: 0, end, typed: '' };
  };
  const named = new Set(saved.map(({ text }) => text));
  return [
    ...saved.map(({ name, text }) => option('saved', text, name, name === text ? '' : text)),
    ...recent.filter((text) => !named.has(text)).map((text) => option('recent', text, text, '')),
  ];
}

function begins(value: string, typed: string): boolean {
  return value.toLowerCase().startsWith(typed.toLowerCase());
}

interface Seen extends ValueCount {
  readonly field: FieldName;
}

function asTerm({ field, value, count }: Seen): Completion {
  const text = keyed(field === 'type' ? 'type:' : `${field}=`, value);
  return {
    text: field === 'method' ? keyed('method:', value) : text,
    label: text,
    says: '',
    count,
    more: false,
  };
}

const NONE: readonly Seen[] = [];

/** The values that the capture holds; those of before stay until the next have come. */
function useSeenValues(wanted: Wanted | undefined): readonly Seen[] {
  const store = useStore();
  const [answer, setAnswer] = useState<{ readonly of: string; readonly seen: readonly Seen[] }>();
  const field = wanted?.want === 'value' ? wanted.field : undefined;
  const typed = wanted?.typed ?? '';
  const isBare = wanted?.want === 'term' && typed.length >= 2;
  const of = field ?? (isBare ? 'any' : '');
  useEffect(() => {
    if (of === '') return;
    let isLate = false;
    const ask = async (each: FieldName) => {
      const all = await store.values(each, typed);
      // The start of a path is where it says least; of other names it is what one types.
      const found = of === 'any' && each !== 'path' ? all.filter(({ value }) => begins(value, typed)) : all;
      return found.map((value) => ({ ...value, field: each }));
    };
    const all =
      of === 'any'
        ? Promise.all(BARE_FIELDS.map(ask)).then((found) =>
            found.flatMap((values) => values.slice(0, MOST_OF_A_BARE_FIELD)),
          )
        : ask(of);
    all.then(
      (seen) => {
        if (!isLate) setAnswer({ of, seen });
      },
      // The link was lost: there is nothing to offer, and the banner says why.
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [store, of, typed]);
  return answer !== undefined && answer.of === of ? answer.seen : NONE;
}
