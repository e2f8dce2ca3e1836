/** Says that what is shown was captured before, how far it is read, and the way back to what is live. */
import { FileClock } from 'lucide-react';
import { formatClock, formatDate } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './capture-list.css';

export function CaptureStrip() {
  const store = useStore();
  const { captures, hello } = useStoreState('captures', 'hello');
  const shown = captures.find((capture) => capture.shown);
  if (!shown) return null;
  const epochMs = hello?.epochMs ?? 0;
  const percent = Math.floor(shown.progress * 100);
  return (
    <div className="capture-strip" data-testid="capture-strip">
      <FileClock {...ICON} />
      <span className="clip">
        <b>{shown.name}</b>, captured {formatDate(epochMs, 0)} {formatClock(epochMs, 0, 0)}
      </span>
      {shown.progress < 1 && (
        <span className="reading" role="status">
          reading
          <i>
            <i style={{ width: `${percent}%` }} />
          </i>
          {percent} %
        </span>
      )}
      <span className="grow" />
      <button type="button" className="btn line small" onClick={() => store.show(undefined)}>
        Back to live
      </button>
    </div>
  );
}
