/** Overview, filter, list, and the detail of the chosen exchange. */
import { useRef, useState } from 'react';
import { BY_TIME, type Grouping } from '../../store/queries/list.ts';
import { DetailPane } from '../detail/detail-pane.tsx';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { Split } from '../shell/split.tsx';
import { useStore, useStoreState, useStoreValue } from '../shell/store-context.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterRow } from './filter-row.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { OverviewStrip } from './overview-strip.tsx';
import type { TimeWindow } from './overview-window.ts';
import { RequestList } from './request-list.tsx';
import { RowMenu } from './row-menu.tsx';
import './traffic-view.css';
import { useGrouping } from './group-button.tsx';
import { useRowTime } from './row-time.ts';
import { useListActions } from './use-list-actions.ts';
import { useRowActs } from './use-row-acts.ts';
import { useRowSelection } from './use-row-selection.ts';

interface Props {
  readonly selected: number | undefined;
  onSelect(exchange: number | undefined): void;
  onAdd(): void;
}

/** How the detail stands below the list, where it is wanted there or has no room beside it. */
const UNDER = { first: 0.5, least: [120, 200] } as const;
const BELOW = { beside: { ...UNDER, wanted: false }, below: { ...UNDER, wanted: true } } as const;

export function TrafficView({ selected, onSelect, onAdd }: Props) {
  const store = useStore();
  const { filter, paused } = useStoreState('filter', 'paused');
  const isClear = useStoreValue(({ ledger }) => ledger.captured === ledger.trimmed);
  const isNone = useStoreValue(({ ledger }) => ledger.shown === 0);
  const [wantsEnd, setFollow] = useState(true);
  const [grouping, setGrouping] = useGrouping();
  // In groups the newest is anywhere.
  const follow = wantsEnd && grouping === 'none';
  const selection = useRowSelection(store, selected);
  const { acts, note } = useRowActs(selected, selection, onSelect);
  const time = useRowTime();
  const [side, setSide] = useSetting<'beside' | 'below'>('detail-side', 'beside', oneOf(['beside', 'below']));
  const group = (next: Grouping) => {
    if (next !== 'none') setFollow(false);
    setGrouping(next);
  };
  const followNewest = (next: boolean) => {
    // The newest is at the end in the order of time only.
    if (next) store.setSort(BY_TIME);
    if (next) setGrouping('none');
    setFollow(next);
  };
  useListActions({
    selected,
    chosen: selection.ids,
    acts,
    time,
    group,
    follow: () => followNewest(true),
    sort: (column) => {
      setFollow(false);
      store.setSort({ column, descending: column === 'size' || column === 'duration' });
    },
    side: () => setSide(side === 'below' ? 'beside' : 'below'),
  });
  const brush =
    filter.from === undefined || filter.to === undefined ? undefined : { from: filter.from, to: filter.to };
  const setBrush = (next: TimeWindow | undefined) => {
    store.setFilter({ ...store.state().filter, from: next?.from, to: next?.to });
  };
  // Where the picture is held while nothing is in it, nothing comes in until it goes on.
  const blank = useRef<boolean>(undefined);
  if (!paused || !blank.current) blank.current = isClear && isNone;
  if (blank.current) return <EmptyList onAdd={onAdd} />;
  return (
    <div className="traffic">
      <OverviewStrip gutter={64} brush={brush} onBrush={setBrush} />
      <FilterRow
        grouping={grouping}
        follow={follow}
        below={side === 'below'}
        onBelow={(next) => setSide(next ? 'below' : 'beside')}
        onGroup={group}
        onFollow={followNewest}
      />
      <Split
        name="traffic"
        label="Size of the detail"
        first={0.535}
        least={[360, 440]}
        below={BELOW[side]}
        start={
          isNone ? (
            <EmptyList onAdd={onAdd} />
          ) : (
            <RowMenu selected={selected} chosen={selection.ids} acts={acts} onSelect={onSelect}>
              <RequestList
                selected={selected}
                follow={follow}
                brush={brush}
                selection={selection}
                acts={acts}
                time={time}
                onSelect={onSelect}
                onFollow={setFollow}
              />
            </RowMenu>
          )
        }
        end={
          selected === undefined ? undefined : (
            <ErrorBoundary pane="The detail">
              <DetailPane exchange={selected} onClose={() => onSelect(undefined)} />
            </ErrorBoundary>
          )
        }
      />
      {note && <NoteDialog key={note.exchanges.join()} {...note} />}
    </div>
  );
}
