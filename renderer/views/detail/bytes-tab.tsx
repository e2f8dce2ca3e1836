/** Every byte of the exchange, and what each is. Bytes, parts and the readout point at each other. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { offsetOf, type Range } from '../../explain/byte-search.ts';
import { type CopyFormat, copyAs } from '../../explain/copy-formats.ts';
import type { TreeNode } from '../../explain/message-tree.ts';
import { formatCount } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { useShownBytes, useTellChosen } from '../present/pinned-bytes.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { narrowBy } from '../traffic/narrow.ts';
import { ByteTools, FIND_MODES, type FindMode } from './byte-tools.tsx';
import './bytes-tab.css';
import './byte-tools.css';
import { HexView } from './hex-view.tsx';
import { MessageSection, NoAnswer } from './message-section.tsx';
import { MessageTree } from './message-tree-view.tsx';
import { NumberInspector } from './number-inspector.tsx';
import { Readout } from './readout.tsx';
import { RebuiltNote } from './rebuilt-note.tsx';
import { type Region, regionAt, spanAt } from './regions.ts';
import { useByteSearch } from './use-byte-search.ts';
import { useByteValues } from './use-byte-values.ts';

type Side = 'in' | 'out';
interface Place {
  /** A place in another exchange points at nothing here. */
  readonly exchange: number;
  readonly side: Side;
  readonly offset: number;
  /** Where a selection began; the cursor itself when it holds one byte. */
  readonly anchor: number;
  /** The part of the tree that was pointed at rather than a byte. */
  readonly part: Range | undefined;
}

const ON_OFF = oneOf(['on', 'off'] as const);
/** More than this is no text to paste anywhere. */
const MOST_COPIED = 4 * 1024 * 1024;
/** Bytes in a filter: what is read at a glance. */
const MOST_ASKED = 32;

