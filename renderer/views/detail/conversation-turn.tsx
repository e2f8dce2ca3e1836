/** One turn of a conversation: who speaks, when, and what. */
import { type Ref, useEffect, useMemo, useState } from 'react';
import { turnText } from '../../explain/turn-text.ts';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import type { Turn } from '../../store/queries/conversation.ts';
import { useOpenIn } from '../open-in.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';

interface Props {
  readonly ref: Ref<HTMLLIElement>;
  readonly index: number;
  readonly top: number;
  readonly conn: number;
  readonly turn: Turn;
  /** The turn before it, to tell how long it took to come. */
  readonly before: Turn | undefined;
  /** Of the exchange in the detail. */
  readonly own: boolean;
}

/** A turn is shown up to here; the Bytes and Body of its exchange have the rest. */
const SHOWN_BYTES = 4096;

export function ConversationTurn({ ref, index, top, conn, turn, before, own }: Props) {
  const { hello } = useStoreState('hello');
  const { select } = useOpenIn();
  const { direction, exchange, time, length } = turn;
  const bytes = useTurnBytes(conn, turn);
  const said = useMemo(
    () =>
      bytes instanceof Uint8Array
        ? turnText(bytes, before?.exchange !== exchange || before.direction !== direction)
        : undefined,
    [bytes, before, exchange, direction],
  );
  const more = bytes instanceof Uint8Array ? length - bytes.length : 0;
  const speaker = direction === 'in' ? 'Client' : 'Server';
  return (
    <li
      ref={ref}
      data-index={index}
      className={own ? `turn ${direction} own` : `turn ${direction}`}
      style={{ top }}
      data-testid="turn"
      data-direction={direction}
    >
      <p className="turn-head">
        <DirectionArrow direction={direction} />
        <b>{speaker}</b>
        <span className="mono">{formatClock(hello?.epochMs ?? 0, time)}</span>
        {before && <span>+{spell(formatDuration(time - before.endTime))}</span>}
        <span className="grow" />
        <span>{spell(formatBytes(length))}</span>
        {exchange > 0 && (
          <button
            type="button"
            className="btn small"
            aria-current={own}
            disabled={own}
            title={own ? 'Shown here' : `Choose request ${exchange}`}
            onClick={() => select(exchange)}
          >
            #{formatCount(exchange)}
          </button>
        )}
      </p>
      {typeof bytes === 'string' && <p className="turn-note">{bytes}.</p>}
      {said && said.text !== '' && <pre className="mono selectable">{said.text}</pre>}
      {said && said.binary + more > 0 && (
        <p className="turn-note meta">
          [
          {said.binary > 0
            ? `${spell(formatBytes(said.binary + more))} that are no text`
            : `${spell(formatBytes(more))} more`}
          ]
        </p>
      )}
    </li>
  );
}

/** The first bytes of a turn; a sentence where they could not be had, and undefined while they are on their way. */
function useTurnBytes(conn: number, { direction, offset, length }: Turn): Uint8Array | string | undefined {
  const store = useStore();
  const [bytes, setBytes] = useState<Uint8Array | string>();
  const end = offset + Math.min(length, SHOWN_BYTES);
  useEffect(() => {
    let isLate = false;
    store.readStream(conn, direction, offset, end).then(
      (read) => isLate || setBytes(read),
      (error: unknown) => isLate || setBytes(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isLate = true;
    };
  }, [store, conn, direction, offset, end]);
  return bytes;
}
