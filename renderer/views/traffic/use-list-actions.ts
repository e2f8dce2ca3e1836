/** What the list offers to the palette and the keyboard while it is shown. */
import type { Grouping, SortColumn } from '../../store/queries/list.ts';
import { useActions } from '../actions/action-context.tsx';
import { useHoldChosen } from '../export/chosen-rows.ts';
import { useOpenIn } from '../open-in.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { copyCommands, copyTable } from './copy-rows.ts';
import type { RowTime } from './row-time.ts';
import type { RowActs } from './use-row-acts.ts';

interface List {
  readonly selected: number | undefined;
  readonly chosen: ReadonlySet<number>;
  readonly acts: RowActs;
  readonly time: RowTime;
  group(grouping: Grouping): void;
  follow(): void;
  sort(column: SortColumn): void;
  side(): void;
}

export function useListActions({ selected, chosen, acts, time, group, follow, sort, side }: List): void {
  const store = useStore();
  const toast = useToast();
  const { grouping } = useStoreState('grouping');
  const { step } = useOpenIn();
  useHoldChosen(chosen);
  const ids = [...chosen].sort((a, b) => a - b);
  const [first, second] = ids;
  const isGrouped = grouping !== 'none';
  const isPair = ids.length === 2 && first !== undefined && second !== undefined;
  const onChosen = (act: () => void) => (ids.length > 0 ? act : undefined);
  const say = (done: Promise<string>) => void done.then((text) => toast({ text }));
  useActions({
    filter: focusFilter,
    follow,
    'group-none': isGrouped ? () => group('none') : undefined,
    'group-connection': grouping === 'connection' ? undefined : () => group('connection'),
    'group-path': grouping === 'path' ? undefined : () => group('path'),
    'fold-all': isGrouped ? () => store.fold(undefined, true) : undefined,
    'open-all': isGrouped ? () => store.fold(undefined, false) : undefined,
    'sort-time': () => sort('id'),
    'sort-status': () => sort('status'),
    'sort-size': () => sort('size'),
    'sort-duration': () => sort('duration'),
    'sort-path': () => sort('target'),
    'detail-side': side,
    pin: onChosen(() => acts.pin(ids)),
    mark: onChosen(() => acts.mark(ids)),
    note: onChosen(() => acts.note(ids)),
    compare: isPair ? () => acts.compare(first, second) : undefined,
    'copy-table': onChosen(() => say(copyTable(store, chosen))),
    'copy-curl': onChosen(() => say(copyCommands(store, chosen))),
    'send-again': onChosen(() => acts.again(ids)),
    forget: onChosen(() => acts.forget(ids)),
    'time-clock': () => time.show('clock'),
    'time-since': () => time.show('since'),
    'time-delta': () => time.show('delta'),
    step: selected === undefined ? undefined : () => step(selected, 'in'),
  });
}

function focusFilter(): void {
  const box = document.querySelector<HTMLInputElement>('input[data-filter]');
  box?.focus();
  box?.select();
}
