/** All that crossed on a connection, as a conversation of its two ends; only the turns on screen are read and drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { ConversationTurn } from './conversation-turn.tsx';
import './conversation.css';
import { useConversation } from './use-conversation.ts';

interface Props {
  readonly detail: DetailResult;
  /** Scrolls the conversation with what stands above it. */
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Before it is drawn: a head of some lines. */
const TURN_PX = 160;

export function ConversationView({ detail, scroller }: Props) {
  const told = useConversation(detail);
  const list = useRef<HTMLOListElement>(null);
  const [above, setAbove] = useState(0);
  const turns = told?.turns ?? [];
  const virtual = useVirtualizer({
    count: turns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => TURN_PX,
    getItemKey: (index) => `${turns[index]?.direction} ${turns[index]?.offset}`,
    overscan: 4,
    scrollMargin: above,
  });
  // What stands above has no fixed height.
  useLayoutEffect(() => setAbove(list.current?.offsetTop ?? 0), []);
  if (told === undefined) return null;
  const all = told.before + turns.length + told.after;
  const own = turns.findIndex(({ exchange }) => exchange === detail.row.id);
  return (
    <section className="conversation" aria-label="Conversation">
      <h3 className="band">
        <b>Conversation</b>
        <span>
          {formatCount(all)} {all === 1 ? 'turn' : 'turns'}
        </span>
        <span className="grow" />
        {own >= 0 && (
          <button
            type="button"
            className="btn line small"
            onClick={() => virtual.scrollToIndex(own, { align: 'start' })}
          >
            To #{formatCount(detail.row.id)}
          </button>
        )}
      </h3>
      {told.before > 0 && <p className="turns-left meta">[{formatCount(told.before)} turns before these]</p>}
      <ol ref={list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <ConversationTurn
            key={key}
            ref={virtual.measureElement}
            index={index}
            top={start - above}
            conn={told.conn}
            turn={turns[index]!}
            before={turns[index - 1]}
            own={turns[index]!.exchange === detail.row.id}
          />
        ))}
      </ol>
      {told.after > 0 && <p className="turns-left meta">[{formatCount(told.after)} turns after these]</p>}
    </section>
  );
}
