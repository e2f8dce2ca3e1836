/** The states that TCP went through, in order; those that no program is told of are said to be so. */
import { formatDuration, spell } from '../../geometry/quantities.ts';
import type { TcpStage } from '../../learn/tcp-life.ts';
import './tcp-strip.css';

interface Props {
  readonly stages: readonly TcpStage[];
  /** Times are told from here. */
  readonly start: number;
}

export function TcpStrip({ stages, start }: Props) {
  return (
    <ol className="tcp-strip" aria-label="States of TCP, at the server">
      {stages.map(({ state, sentence, from, unseen }, i) => (
        <li key={state} className={unseen ? 'unseen' : i === stages.length - 1 ? 'now' : ''}>
          <b className="mono">{state}</b>
          <span className={unseen ? 'meta' : 'mono dim'}>
            {unseen
              ? '[seen by the kernel only]'
              : from === undefined
                ? ' '
                : `+${spell(formatDuration(from - start))}`}
          </span>
          <p>{sentence}</p>
        </li>
      ))}
    </ol>
  );
}
