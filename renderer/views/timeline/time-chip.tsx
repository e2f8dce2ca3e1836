/** The span of time that the requests are filtered to, and the way out of it. */
import { Clock, X } from 'lucide-react';
import { formatClock, formatDuration, spell } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './time-chip.css';

export function TimeChip() {
  const store = useStore();
  const { filter, hello } = useStoreState('filter', 'hello');
  const { from, to } = filter;
  if (from === undefined || to === undefined) return null;
  const begin = formatClock(hello?.epochMs ?? 0, from, 3);
  return (
    <span
      className="time-chip"
      data-testid="time-chip"
      title="Only requests that were under way in this time"
    >
      <Clock {...ICON} size={12} />
      <span className="mono">
        <span className="time-chip-begin">
          {begin} <span className="dim">+</span>
        </span>{' '}
        {spell(formatDuration(to - from))}
      </span>
      <button
        type="button"
        className="btn small square"
        aria-label="Requests of all times"
        title="Requests of all times"
        onClick={() => store.setFilter({ ...store.state().filter, from: undefined, to: undefined })}
      >
        <X {...ICON} size={12} />
      </button>
    </span>
  );
}
