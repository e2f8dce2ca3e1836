/** The load of a page, drawn: the client's line, a line for each connection, and what went between them. */
import { Download } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { formatBytes, formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import { type PageRung, pageLadder } from '../../learn/page-ladder.ts';
import type { PageLoad } from '../../store/queries/connection.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useSize } from '../shell/use-size.ts';
import './ladder.css';
import { LadderGone } from './ladder-gone.tsx';
import { saveSvg } from './save-svg.ts';
import { useHeldLadder } from './use-held-ladder.ts';

const HEAD = 44;
const FOOT = 12;
/** Room for clock and words, left of the client's line. */
const LEFT = 316;
const RIGHT = 48;
const LEAST_COLUMN = 48;
const MOST_COLUMN = 180;

interface Props {
  /** That of the page itself. */
  readonly exchange: number;
  readonly choice: ReactNode;
}

export function PagePicture({ exchange, choice }: Props) {
  const store = useStore();
  const [ask] = useState(() => (id: number) => store.pageLoad(id));
  const load = useHeldLadder(exchange, ask, never);
  if (!load) return <LadderGone waiting={load === undefined} />;
  return <Picture load={load} choice={choice} />;
}

/** Who asks may ask for more. */
function never(): boolean {
  return false;
}

function Picture({ load, choice }: { readonly load: PageLoad; readonly choice: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(box);
  const ladder = useMemo(() => pageLadder(load, { bytes: (length) => spell(formatBytes(length)) }), [load]);
  const { connections } = load;
  const room = (width - LEFT - RIGHT) / Math.max(1, connections.length);
  const step = Math.max(LEAST_COLUMN, Math.min(MOST_COLUMN, room));
  const xOf = (column: number) => Math.round(LEFT + (column + 1) * step);
  const requests = connections.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  return (
    <div className="ladder">
      <div className="band ladder-band">
        {choice}
        <b>{requests === 1 ? '1 request' : `${formatCount(requests)} requests`}</b>
        <span className="clip">
          over {connections.length === 1 ? '1 connection' : `${formatCount(connections.length)} connections`}
          {load.more && ', and more'}, in {spell(formatDuration(load.to - load.from))}
        </span>
        <span className="meta clip">[until the client paused for 2 s, or went to another page]</span>
        <span className="grow" />
        <button
          type="button"
          className="btn small"
          onClick={() => svg.current && saveSvg(svg.current, 'page-load.svg')}
        >
          <Download {...ICON} size={12} />
          Save as SVG
        </button>
      </div>
      <div className="ladder-well well" ref={box} tabIndex={0} role="group" aria-label="Ladder of the page">
        <svg
          ref={svg}
          width={Math.max(width, xOf(connections.length - 1) + RIGHT)}
          height={HEAD + ladder.height + FOOT}
          role="img"
          aria-label={`${ladder.rungs.length} events of ${connections.length} connections`}
        >
          <Line x={LEFT} name="Client" height={ladder.height} unknown />
          {connections.map(({ connection: { conn } }, column) => (
            <Line key={conn} x={xOf(column)} name={`c${conn}`} height={ladder.height} />
          ))}
          <g transform={`translate(0 ${HEAD})`}>
            {ladder.gaps.map(({ y, micros }) => (
              <text key={y} className="gap" x={LEFT + 8} y={y + 3}>
                {spell(formatDuration(micros))} later
              </text>
            ))}
            {ladder.rungs.map((rung, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rungs have no other name than their place.
              <Rung key={n} rung={rung} start={ladder.start} x={xOf(rung.column)} />
            ))}
          </g>
        </svg>
      </div>
    </div>
  );
}

interface LineProps {
  readonly x: number;
  readonly name: string;
  readonly height: number;
  readonly unknown?: boolean;
}

function Line({ x, name, height, unknown = false }: LineProps) {
  return (
    <>
      <text className="column-name" x={x} y={24} textAnchor="middle">
        {name}
      </text>
      <path
        className={unknown ? 'column-line unknown' : 'column-line'}
        d={`M${x + 0.5} 32V${HEAD + height}`}
      />
    </>
  );
}

const POINT_KINDS: Readonly<Record<PageRung['kind'], string>> = {
  accepted: 'note',
  request: 'head',
  answer: 'wire',
  end: 'wire',
  bad: 'bad',
  closed: 'end',
};

/** Times are the server's: the client's end of an arrow is where it must have been, and so dashed. */
function Rung({ rung, start, x }: { readonly rung: PageRung; readonly start: number; readonly x: number }) {
  const { kind, words, y, time } = rung;
  const direction = kind === 'request' ? 'in' : kind === 'answer' || kind === 'end' ? 'out' : undefined;
  return (
    <g className={`point ${POINT_KINDS[kind]}`}>
      {direction && (
        <g className={`arrow ${direction}`}>
          <path className="guessed" d={`M${LEFT} ${y}H${x}`} />
          <path
            className="tip"
            d={direction === 'in' ? `M${x - 4} ${y}l-8 -4v8z` : `M${LEFT + 4} ${y}l8 -4v8z`}
          />
        </g>
      )}
      <circle cx={x + 0.5} cy={y} r={direction ? 2 : 3} />
      <text x={LEFT - 10} y={y + 4} textAnchor="end">
        {words}
      </text>
      <text className="clock" x={16} y={y + 4}>
        +{spell(formatDuration(time - start))}
      </text>
    </g>
  );
}
