/** A lane for each connection; every read and write a tick, every exchange a bar. */
import { useState } from 'react';
import { DetailPane } from '../detail/detail-pane.tsx';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { Split } from '../shell/split.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { Lanes } from './lanes.tsx';
import { FIRST_WINDOW } from './timeline-window.ts';

interface Props {
  readonly selected: number | undefined;
  onSelect(exchange: number | undefined): void;
}

export function TimelineView({ selected, onSelect }: Props) {
  const { firstTime, newestTime, playhead, ledger } = useStoreState();
  const [window, setWindow] = useState(FIRST_WINDOW);
  const isEmpty = ledger.captured === ledger.trimmed && ledger.shown === 0;
  if (newestTime <= firstTime || (isEmpty && playhead === undefined)) {
    return (
      <NoSignal title="Nothing to draw yet" text="Each connection becomes a lane here, each byte a tick." />
    );
  }
  return (
    <Split
      name="timeline"
      label="Width of the detail"
      first={0.34}
      least={[480, 408]}
      start={<Lanes selected={selected} onSelect={onSelect} window={window} onWindow={setWindow} />}
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
