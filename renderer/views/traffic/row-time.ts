/** What the Time column says: when a request came, by the clock or since something. */
import { useEffect, useState } from 'react';
import { formatClock, formatDuration, formatExact, spell } from '../../geometry/quantities.ts';
import type { Row } from '../../store/queries/list.ts';
import type { Store } from '../../store/queries/store.ts';
import { oneOf, useSetting } from '../shell/setting.ts';

export const TIME_FORMS = ['clock', 'since', 'delta'] as const;
export type TimeForm = (typeof TIME_FORMS)[number];

export const TIME_NAMES: Readonly<Record<TimeForm, string>> = {
  clock: 'Time of day',
  since: 'Since the first request, or the reference',
  delta: 'Since the row above',
};
/** The name of the column. */
export const TIME_LABELS: Readonly<Record<TimeForm, string>> = {
  clock: 'Time',
  since: 'Since',
  delta: 'Delta',
};

/** The row that others are timed from. */
export interface TimeReference {
  readonly exchange: number;
  readonly time: number;
}

export interface RowTime {
  readonly form: TimeForm;
  readonly reference: TimeReference | undefined;
  show(form: TimeForm): void;
  /** Times the rows from this one, or no longer. */
  refer(row: Pick<Row, 'id' | 'beginTime'>): void;
}

export function useRowTime(): RowTime {
  const [form, setForm] = useSetting<TimeForm>('list.time', 'clock', oneOf(TIME_FORMS));
  const [reference, setReference] = useState<TimeReference>();
  return {
    form,
    reference,
    show: setForm,
    refer: ({ id, beginTime }) => {
      const isThat = reference?.exchange === id;
      setReference(isThat ? undefined : { exchange: id, time: beginTime });
      if (!isThat) setForm('since');
    },
  };
}

/** When the first request that is held began; `anew` is whatever tells another log from this one. */
export function useFirstRequest(store: Store, anew: unknown): number {
  const [first, setFirst] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another log has another first request.
  useEffect(() => {
    let isLate = false;
    store.rowsFrom(1, 1).then(
      ([row]) => row && !isLate && setFirst(row.beginTime),
      // The link was lost: times stay as they are.
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [store, anew]);
  return first;
}

interface Around {
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  /** When the first request held began. */
  readonly firstTime: number;
  /** When the row above began; undefined at the top. */
  readonly above: number | undefined;
}

export function rowTimeText(
  { form, reference }: Pick<RowTime, 'form' | 'reference'>,
  { beginTime }: Pick<Row, 'beginTime'>,
  { epochMs, firstTime, above }: Around,
): string {
  switch (form) {
    case 'clock':
      return formatClock(epochMs, beginTime, 3);
    case 'since':
      return formatExact(beginTime - (reference?.time ?? firstTime), 's');
    case 'delta':
      return above === undefined ? '—' : spell(formatDuration(beginTime - above));
  }
}
