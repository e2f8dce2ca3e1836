/** Above the bytes: search, go to an offset, copy what is chosen, and what is drawn. */
import { ChevronDown, ChevronUp, Funnel, Hash, Pilcrow } from 'lucide-react';
import { useId } from 'react';
import { COPY_FORMATS, type CopyFormat } from '../../explain/copy-formats.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import type { ByteSearch } from './use-byte-search.ts';

export const FIND_MODES = ['text', 'hex', 'regex', 'offset'] as const;
export type FindMode = (typeof FIND_MODES)[number];
const MODE_WORDS: Readonly<Record<FindMode, { readonly name: string; readonly hint: string }>> = {
  text: { name: 'Text', hint: 'Find text' },
  hex: { name: 'Hex', hint: 'Find bytes: 0d 0a' },
  regex: { name: 'Regex', hint: 'Find by expression' },
  offset: { name: 'Go to', hint: 'Offset: 120, 0x78, +16' },
};

interface Props {
  readonly mode: FindMode;
  readonly words: string;
  readonly search: ByteSearch;
  /** Index of the match that is shown; undefined before one was. */
  readonly at: number | undefined;
  /** What a wrong offset is answered with. */
  readonly problem: string | undefined;
  readonly copies: number;
  readonly signs: boolean;
  readonly numbers: boolean;
  onMode(mode: FindMode): void;
  onWords(words: string): void;
  onStep(by: 1 | -1): void;
  onGo(): void;
  onCopy(format: CopyFormat): void;
  /** Undefined where so many bytes are no question. */
  readonly onFilter: (() => void) | undefined;
  onSigns(on: boolean): void;
  onNumbers(on: boolean): void;
}

export function ByteTools(props: Props) {
  const { mode, words, search, at, copies, signs, numbers } = props;
  const status = useId();
  const problem = mode === 'offset' ? props.problem : search.problem;
  const none = !search.busy && words !== '' && mode !== 'offset' && search.hits.length === 0;
  return (
    <div className="byte-tools">
      <select
        className="pick"
        aria-label="What to find"
        value={mode}
        onChange={(event) => props.onMode(event.currentTarget.value as FindMode)}
      >
        {FIND_MODES.map((each) => (
          <option key={each} value={each}>
            {MODE_WORDS[each].name}
          </option>
        ))}
      </select>
      <input
        className={problem !== undefined || none ? 'find mono wrong' : 'find mono'}
        type="text"
        spellCheck={false}
        autoComplete="off"
        data-byte-find
        aria-label={MODE_WORDS[mode].hint}
        aria-describedby={status}
        aria-invalid={problem !== undefined}
        placeholder={MODE_WORDS[mode].hint}
        value={words}
        onChange={(event) => props.onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            if (mode === 'offset') props.onGo();
            else props.onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape' && words !== '') {
            event.stopPropagation();
            props.onWords('');
          }
        }}
      />
      <span className="found" id={status} role="status" title={problem}>
        {problem !== undefined ? <span className="bad">{problem}</span> : countWords(props, at)}
      </span>
      <button
        type="button"
        className="btn small square"
        aria-label="Previous match"
        title="Previous match (Shift+Enter)"
        disabled={search.hits.length === 0}
        onClick={() => props.onStep(-1)}
      >
        <ChevronUp {...ICON} size={14} />
      </button>
      <button
        type="button"
        className="btn small square"
        aria-label="Next match"
        title="Next match (Enter)"
        disabled={search.hits.length === 0}
        onClick={() => props.onStep(1)}
      >
        <ChevronDown {...ICON} size={14} />
      </button>
      <span className="rule" />
      <select
        className="pick copy"
        aria-label="Copy the chosen bytes as"
        title={copies === 0 ? 'Choose bytes first' : `Copy ${formatCount(copies)} bytes`}
        disabled={copies === 0}
        value=""
        onChange={(event) => props.onCopy(event.currentTarget.value as CopyFormat)}
      >
        <option value="" hidden>
          Copy as
        </option>
        {Object.entries(COPY_FORMATS).map(([format, name]) => (
          <option key={format} value={format}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="btn small square"
        aria-label="Filter for the chosen bytes"
        title={
          props.onFilter ? 'Show only requests whose bytes hold these' : 'Choose some bytes first, at most 32'
        }
        disabled={props.onFilter === undefined}
        onClick={props.onFilter}
      >
        <Funnel {...ICON} size={14} />
      </button>
      <button
        type="button"
        className={signs ? 'btn small square on' : 'btn small square'}
        aria-label="Show spaces and line ends"
        aria-pressed={signs}
        title="Show space, CR, LF and TAB in the text column"
        onClick={() => props.onSigns(!signs)}
      >
        <Pilcrow {...ICON} size={14} />
      </button>
      <button
        type="button"
        className={numbers ? 'btn small square on' : 'btn small square'}
        aria-label="Show numbers"
        aria-pressed={numbers}
        title="Read the bytes at the cursor as numbers"
        onClick={() => props.onNumbers(!numbers)}
      >
        <Hash {...ICON} size={14} />
      </button>
    </div>
  );
}

function countWords({ mode, words, search }: Props, at: number | undefined): string {
  if (mode === 'offset' || words === '') return '';
  if (search.busy) return 'searching';
  const { length } = search.hits;
  if (length === 0) return 'none';
  const all = `${formatCount(length)}${search.capped ? '+' : ''}`;
  return at === undefined ? all : `${formatCount(at + 1)} of ${all}`;
}
