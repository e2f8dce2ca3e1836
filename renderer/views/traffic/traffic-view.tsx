/** Overview, filter, list, and the detail of the chosen exchange. */
import { useState } from 'react';
import { BY_TIME, NO_FILTER } from '../../store/queries.ts';
import { DetailPane } from '../detail/detail-pane.tsx';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { Split } from '../shell/split.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterRow } from './filter-row.tsx';
import { OverviewStrip } from './overview-strip.tsx';
import type { TimeWindow } from './overview-window.ts';
import { RequestList } from './request-list.tsx';
import { RowMenu } from './row-menu.tsx';
import './traffic-view.css';

interface Props {
  readonly selected: number | undefined;
  onSelect(exchange: number | undefined): void;
  onAdd(): void;
}

export function TrafficView({ selected, onSelect, onAdd }: Props) {
  const store = useStore();
  const { ledger, filter } = useStoreState();
  const [follow, setFollow] = useState(true);
  const brush =
    filter.from === undefined || filter.to === undefined ? undefined : { from: filter.from, to: filter.to };
  const setBrush = (next: TimeWindow | undefined) => {
    store.setFilter({ ...NO_FILTER, ...store.state().filter, from: next?.from, to: next?.to });
  };
  const blank = ledger.captured === ledger.trimmed && ledger.shown === 0;
  if (blank) return <EmptyList onAdd={onAdd} />;
  return (
    <div className="traffic">
      <OverviewStrip gutter={64} brush={brush} onBrush={setBrush} />
      <FilterRow
        follow={follow}
        onFollow={(next) => {
          // The newest is at the end in the order of time only.
          if (next) store.setSort(BY_TIME);
          setFollow(next);
        }}
      />
      <Split
        name="traffic"
        label="Width of the detail"
        first={0.535}
        least={[360, 440]}
        start={
          ledger.shown === 0 ? (
            <EmptyList onAdd={onAdd} />
          ) : (
            <RowMenu selected={selected} onSelect={onSelect}>
              <RequestList
                selected={selected}
                follow={follow}
                brush={brush}
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
    </div>
  );
}
