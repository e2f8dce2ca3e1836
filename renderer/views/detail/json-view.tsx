/** JSON as a tree that folds; each value's path can be copied. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import {
  foundRows,
  type JsonRow,
  jsonOutline,
  jsonPath,
  rowsAround,
  unfoldedRows,
} from '../../explain/json-rows.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useToast } from '../shell/toast.tsx';
import { FindBar } from './find-bar.tsx';

const LINE_PX = 18;
/** A value is shown up to here; the text view has it whole. */
const SHOWN = 400;
const NONE: ReadonlySet<number> = new Set();

export function JsonView({ text, cutOff }: { readonly text: string; readonly cutOff: boolean }) {
  const toast = useToast();
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, problem } = useMemo(() => jsonOutline(text), [text]);
  const [folded, setFolded] = useState(NONE);
  const [at, setAt] = useState(0);
  const [words, setWords] = useState('');
  const [hit, setHit] = useState<number>();
  const found = useMemo(() => foundRows(rows, words), [rows, words]);
  const seen = useMemo(() => unfoldedRows(rows, folded), [rows, folded]);
  const virtual = useVirtualizer({
    count: seen.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  });
  const fold = (index: number) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  const copyPath = async (index: number) => {
    const path = jsonPath(rows, index);
    await navigator.clipboard.writeText(path).then(
      () => toast({ text: `Copied ${path}` }),
      () => toast({ text: 'The clipboard is not open to this window' }),
    );
  };
  /** Opens what the next value found lies in, and shows it; the words keep the focus. */
  const step = (by: 1 | -1) => {
    if (found.length === 0) return;
    const next =
      hit === undefined ? (by > 0 ? 0 : found.length - 1) : (hit + by + found.length) % found.length;
    const index = found[next]!;
    const open = new Set(folded);
    for (const around of rowsAround(rows, index)) open.delete(around);
    const place = unfoldedRows(rows, open).indexOf(index);
    setHit(next);
    setFolded(open);
    setAt(place);
    // The list has its new rows only when it was drawn.
    requestAnimationFrame(() => virtual.scrollToIndex(place, { align: 'center' }));
  };
  const go = (to: number) => {
    const next = Math.max(0, Math.min(seen.length - 1, to));
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = seen[place]!;
    const row = rows[index]!;
    const isOpen = row.count > 0 && !folded.has(index);
    if (event.key === 'ArrowDown') go(place + 1);
    else if (event.key === 'ArrowUp') go(place - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(seen.length - 1);
    else if (event.key === 'ArrowRight' && row.count > 0) isOpen ? go(place + 1) : fold(index);
    else if (event.key === 'ArrowLeft') isOpen ? fold(index) : go(parentOf(rows, seen, place));
    else if (event.key === 'c') void copyPath(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="json-view">
      <FindBar
        words={words}
        count={found.length}
        at={hit}
        facts={`${formatCount(rows.length)} ${rows.length === 1 ? 'value' : 'values'}`}
        onWords={(next) => {
          setWords(next);
          setHit(undefined);
        }}
        onStep={step}
      />
      {problem !== undefined && (
        <p className={cutOff ? 'body-note' : 'body-note bad'} role="note">
          {cutOff ? 'This is only the beginning of it.' : `Not valid JSON. ${problem}.`}
        </p>
      )}
      <div className="json" ref={scroller}>
        <div
          role="tree"
          aria-label="JSON"
          style={{ height: virtual.getTotalSize() + 8, position: 'relative' }}
        >
          {virtual.getVirtualItems().map(({ index: place, start }) => {
            const index = seen[place]!;
            const row = rows[index]!;
            const nested = row.count > 0;
            return (
              <div
                key={index}
                role="treeitem"
                className={
                  hit !== undefined && found[hit] === index ? 'json-row mono found' : 'json-row mono'
                }
                style={{ top: start + 4, paddingLeft: 8 + row.depth * 16 }}
                aria-level={row.depth + 1}
                aria-expanded={nested ? !folded.has(index) : undefined}
                aria-selected={place === at}
                data-index={place}
                data-testid="json-row"
                tabIndex={place === Math.min(at, seen.length - 1) ? 0 : -1}
                onFocus={() => setAt(place)}
                onKeyDown={(event) => onKeyDown(event, place)}
                onClick={(event) => {
                  if (nested && !(event.target as Element).closest('button')) fold(index);
                }}
              >
                <span className="fold" aria-hidden="true">
                  {nested &&
                    (folded.has(index) ? (
                      <ChevronRight {...ICON} size={12} />
                    ) : (
                      <ChevronDown {...ICON} size={12} />
                    ))}
                </span>
                <span className="json-words">
                  {row.key !== undefined && (
                    <>
                      <span className={typeof row.key === 'number' ? 'dim' : 'c-name'}>{row.key}</span>
                      <span className="c-sign">: </span>
                    </>
                  )}
                  <JsonValue row={row} folded={folded.has(index)} />
                </span>
                <button
                  type="button"
                  className="btn small square"
                  aria-label={`Copy the path ${jsonPath(rows, index)}`}
                  title={`Copy the path (c): ${jsonPath(rows, index)}`}
                  tabIndex={-1}
                  onClick={() => void copyPath(index)}
                >
                  <Copy {...ICON} size={12} />
                </button>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function JsonValue({ row, folded }: { readonly row: JsonRow; readonly folded: boolean }) {
  const { kind, text, count } = row;
  if (kind === 'object' || kind === 'array') {
    const [open, close] = kind === 'object' ? '{}' : '[]';
    const words = kind === 'object' ? ['member', 'members'] : ['element', 'elements'];
    return (
      <>
        <span className="c-sign">
          {open}
          {folded ? ' … ' : ''}
          {folded || count === 0 ? close : ''}
        </span>
        <span className="json-count">
          {formatCount(count)} {count === 1 ? words[0] : words[1]}
        </span>
      </>
    );
  }
  const shown =
    text.length > SHOWN ? `${text.slice(0, SHOWN)}… ${formatCount(text.length)} characters` : text;
  return <span className={kind === 'string' ? 'c-string selectable' : 'c-number selectable'}>{shown}</span>;
}

function parentOf(rows: readonly JsonRow[], seen: Uint32Array, place: number): number {
  const depth = rows[seen[place]!]!.depth;
  for (let i = place - 1; i >= 0; i--) if (rows[seen[i]!]!.depth < depth) return i;
  return place;
}
