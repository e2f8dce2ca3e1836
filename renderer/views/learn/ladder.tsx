/** The ladder diagram of a connection, from what was captured, and a picture of it to keep. */
import { Download } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { SentConnection } from '../../../server-core/capture/send-call.ts';
import { formatBytes, formatClock, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import {
  type LadderArrow,
  type LadderPoint,
  type LadderWords,
  ladderLayout,
} from '../../learn/ladder-layout.ts';
import { tcpLife } from '../../learn/tcp-life.ts';
import type { LadderResult } from '../../store/queries/connection.ts';
import { CLOSE_SENTENCES } from '../detail/connection-tab.tsx';
import { ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import './ladder.css';
import { LadderGone } from './ladder-gone.tsx';
import { PagePicture } from './page-picture.tsx';
import { saveSvg } from './save-svg.ts';
import { TcpStrip } from './tcp-strip.tsx';
import { useHeldLadder } from './use-held-ladder.ts';

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

/** A page takes several connections; what was sent from here is one. */
type Of = 'connection' | 'page';

export function Ladder({ exchange, sent }: Props) {
  const [wanted, setOf] = useSetting<Of>('ladder-of', 'connection', oneOf(['connection', 'page'] as const));
  if (exchange === undefined) {
    return (
      <NoSignal
        title="No connection is chosen"
        text="Choose a request above. What you send in Compose is drawn with both of its ends."
      />
    );
  }
  const of = sent ? 'connection' : wanted;
  const choice = sent ? null : (
    <fieldset className="segments ladder-of" aria-label="What is drawn">
      {(['connection', 'page'] as const).map((each) => (
        <button
          key={each}
          type="button"
          className={of === each ? 'btn small on' : 'btn small'}
          aria-pressed={of === each}
          onClick={() => setOf(each)}
        >
          {each === 'connection' ? 'Its connection' : 'The page from it on'}
        </button>
      ))}
    </fieldset>
  );
  return of === 'page' ? (
    <PagePicture exchange={exchange} choice={choice} />
  ) : (
    <ConnectionLadder exchange={exchange} sent={sent} choice={choice} />
  );
}

interface LadderProps {
  readonly exchange: number;
  readonly sent: SentConnection | undefined;
  /** Stands first in the band. */
  readonly choice: ReactNode;
}

function ConnectionLadder({ exchange, sent, choice }: LadderProps) {
  const store = useStore();
  const [ask] = useState(() => (id: number) => store.ladder({ exchange: id }));
  const result = useHeldLadder(exchange, ask, isClosed);
  if (result) return <Picture result={result} sent={sent} choice={choice} />;
  return <LadderGone waiting={result === undefined} />;
}

function isClosed({ connection }: LadderResult): boolean {
  return connection.closedTime !== undefined;
}

interface PictureProps {
  readonly result: LadderResult;
  readonly sent: SentConnection | undefined;
  readonly choice: ReactNode;
}

function Picture({ result, sent, choice }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(box);
  const { hello } = useStoreState('hello');
  const layout = useMemo(() => ladderLayout(result, sent, WORDS), [result, sent]);
  const stages = useMemo(() => tcpLife(result.connection, sent), [result, sent]);
  const { connection } = result;
  const left = LEFT;
  const right = Math.max(LEFT + 120, width - RIGHT);
  const seen = sent
    ? '[both ends measured by one clock]'
    : '[the client is not ours: only its bytes are seen]';
  const save = () => {
    if (svg.current) saveSvg(svg.current, `connection-${connection.conn}.svg`);
  };
  return (
    <div className="ladder">
      <div className="band ladder-band">
        {choice}
        <b>c{formatCount(connection.conn)}</b>
        <span className="clip">
          {connection.remoteAddress}:{connection.remotePort} to port {connection.localPort}, accepted{' '}
          {formatClock(hello?.epochMs ?? 0, connection.openedTime)}
        </span>
        <span className="meta clip" title={seen}>
          {seen}
        </span>
        <span className="grow" />
        <button type="button" className="btn small" onClick={save}>
          <Download {...ICON} size={12} />
          Save as SVG
        </button>
      </div>
      <TcpStrip stages={stages} start={layout.start} />
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
