/** What everything that the window names is: found by words, told at three depths, and shown in what was captured. */
import { BookOpen, Search } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { type Explanation, explanationOf, KINDS, type Kind } from '../../explain/glossary/glossary.ts';
import { searchGlossary } from '../../explain/glossary/search.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { useOpenIn } from '../open-in.ts';
import { ICON } from '../shell/icons.tsx';
import './glossary.css';
import { listKeys } from './list-keys.ts';

export interface LookUp {
  readonly text: string;
  /** Undefined: all kinds. */
  readonly kind: Kind | undefined;
  /** What is read; undefined: the first that is found. */
  readonly shown: Pick<Explanation, 'kind' | 'key'> | undefined;
}

export const FIRST_LOOK_UP: LookUp = { text: '', kind: undefined, shown: undefined };

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  field: 'Fields',
  status: 'Status codes',
  method: 'Methods',
  token: 'Grammar',
  state: 'Parser states',
  fault: 'Faults',
};

interface Props {
  readonly lookUp: LookUp;
  onLookUp(lookUp: LookUp): void;
}

export function Glossary({ lookUp, onLookUp }: Props) {
  const { text, kind, shown } = lookUp;
  const found = useMemo(() => searchGlossary(text, kind), [text, kind]);
  const entry = (shown && explanationOf(shown.kind, shown.key)) ?? found[0];
  const at = entry === undefined ? -1 : found.indexOf(entry);
  const show = (next: number) => {
    const to = found[next];
    if (to) onLookUp({ ...lookUp, shown: { kind: to.kind, key: to.key } });
  };
  const onKeyDown = listKeys(at, found.length, show);
  return (
    <div className="glossary">
      <div className="glossary-find">
        <label className="glossary-box">
          <Search {...ICON} size={14} />
          <input
            type="search"
            aria-label="Search the glossary"
            placeholder="A name, a clause, or words"
            spellCheck={false}
            value={text}
            onChange={({ currentTarget: { value } }) => onLookUp({ text: value, kind, shown: undefined })}
            onKeyDown={onKeyDown}
          />
        </label>
        <fieldset className="glossary-kinds" aria-label="Kind">
          {[undefined, ...KINDS].map((each) => (
            <button
              key={each ?? 'all'}
              type="button"
              className={each === kind ? 'btn small on' : 'btn small'}
              aria-pressed={each === kind}
              onClick={() => onLookUp({ text, kind: each, shown: undefined })}
            >
              {each === undefined ? 'All' : KIND_NAMES[each]}
            </button>
          ))}
        </fieldset>
        <Found found={found} at={at} onShow={show} onKeyDown={onKeyDown} />
        <p className="glossary-count dim" role="status">
          {found.length === 0
            ? 'Nothing has all of these words'
            : `${formatCount(found.length)} entries, offline`}
        </p>
      </div>
      {entry ? (
        <Entry entry={entry} />
      ) : (
        <section className="glossary-entry" aria-label="Nothing found">
          <p className="glossary-line">No entry is called so, or says so</p>
          <p>Fewer words find more, and so does a part of a name.</p>
          <button type="button" className="btn line" onClick={() => onLookUp(FIRST_LOOK_UP)}>
            Show all entries
          </button>
        </section>
      )}
    </div>
  );
}

interface FoundProps {
  readonly found: readonly Explanation[];
  readonly at: number;
  onShow(at: number): void;
  onKeyDown(event: React.KeyboardEvent): void;
}

function Found({ found, at, onShow, onKeyDown }: FoundProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div
      ref={list}
      className="glossary-list"
      role="listbox"
      tabIndex={0}
      aria-label="Entries"
      aria-activedescendant={at < 0 ? undefined : `entry-${at}`}
      onKeyDown={onKeyDown}
    >
      {found.map((entry, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the list box.
        <div
          key={`${entry.kind} ${entry.key}`}
          id={`entry-${i}`}
          role="option"
          aria-selected={i === at}
          onClick={() => onShow(i)}
        >
          <span className="mono clip">{entry.name}</span>
          <span className="dim">{entry.kind}</span>
        </div>
      ))}
    </div>
  );
}

function Entry({ entry }: { readonly entry: Explanation }) {
  const { traffic } = useOpenIn();
  const { kind, name, line, paragraph, section, clause } = entry;
  const seen = filterFor(entry);
  return (
    <article className="glossary-entry" aria-label={name} data-testid="glossary-entry">
      <p className="glossary-kind dim">{KIND_NAMES[kind]}</p>
      <h2 className="mono">{name}</h2>
      <p className="glossary-line">{line}</p>
      <p>{paragraph}</p>
      <section aria-label="Clause">
        <h3>
          <BookOpen {...ICON} size={14} /> {section}
        </h3>
        <p>{clause}</p>
      </section>
      {seen !== undefined && (
        <button type="button" className="btn line" onClick={() => traffic(seen)}>
          Show it in Traffic
        </button>
      )}
    </article>
  );
}

/** What the filter box would be given to see requests with it; undefined where it has no word for that. */
function filterFor({ kind, key }: Explanation): string | undefined {
  if (kind === 'field') return `header:${key.toLowerCase()}`;
  return kind === 'status' || kind === 'method' ? `${kind}:${key}` : undefined;
}
