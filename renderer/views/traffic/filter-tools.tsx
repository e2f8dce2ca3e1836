/** At the right of the filter box: how much it shows, and what can be done with it. */
import { CircleHelp, Star } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';

interface Props {
  readonly isEmpty: boolean;
  readonly canSave: boolean;
  readonly isSaved: boolean;
  /** What hangs below the box. */
  readonly panel: string | undefined;
  onClear(): void;
  onToggle(panel: 'save' | 'help'): void;
}

export function FilterTools({ isEmpty, canSave, isSaved, panel, onClear, onToggle }: Props) {
  const { ledger, unread } = useStoreState('ledger', 'unread');
  return (
    <>
      {(ledger.filtered > 0 || !isEmpty) && (
        <output className="filter-count" data-testid="filter-count">
          {unread > 0 && `${formatCount(unread)} to read, `}
          {formatCount(ledger.shown)} of {formatCount(ledger.captured - ledger.trimmed)}
        </output>
      )}
      {!isEmpty && (
        <>
          <button type="button" className="filter-clear" aria-label="Esc, clear the filter" onClick={onClear}>
            <kbd>Esc</kbd>
          </button>
          <button
            type="button"
            className={isSaved ? 'filter-tool saved' : 'filter-tool'}
            aria-label={isSaved ? 'Saved filter' : 'Save the filter'}
            title={isSaved ? 'Saved: rename or remove' : 'Save under a name'}
            aria-expanded={panel === 'save'}
            disabled={!canSave}
            onClick={() => onToggle('save')}
          >
            <Star {...ICON} size={14} />
          </button>
        </>
      )}
      <button
        type="button"
        className="filter-tool"
        aria-label="How to filter"
        title="How to filter"
        aria-expanded={panel === 'help'}
        onClick={() => onToggle('help')}
      >
        <CircleHelp {...ICON} size={14} />
      </button>
    </>
  );
}
