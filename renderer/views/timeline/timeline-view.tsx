/** A lane for each connection; every read and write a tick, every exchange a bar. */
import { DetailPane } from '../detail/detail-pane.tsx';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { Split } from '../shell/split.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { EmptyList } from '../traffic/empty-list.tsx';
import { Lanes } from './lanes.tsx';
import { heldWithin, type TimelineWindow } from './timeline-window.ts';

interface Props {
  readonly selected: number | undefined;
  /** Kept by whoever shows the view, for the graphs as well: it is found again as it was left. */
  readonly window: TimelineWindow;
  onWindow(window: TimelineWindow): void;
  onSelect(exchange: number | undefined): void;
  onAdd(): void;
  /** Shows the requests that a term of the filter asks for, of one server. */
  onFilter(term: string, server: number): void;
}

export function TimelineView({ selected, window, onWindow, onSelect, onFilter, onAdd }: Props) {
  const { firstTime, newestTime, playhead, ledger, unasked } = useStoreState(
    'firstTime',
    'newestTime',
    'playhead',
    'ledger',
    'unasked',
  );
  const isEmpty = ledger.captured === ledger.trimmed && ledger.shown === 0 && unasked === undefined;
  if (newestTime <= firstTime || (isEmpty && playhead === undefined)) {
    return <EmptyList onAdd={onAdd} />;
  }
  return (
    <Split
      name="timeline"
      label="Width of the detail"
      first={0.34}
      least={[480, 408]}
      start={
        <Lanes
          selected={selected}
          onSelect={onSelect}
          window={heldWithin(window, { from: firstTime, to: newestTime })}
          onWindow={onWindow}
          onFilter={onFilter}
        />
      }
      end={
        selected === undefined ? undefined : (
          <ErrorBoundary pane="The detail">
            <DetailPane exchange={selected} onClose={() => onSelect(undefined)} />
          </ErrorBoundary>
        )
      }
    />
  );
}
