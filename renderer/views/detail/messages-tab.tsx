/** WebSocket messages and the events of event streams, as they come. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { closeMeaning } from '../../explain/close-codes.ts';
import { wireText } from '../../explain/wire-text.ts';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import type { TalkParams, TalkRow } from '../../store/queries/talk.ts';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import './messages-tab.css';
import { OpenedMessage } from './opened-message.tsx';
import { useTalk } from './use-talk.ts';

const ROW_PX = 20;
/** Rows asked for at once: some screens. */
const WINDOW = 200;

export function MessagesTab({ detail }: { readonly detail: DetailResult }) {
  return <Talk key={detail.row.id} detail={detail} />;
}

function Talk({ detail }: { readonly detail: DetailResult }) {
  const { hello } = useStoreState('hello');
  const exchange = detail.row.id;
  const scroller = useRef<HTMLDivElement>(null);
  const [follow, setFollow] = useState(true);
  const [first, setFirst] = useState(0);
  const [opened, setOpened] = useState<number>();
  const params = useMemo<TalkParams>(
    () => ({ exchange, first, count: WINDOW, tail: follow, opened }),
    [exchange, first, follow, opened],
  );
  const talk = useTalk(params);
  const total = talk?.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const top = items[0]?.index ?? 0;
  const held = talk?.first ?? 0;
  // The next window is asked for before the rows at hand run out.
  const bottom = items.at(-1)?.index ?? 0;
  const isShort = top < held || bottom >= held + (talk?.rows.length ?? 0);
  useEffect(() => {
    if (!follow && isShort) setFirst(Math.max(0, top - WINDOW / 4));
  }, [follow, isShort, top]);
  const latest = useRef(virtual);
  latest.current = virtual;
  useEffect(() => {
    if (follow && total > 0) latest.current.scrollToIndex(total - 1, { align: 'end' });
  }, [follow, total]);

  const open = (index: number) => {
    if (index < 0 || index >= total) return;
    setOpened(index);
    setFollow(false);
    setFirst(Math.max(0, Math.min(first, index), index - WINDOW / 2));
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = opened ?? -1;
    const page = Math.floor((scroller.current?.clientHeight ?? 200) / ROW_PX) - 1;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(total - 1, at + page),
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: total - 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    open(to);
  };
  if (talk === undefined || talk.kind === 'none') return <div className="messages" />;
  const isSocket = talk.kind === 'web-socket';
  const start = detail.row.responseTime ?? detail.row.beginTime;
  return (
    <div className="messages">
      <div className="band">
        <b>
          {formatCount(total)}{' '}
          {isSocket ? (total === 1 ? 'message' : 'messages') : total === 1 ? 'event' : 'events'}
        </b>
        <span className="clip">{detail.row.endTime === undefined ? 'open' : 'ended'}</span>
        <span className="grow" />
        <button
          type="button"
          className={follow ? 'btn small on' : 'btn small'}
          aria-pressed={follow}
          onClick={() => setFollow(!follow)}
        >
          <ArrowDownToLine {...ICON} size={14} />
          Follow
        </button>
      </div>
      {talk.problem !== undefined && <p className="body-note">{talk.problem}.</p>}
      {total === 0 ? (
        <p className="body-none">{isSocket ? 'No message was sent yet.' : 'No event was sent yet.'}</p>
      ) : (
        <div
          className="talk"
          ref={scroller}
          role="listbox"
          aria-label={isSocket ? 'WebSocket messages' : 'Events'}
          aria-activedescendant={opened === undefined ? undefined : `talk-${opened}`}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onWheel={(event) => event.deltaY < 0 && setFollow(false)}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(({ index, start: y }) => {
              const row = talk.rows[index - held];
              return (
                row && (
                  <TalkLine
                    key={index}
                    row={row}
                    top={y}
                    total={total}
                    chosen={index === opened}
                    clock={formatClock(hello?.epochMs ?? 0, row.time)}
                    delay={spell(formatDuration(row.time - start))}
                    onOpen={() => open(index)}
                  />
                )
              );
            })}
          </div>
        </div>
      )}
      {talk.opened !== undefined && opened !== undefined && (
        <OpenedMessage opened={talk.opened} onClose={() => setOpened(undefined)} />
      )}
    </div>
  );
}

interface LineProps {
  readonly row: TalkRow;
  readonly top: number;
  readonly total: number;
  readonly chosen: boolean;
  readonly clock: string;
  readonly delay: string;
  onOpen(): void;
}

function TalkLine({ row, top, total, chosen, clock, delay, onOpen }: LineProps) {
  const { direction, kind, length, frames, preview } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys, as its options have no focus of their own.
    <div
      id={`talk-${row.index}`}
      role="option"
      className={chosen ? 'talk-row on' : 'talk-row'}
      style={{ top }}
      aria-selected={chosen}
      aria-posinset={row.index + 1}
      aria-setsize={total}
      data-testid="talk-row"
      data-kind={kind}
      data-direction={direction}
      onClick={onOpen}
    >
      <DirectionArrow direction={direction} />
      <span className="spoken">{direction === 'in' ? 'from the client' : 'from the server'}</span>
      <span className="mono dim" title={`${delay} after the answer began`}>
        {clock}
      </span>
      <span className={`talk-kind ${kind}`}>{kind === 'event' ? wireText(row.event) : kind}</span>
      <span className="mono clip talk-words">{kind === 'close' ? closeWords(row) : wireText(preview)}</span>
      <span className="dim talk-size">
        {frames > 1 && `${formatCount(frames)} frames, `}
        {row.inflated !== undefined && `${spell(formatBytes(row.inflated))} as `}
        {spell(formatBytes(length))}
      </span>
    </div>
  );
}

function closeWords({ closeCode, preview }: TalkRow): string {
  const code = closeCode === undefined ? '' : `${closeCode} `;
  return `${code}${closeMeaning(closeCode)}${preview === '' ? '' : `: ${preview}`}`;
}
