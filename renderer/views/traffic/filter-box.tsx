/** The filter box: a text in its inks, what it may go on with, and what is wrong with it. */
import { CircleAlert, Search, SearchCheck, SearchX } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStoreState, useStoreValue } from '../shell/store-context.tsx';
import { usePaced } from '../shell/use-paced.ts';
import './filter-box.css';
import type { FilterError } from '../../filter/ast.ts';
import { FilterHelp } from './filter-help.tsx';
import { FilterInks } from './filter-inks.tsx';
import { type FilterMove, filterMove } from './filter-keys.ts';
import { useFilterMemory } from './filter-memory.ts';
import { FilterMessage } from './filter-message.tsx';
import { FilterOptions, optionId } from './filter-options.tsx';
import { FilterTools } from './filter-tools.tsx';
import { SaveFilter } from './save-filter.tsx';
import { useDismiss } from './use-dismiss.ts';
import { type FilterOption, useFilterOptions } from './use-filter-options.ts';
import { useFilterText } from './use-filter-text.ts';

/** What hangs below the box. */
type Panel = 'options' | 'save' | 'help' | undefined;

const SPOKEN_MS = 500;

export function FilterBox() {
  const { filter } = useStoreState('filter');
  const isNone = useStoreValue(({ ledger }) => ledger.shown === 0);
  const { text, inForce, error, set } = useFilterText();
  const memory = useFilterMemory();
  const [panel, setPanel] = useState<Panel>();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(-1);
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const options = useFilterOptions(text, caret, memory, panel === 'options');
  const isOpen = panel === 'options' && options.length > 0 && (asked || !isGeneral(options));
  const chosen = isOpen ? options[active] : undefined;
  useDismiss(box, panel !== undefined, () => setPanel(undefined));

  // A caret that React cannot know of, because the text was not typed.
  const caretDue = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caretDue.current === undefined) return;
    input.current?.setSelectionRange(caretDue.current, caretDue.current);
    caretDue.current = undefined;
  });

  const put = (next: string, at: number) => {
    caretDue.current = at;
    setCaret(at);
    set(next);
  };
  const accept = (option: FilterOption) => {
    const next = text.slice(0, option.start) + option.text + text.slice(option.end);
    put(next, option.start + option.text.length);
    setActive(-1);
    if (!option.more) {
      setPanel(undefined);
      memory.remember(next);
    }
    input.current?.focus();
  };
  const clear = () => {
    memory.remember(text);
    put('', 0);
    setPanel(undefined);
    input.current?.focus();
  };
  const open = (at: number) => {
    setPanel('options');
    setAsked(true);
    setActive(at);
    setCaret(input.current?.selectionStart ?? text.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const move = filterMove(event, {
      isEmpty: text === '',
      isOpen,
      hasOther: panel === 'save' || panel === 'help',
      hasOptions: options.length > 0,
      chosen: chosen?.kind,
      completes: (options[0]?.typed ?? '') !== '',
    });
    if (!move) return;
    event.preventDefault();
    // Escape goes no further while there is something here to close.
    event.stopPropagation();
    act(move);
  };
  const act = (move: FilterMove) => {
    switch (move) {
      case 'open-first':
        return open(0);
      case 'open':
        return open(-1);
      case 'next':
        return setActive(stepped(active, 1, options.length));
      case 'previous':
        return setActive(stepped(active, -1, options.length));
      case 'accept':
        return accept(chosen ?? options[0]!);
      case 'forget':
        return memory.forget(chosen?.text ?? '');
      case 'done':
        setPanel(undefined);
        memory.remember(text);
        if (error === undefined) focusList();
        return;
      case 'close':
        return setPanel(undefined);
      case 'clear':
        return clear();
      case 'leave':
        return focusList();
    }
  };

  const isEmpty = text.trim() === '';
  const look = lookOf(isEmpty, error, isNone);
  const Sign = SIGNS[look];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: from whatever of it has the focus.
    <div
      className="filter-place"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || panel === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        setPanel(undefined);
        input.current?.focus();
      }}
    >
      <div className={`filter ${look}`}>
        <Sign {...ICON} />
        <div className="filter-text mono">
          <FilterInks text={text} wrong={look === 'wrong' ? error : undefined} />
          <input
            ref={input}
            data-filter
            type="text"
            role="combobox"
            aria-label="Filter"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={chosen && optionId(listId, active)}
            aria-invalid={look === 'wrong'}
            aria-describedby={error && `${listId}-message`}
            placeholder="Words of a row, or status:4xx  type:img  time>200ms"
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={({ target }) => {
              set(target.value);
              setCaret(target.selectionStart ?? target.value.length);
              setActive(-1);
              setAsked(false);
              setPanel('options');
            }}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
            onClick={() => {
              if (text === '') open(-1);
            }}
            onScroll={({ currentTarget }) => {
              const inks = currentTarget.previousElementSibling;
              if (inks) inks.scrollLeft = currentTarget.scrollLeft;
            }}
            onBlur={() => memory.remember(text)}
            onKeyDown={onKeyDown}
          />
        </div>
        <FilterTools
          isEmpty={isEmpty}
          canSave={error === undefined}
          isSaved={memory.saved.some((saved) => saved.text === text.trim())}
          panel={panel}
          onClear={clear}
          onToggle={(which) => setPanel(panel === which ? undefined : which)}
        />
      </div>
      {(isOpen || error || panel === 'save' || panel === 'help') && (
        <div className={panel === 'help' ? 'filter-panel wide' : 'filter-panel'}>
          {panel === 'save' && (
            <SaveFilter
              text={text.trim()}
              memory={memory}
              onClose={() => {
                setPanel(undefined);
                input.current?.focus();
              }}
            />
          )}
          {panel === 'help' && (
            <FilterHelp
              onPick={(example) => {
                put(example, example.length);
                setPanel(undefined);
                input.current?.focus();
              }}
            />
          )}
          {error && panel !== 'save' && panel !== 'help' && (
            <FilterMessage
              id={`${listId}-message`}
              error={error}
              inForce={inForce}
              quiet={isOpen}
              onFix={(fix) => {
                put(text.slice(0, error.start) + fix + text.slice(error.end), error.start + fix.length);
                input.current?.focus();
              }}
            />
          )}
          <FilterOptions
            id={listId}
            options={isOpen ? options : []}
            active={active}
            onActive={setActive}
            onPick={accept}
          />
        </div>
      )}
      <span className="spoken" aria-live="polite">
        {!isEmpty && filter.text === text && <ShownCount />}
      </span>
    </div>
  );
}

