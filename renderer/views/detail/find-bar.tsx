/** Above content: words to find in it, how often they were found, and the way from place to place. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';

interface Props {
  readonly words: string;
  /** Places at which they were found. */
  readonly count: number;
  /** Index of the place that is shown; undefined before one was. */
  readonly at: number | undefined;
  /** What stands at the end of the line. */
  readonly facts: string;
  onWords(words: string): void;
  onStep(by: 1 | -1): void;
}

export function FindBar({ words, count, at, facts, onWords, onStep }: Props) {
  const found =
    count === 0 ? 'none' : `${at === undefined ? '' : `${formatCount(at + 1)} of `}${formatCount(count)}`;
  return (
    <div className="code-find">
      <input
        className={words !== '' && count === 0 ? 'find mono wrong' : 'find mono'}
        type="text"
        spellCheck={false}
        autoComplete="off"
        data-content-find
        aria-label="Find in the content"
        placeholder="Find in the content"
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape' && words !== '') {
            event.stopPropagation();
            onWords('');
          }
        }}
      />
      <span className="found" role="status">
        {words === '' ? '' : found}
      </span>
      <button
        type="button"
        className="btn small square"
        aria-label="Previous place"
        title="Previous place (Shift Enter)"
        disabled={count === 0}
        onClick={() => onStep(-1)}
      >
        <ChevronUp {...ICON} size={14} />
      </button>
      <button
        type="button"
        className="btn small square"
        aria-label="Next place"
        title="Next place (Enter)"
        disabled={count === 0}
        onClick={() => onStep(1)}
      >
        <ChevronDown {...ICON} size={14} />
      </button>
      <span className="grow" />
      <span className="dim">{facts}</span>
    </div>
  );
}
