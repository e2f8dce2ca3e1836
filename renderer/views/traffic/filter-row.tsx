/** What is shown of what was captured: words, kinds, and whether the end is followed. */
import { ArrowDownToLine, Check, Search, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { CHIPS, type Chip, NO_FILTER } from '../../store/queries.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './filter-row.css';

interface Props {
  readonly follow: boolean;
  onFollow(follow: boolean): void;
}

const CHIP_LABEL: Record<Chip, string> = {
  all: 'All',
  doc: 'Doc',
  css: 'CSS',
  js: 'JS',
  img: 'Img',
  font: 'Font',
  media: 'Media',
  data: 'Data',
  other: 'Other',
  errors: 'Errors',
};

export function FilterRow({ follow, onFollow }: Props) {
  const store = useStore();
  const { filter } = useStoreState();
  return (
    <div className="tools filter-row">
      <FilterBox />
      <fieldset className="chips" aria-label="Kinds">
        {CHIPS.map((chip) => (
          <button
            key={chip}
            type="button"
            className={filter.chip === chip ? 'btn on' : 'btn'}
            aria-pressed={filter.chip === chip}
            onClick={() => store.setFilter({ ...NO_FILTER, ...filter, chip })}
          >
            {CHIP_LABEL[chip]}
          </button>
        ))}
      </fieldset>
      <i className="rule" />
      <button
        type="button"
        className={follow ? 'btn on' : 'btn'}
        aria-pressed={follow}
        title="Keep the newest in sight (End)"
        onClick={() => onFollow(!follow)}
      >
        <ArrowDownToLine {...ICON} />
        <span className="follow-word">Follow</span>
      </button>
    </div>
  );
}

function FilterBox() {
  const store = useStore();
  const { filter, ledger } = useStoreState();
  const input = useRef<HTMLInputElement>(null);
  const inks = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(filter.text);
  useEffect(() => setText(filter.text), [filter.text]);
  const active = text.trim() !== '';
  const narrowed = ledger.filtered > 0 || active;
  const state = !active ? '' : ledger.shown > 0 ? ' some' : ' none';
  const set = (next: string) => {
    setText(next);
    store.setFilter({ ...NO_FILTER, ...store.state().filter, text: next });
  };
  const Sign = !active ? Search : ledger.shown > 0 ? Check : SearchX;
  return (
    <div className={`filter${state}`}>
      <Sign {...ICON} />
      <div className="filter-text mono">
        <div className="inks" ref={inks} aria-hidden="true">
          {inkRuns(text).map(({ text: run, negated, at }) => (
            <span key={at} className={negated ? 's5' : undefined}>
              {run}
            </span>
          ))}
        </div>
        <input
          ref={input}
          data-filter
          type="text"
          role="searchbox"
          aria-label="Filter"
          placeholder="Words in method, path, status; -word leaves out"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => set(event.target.value)}
          onScroll={(event) => {
            if (inks.current) inks.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              if (active) set('');
              else focusList();
            } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              focusList();
            }
          }}
        />
      </div>
      {narrowed && (
        <output className="filter-count" data-testid="filter-count">
          {formatCount(ledger.shown)} of {formatCount(ledger.captured - ledger.trimmed)}
        </output>
      )}
      {active && (
        <button type="button" className="filter-clear" aria-label="Clear the filter" onClick={() => set('')}>
          <kbd>Esc</kbd>
        </button>
      )}
    </div>
  );
}

/** The text in runs of one ink: words that leave out are red from their minus to their end. */
function inkRuns(text: string): { readonly text: string; readonly negated: boolean; readonly at: number }[] {
  return Array.from(text.matchAll(/\s+|(-?)(?:"[^"]*"?|\S+)/g), (match) => ({
    text: match[0],
    negated: match[1] === '-' && match[0].length > 1,
    at: match.index,
  }));
}

function focusList(): void {
  document.querySelector<HTMLElement>('[data-list]')?.focus();
}