/** What does not go on from anything typed: it comes when it is asked for, and is not in the way of who types on. */
function isGeneral([first]: readonly FilterOption[]): boolean {
  return first?.typed === '' && (first.kind !== 'completion' || first.more);
}

const SIGNS = { empty: Search, unfinished: Search, wrong: CircleAlert, some: SearchCheck, none: SearchX };

function lookOf(isEmpty: boolean, error: FilterError | undefined, isNone: boolean): keyof typeof SIGNS {
  if (error !== undefined) return error.incomplete ? 'unfinished' : 'wrong';
  if (isEmpty) return 'empty';
  return isNone ? 'none' : 'some';
}

/** For who hears it: as often as it can be heard, and not before the filter was applied. */
function ShownCount() {
  const { ledger } = useStoreState('ledger');
  const [isFirst, setFirst] = useState(true);
  useEffect(() => setFirst(false), []);
  const shown = usePaced(isFirst ? undefined : ledger.shown, SPOKEN_MS);
  return shown === undefined ? null : `${formatCount(shown)} shown`;
}

/** One place more than there are lines: back in the box. */
function stepped(active: number, by: 1 | -1, lines: number): number {
  return ((active + 1 + by + lines + 1) % (lines + 1)) - 1;
}

function focusList(): void {
  document.querySelector<HTMLElement>('[data-list]')?.focus();
}
