/** Any action by a few letters of its name: a combobox over a list, WAI-ARIA 1.2. */
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { ICON } from '../shell/icons.tsx';
import { type Found, fuzzyFind } from './fuzzy.ts';
import './palette.css';
import { useRecentActions } from './recent-actions.ts';
import { type Entry, usePaletteEntries } from './use-palette-entries.ts';

const PAGE = 8;

export function Palette({ onClose }: { onClose(): void }) {
  const entries = usePaletteEntries();
  const recent = useRecentActions();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const offered = useMemo(() => recent.first(entries), [recent, entries]);
  const found = useMemo(
    () =>
      fuzzyFind(
        offered.map(({ title }) => title),
        text,
        (index) => offered[index]!.isLater === true,
      ),
    [offered, text],
  );
  const at = Math.min(active, found.length - 1);
  const pick = (index: number) => {
    const entry = offered[found[index]?.index ?? -1];
    if (!entry) return;
    recent.remember(entry.key);
    // The dialog gives the focus back first; an action may want it elsewhere.
    onClose();
    queueMicrotask(() => entry.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = {
      ArrowDown: (at + 1) % found.length,
      ArrowUp: (at + found.length - 1) % found.length,
      PageDown: Math.min(found.length - 1, at + PAGE),
      PageUp: Math.max(0, at - PAGE),
    }[event.key];
    if (event.key === 'Enter') pick(at);
    else if (to === undefined) return;
    else setActive(to);
    event.preventDefault();
  };
  return (
    <Dialog label="Actions" onClose={onClose} className="palette">
      <div className="palette-box">
        <Search {...ICON} />
        <input
          autoFocus
          role="combobox"
          aria-label="Action"
          aria-expanded={true}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
          placeholder="What to do, by a few letters"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div id={listId} role="listbox" aria-label="Actions" className="palette-list">
        {found.map((each, i) => (
          <Option
            key={offered[each.index]!.key}
            id={`${listId}-${i}`}
            entry={offered[each.index]!}
            found={each}
            active={i === at}
            onPick={() => pick(i)}
          />
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">Nothing is called that.</p>}
      <span className="spoken" aria-live="polite">
        {text !== '' && `${found.length} found`}
      </span>
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly found: Found;
  readonly active: boolean;
  onPick(): void;
}

function Option({ id, entry, found, active, onPick }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
    <div ref={element} id={id} role="option" aria-selected={active} onClick={onPick}>
      <span className="palette-title clip">{lit(entry.title, found.ranges)}</span>
      <span className="about clip">{entry.about}</span>
      <span className="palette-keys">
        {entry.keys !== '' && entry.keys.split(' ').map((part) => <kbd key={part}>{part}</kbd>)}
      </span>
    </div>
  );
}

/** The title with what was meant of it marked. */
function lit(title: string, ranges: readonly number[]) {
  const parts = [];
  let from = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const [start, end] = [ranges[i]!, ranges[i + 1]!];
    parts.push(title.slice(from, start), <mark key={start}>{title.slice(start, end)}</mark>);
    from = end;
  }
  return [...parts, title.slice(from)];
}
