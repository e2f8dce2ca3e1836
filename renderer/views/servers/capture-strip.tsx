/** Says that what is shown was captured before, how far it is read, and the way back to what is live. */
import { FileClock } from 'lucide-react';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './capture-list.css';

export function CaptureStrip() {
  const store = useStore();
  const { captures, hello } = useStoreState();
  const shown = captures.find((capture) => capture.shown);
  if (!shown) return null;
  const percent = Math.floor(shown.progress * 100);
  return (
    <div className="capture-strip" data-testid="capture-strip">
      <FileClock {...ICON} />
      <span className="clip">
        <b>{shown.name}</b>, captured {new Date(hello?.epochMs ?? 0).toLocaleString()}
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
