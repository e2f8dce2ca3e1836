/** What runs at once. */
import { NoSignal } from '../shell/no-signal.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { heldWithin } from '../timeline/timeline-window.ts';
import './concurrency-view.css';
import { Graphs, type GraphsProps } from './graphs.tsx';

export function ConcurrencyView({ window, onWindow }: GraphsProps) {
  const { firstTime, newestTime } = useStoreState('firstTime', 'newestTime');
  if (newestTime <= firstTime) {
    return (
      <NoSignal
        title="Nothing to measure yet"
        text="Connections, requests, processes and what they use are drawn here as they come."
      />
    );
  }
  return <Graphs window={heldWithin(window, { from: firstTime, to: newestTime })} onWindow={onWindow} />;
}
