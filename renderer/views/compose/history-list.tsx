import { formatClock } from '../../geometry/quantities.ts';
import type { Sent } from './history.ts';

interface Props {
  readonly history: readonly Sent[];
  onPick(sent: Sent): void;
  onForget(): void;
}

export function HistoryList({ history, onPick, onForget }: Props) {
  if (history.length === 0) {
    return <p className="history-none dim">What you send is kept here, in this browser only.</p>;
  }
  return (
    <div className="history">
      <ul>
        {history.map((sent) => (
          <li key={sent.at}>
            <button type="button" onClick={() => onPick(sent)}>
              <span className="mono clip">{sent.draft.text.split('\n')[0]?.replace(/\\r\\n$/, '')}</span>
              <span className="dim clip">
                {formatClock(sent.at, 0, 0)} {sent.answer || 'no answer'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="btn" onClick={onForget}>
        Forget them
      </button>
    </div>
  );
}