export function BytesTab({ detail }: { readonly detail: DetailResult }) {
  const { row, request, response } = detail;
  const store = useStore();
  const toast = useToast();
  const [hover, setHover] = useState<Place>();
  const [picked, setPicked] = useState<Place>();
  const [reveal, setReveal] = useState<Place>();
  const [mode, setMode] = useSetting<FindMode>('byte-find', 'text', oneOf(FIND_MODES));
  const [words, setWords] = useState('');
  const [hit, setHit] = useState<{ readonly words: string; readonly at: number }>();
  const [problem, setProblem] = useState<string>();
  const [signs, setSigns] = useSetting<'on' | 'off'>('byte-signs', 'on', ON_OFF);
  const [numbers, setNumbers] = useSetting<'on' | 'off'>('byte-numbers', 'off', ON_OFF);
  const search = useByteSearch(detail, mode === 'offset' ? '' : words, mode === 'offset' ? 'text' : mode);
  const box = useRef<HTMLDivElement>(null);

  const messages: Record<Side, MessageView | undefined> = { in: request, out: response };
  const own = (place: Place | undefined) => (place?.exchange === row.id ? place : undefined);
  const cursor = own(picked);
  const place = own(hover) ?? cursor;
  const message = place && messages[place.side];
  const region = message && regionOf(message, place);
  const selection = cursor && selectionOf(cursor);
  const values = useByteValues(row.id, message, place?.offset);

  useTellChosen(cursor && selection && { exchange: row.id, side: cursor.side, ...selection });
  const pinned = useShownBytes(row.id);
  useEffect(() => {
    if (!pinned) return;
    const { exchange, side, start, end } = pinned;
    const there = { exchange, side, offset: start, anchor: start, part: { start, end } };
    setPicked(there);
    setReveal(there);
  }, [pinned]);

  const show = (next: Place) => {
    setPicked(next);
    setReveal(next);
  };
  const pick = (side: Side, offset: number, extend: boolean) => {
    const anchor = extend && cursor?.side === side ? cursor.anchor : offset;
    show({ exchange: row.id, side, offset, anchor, part: undefined });
  };
  const point = (side: Side, node: TreeNode): Place => ({
    exchange: row.id,
    side,
    offset: node.start,
    anchor: node.start,
    part: { start: node.start, end: node.end },
  });
  const step = (by: 1 | -1) => {
    const { hits } = search;
    if (hits.length === 0) return;
    const at =
      hit?.words !== words ? (by > 0 ? 0 : hits.length - 1) : (hit.at + by + hits.length) % hits.length;
    const { side, start, end } = hits[at]!;
    setHit({ words, at });
    show({ exchange: row.id, side, offset: start, anchor: start, part: { start, end } });
  };
  const go = () => {
    const side = cursor?.side ?? (response ? 'out' : 'in');
    const length = messages[side]?.length ?? 0;
    const offset = offsetOf(words, cursor?.offset ?? 0);
    if (offset === undefined) return setProblem('Not an offset');
    if (offset < 0 || offset >= length) return setProblem(`0 to ${formatCount(Math.max(0, length - 1))}`);
    setProblem(undefined);
    pick(side, offset, false);
  };
  const copy = async (format: CopyFormat) => {
    if (!cursor || !selection) return;
    try {
      const count = selection.end - selection.start;
      if (count > MOST_COPIED) throw new Error('Choose less: at most 4 MB are copied as text');
      const bytes = await store.readBytes(row.id, cursor.side, selection.start, selection.end);
      await navigator.clipboard.writeText(copyAs(bytes, format, selection.start));
      toast({ text: `Copied ${formatCount(count)} ${count === 1 ? 'byte' : 'bytes'}` });
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error) });
    }
  };

  const filter = async ({ side }: Place, { start, end }: Range) => {
    const bytes = await store.readBytes(row.id, side, start, end).catch(() => undefined);
    if (bytes === undefined) return toast({ text: 'These bytes were trimmed' });
    narrowBy(store, `bytes:${copyAs(bytes, 'hex').replaceAll(' ', '')}`);
  };

  const section = (side: Side) => {
    const shown = messages[side];
    if (!shown) return <NoAnswer key={side} row={row} />;
    return (
      <MessageSection key={side} message={shown}>
        <HexView
          key={row.id}
          exchange={row.id}
          message={shown}
          label={side === 'in' ? 'Bytes of the request' : 'Bytes of the response'}
          region={place?.side === side ? region : undefined}
          cursor={cursor?.side === side ? cursor.offset : undefined}
          selection={cursor?.side === side ? selection : undefined}
          hits={search.hits.filter((each) => each.side === side)}
          reveal={own(reveal)?.side === side ? reveal : undefined}
          signs={signs === 'on'}
          onHover={(offset) =>
            setHover(
              offset === undefined
                ? undefined
                : { exchange: row.id, side, offset, anchor: offset, part: undefined },
            )
          }
          onPick={(offset, extend) => pick(side, offset, extend)}
        />
      </MessageSection>
    );
  };
  const parts = (side: Side) => {
    const shown = messages[side];
    if (!shown) return null;
    return (
      <section className="fields-of" key={side}>
        <h3 className="band">
          <DirectionArrow direction={side} />
          <b>
            {formatCount(shown.fields.length)} {shown.fields.length === 1 ? 'field' : 'fields'}
          </b>
        </h3>
        <MessageTree
          key={row.id}
          message={shown}
          label={side === 'in' ? 'Parts of the request' : 'Parts of the response'}
          scroller={box}
          lit={place?.side === side ? place.offset : undefined}
          onHover={(node) => setHover(node && point(side, node))}
          onPick={(node) => show(point(side, node))}
        />
      </section>
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const isGrid = (event.target as Element).getAttribute('role') === 'grid';
    if (command && (key === 'f' || key === 'g')) {
      if ((key === 'g') !== (mode === 'offset')) setMode(key === 'g' ? 'offset' : 'text');
      const box = event.currentTarget.querySelector<HTMLInputElement>('[data-byte-find]');
      box?.focus();
      box?.select();
    } else if (command && key === 'c' && isGrid && cursor) void copy('hex');
    else if (key === 'escape' && isGrid && cursor) setPicked(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole tab, wherever in it the focus is.
    <div className="bytes-pane" onKeyDown={onKeyDown}>
      <ByteTools
        mode={mode}
        words={words}
        search={search}
        at={hit?.words === words ? hit.at : undefined}
        problem={problem}
        copies={selection === undefined ? 0 : selection.end - selection.start}
        signs={signs === 'on'}
        numbers={numbers === 'on'}
        onMode={(next) => {
          setMode(next);
          setProblem(undefined);
        }}
        onWords={(next) => {
          setWords(next);
          setProblem(undefined);
        }}
        onStep={step}
        onGo={go}
        onCopy={(format) => void copy(format)}
        onFilter={
          cursor && selection && selection.end - selection.start <= MOST_ASKED
            ? () => void filter(cursor, selection)
            : undefined
        }
        onSigns={(on) => setSigns(on ? 'on' : 'off')}
        onNumbers={(on) => setNumbers(on ? 'on' : 'off')}
      />
      <RebuiltNote />
      <div className="bytes">
        <div className="bytes-hex">
          {section('in')}
          {section('out')}
        </div>
        <div className="bytes-side">
          <div className="bytes-fields" ref={box}>
            {parts('in')}
            {parts('out')}
          </div>
          {numbers === 'on' && <NumberInspector bytes={values} />}
          <Readout
            message={message}
            region={region}
            offset={place?.part ? undefined : place?.offset}
            value={values?.[0]}
            selection={selection}
          />
        </div>
      </div>
    </div>
  );
}

function regionOf(message: MessageView, { offset, part }: Place): Region | undefined {
  const region = regionAt(message, offset);
  if (part === undefined || region === undefined) return region;
  const { field } = region;
  const isField = field !== undefined && part.start === field.start && part.end === field.end;
  if (isField) return region;
  return { ...part, kind: spanAt(message, offset).kind, field: undefined };
}

function selectionOf({ offset, anchor, part }: Place): Range {
  return part ?? { start: Math.min(offset, anchor), end: Math.max(offset, anchor) + 1 };
}
