/** The ladder diagram of a connection, from what was captured, and a picture of it to keep. */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SentConnection } from '../../../server-core/capture/send-call.ts';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import {
  type LadderArrow,
  type LadderPoint,
  type LadderWords,
  ladderLayout,
} from '../../learn/ladder-layout.ts';
import type { LadderResult } from '../../store/queries/connection.ts';
import { CLOSE_SENTENCES } from '../detail/connection-tab.tsx';
import { ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import './ladder.css';
import { saveSvg } from './save-svg.ts';

interface Props {
  readonly exchange: number | undefined;
  readonly sent: SentConnection | undefined;
}

const HEAD = 44;
/** Room beside the lines: words and clock of each end. */
const LEFT = 236;
const RIGHT = 316;
const FOOT = 12;

const WORDS: LadderWords = {
  bytes: (length) => spell(formatBytes(length)),
  closed: ({ connection }) =>
    connection.closeReason === undefined ? 'closed' : CLOSE_SENTENCES[connection.closeReason],
};

export function Ladder({ exchange, sent }: Props) {
  const result = useLadder(exchange);
  if (exchange === undefined) {
    return (
      <NoSignal
        title="No connection is chosen"
        text="Choose a request above. What you send in Compose is drawn with both of its ends."
      />
    );
  }
  if (!result) {
    return result === undefined ? (
      <NoSignal title="On its way" text="The connection is being read." />
    ) : (
      <NoSignal title="This connection was trimmed from the log" text="Choose a later one." />
    );
  }
  return <Picture result={result} sent={sent} />;
}

interface PictureProps {
  readonly result: LadderResult;
  readonly sent: SentConnection | undefined;
}

function Picture({ result, sent }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(box);
  const { hello } = useStoreState();
  const layout = useMemo(() => ladderLayout(result, sent, WORDS), [result, sent]);
  const { connection } = result;
  const left = LEFT;
  const right = Math.max(LEFT + 120, width - RIGHT);
  const save = () => {
    if (svg.current) saveSvg(svg.current, `connection-${connection.conn}.svg`);
  };
  return (
    <div className="ladder">
      <div className="band ladder-band">
        <b>c{formatCount(connection.conn)}</b>
        <span>
          {connection.remoteAddress}:{connection.remotePort} to port {connection.localPort}, accepted{' '}
          {formatClock(hello?.epochMs ?? 0, connection.openedTime)}
        </span>
        <span className="meta">
          {sent ? '[both ends measured by one clock]' : '[the client is not ours: only its bytes are seen]'}
        </span>
        <span className="grow" />
        <button type="button" className="btn small" onClick={save}>
          <Download {...ICON} size={12} />
          Save as SVG
        </button>
      </div>
      <div
        className="ladder-well well"
        ref={box}
        tabIndex={0}
        role="group"
        aria-label="Ladder of the connection"
      >
        <svg
          ref={svg}
          width={width}
          height={HEAD + layout.height + FOOT}
          role="img"
          aria-label={`${layout.points.length} events of connection ${connection.conn}`}
        >
          <Column x={left} name="Client" height={layout.height} className={sent ? '' : 'unknown'} />
          <text className="column-name dim" x={(left + right) / 2} y={24} textAnchor="middle">
            Network
          </text>
          <Column x={right} name="Server" height={layout.height} className="" />
          <g transform={`translate(0 ${HEAD})`}>
            {layout.gaps.map(({ y, micros }) => (
              <text key={y} className="gap" x={(left + right) / 2} y={y + 3} textAnchor="middle">
                {spell(formatDuration(micros))} later
              </text>
            ))}
            {layout.arrows.map((arrow, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: arrows have no other name than their place.
              <Arrow key={n} arrow={arrow} left={left} right={right} />
            ))}
            {layout.points.map((point, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: points have no other name than their place.
              <Point key={n} point={point} start={layout.start} left={left} right={right} />
            ))}
          </g>
        </svg>
      </div>
    </div>
  );
}

interface ColumnProps {
  readonly x: number;
  readonly name: string;
  readonly height: number;
  readonly className: string;
}

function Column({ x, name, height, className }: ColumnProps) {
  return (
    <>
      <text className="column-name" x={x} y={24} textAnchor="middle">
        {name}
      </text>
      <path className={`column-line ${className}`} d={`M${x + 0.5} 32V${HEAD + height}`} />
    </>
  );
}

interface PlaceProps {
  readonly left: number;
  readonly right: number;
}

function Point({
  point,
  start,
  left,
  right,
}: PlaceProps & { readonly point: LadderPoint; readonly start: number }) {
  const { end, kind, words, y, time } = point;
  const isClient = end === 'client';
  const x = isClient ? left : right;
  return (
    <g className={`point ${kind}`}>
      <circle cx={x + 0.5} cy={y} r={kind === 'wire' ? 2 : 3} />
      <text x={isClient ? x - 10 : x + 10} y={y + 4} textAnchor={isClient ? 'end' : 'start'}>
        {words}
      </text>
      <text
        className="clock"
        x={isClient ? 16 : right + RIGHT - 16}
        y={y + 4}
        textAnchor={isClient ? 'start' : 'end'}
      >
        +{spell(formatDuration(time - start))}
      </text>
    </g>
  );
}

function Arrow({ arrow, left, right }: PlaceProps & { readonly arrow: LadderArrow }) {
  const { direction, fromY, toY } = arrow;
  const [from, to] = direction === 'in' ? [left, right] : [right, left];
  const y1 = fromY ?? toY ?? 0;
  const y2 = toY ?? fromY ?? 0;
  const step = direction === 'in' ? -1 : 1;
  const tip = to + step * 4;
  const isWhole = fromY !== undefined && toY !== undefined;
  return (
    <g className={`arrow ${direction}`}>
      <path className={isWhole ? '' : 'guessed'} d={`M${from} ${y1}L${tip} ${y2}`} />
      <path className="tip" d={`M${tip} ${y2}l${step * 8} -4v8z`} />
    </g>
  );
}

/** Read again while the connection goes on: whenever something new was captured. Null when it is not held. */
function useLadder(exchange: number | undefined): LadderResult | null | undefined {
  const store = useStore();
  const { lastTime } = useStoreState();
  const [held, setHeld] = useState<{
    readonly exchange: number;
    readonly result: LadderResult | null;
  }>();
  const isOver = held?.exchange === exchange && held?.result?.connection.closedTime !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later last time means that there may be more.
  useEffect(() => {
    if (exchange === undefined || isOver) return;
    let wanted = true;
    void store.ladder({ exchange }).then((result) => wanted && setHeld({ exchange, result: result ?? null }));
    return () => {
      wanted = false;
    };
  }, [store, exchange, isOver, lastTime]);
  return held?.exchange === exchange ? held?.result : undefined;
}
