/** How the server came to its answer. None of this is on the wire: it is what the server said of itself. */

import type { MarkName } from '../../../server-core/capture/events.ts';
import { wireText } from '../../explain/wire-text.ts';
import { formatDuration } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { Figure } from '../shell/figures.tsx';
import { StatusShape, statusClass } from '../shell/icons.tsx';
import './why-tab.css';

const STEP_NAMES: Record<MarkName, string> = {
  route: 'Route',
  resolve: 'Which file',
  open: 'The file',
  decision: 'Decided',
  handler: 'Handler',
  'first-byte': 'First byte written',
  'drain-wait': 'Waits for the socket',
  drained: 'Goes on sending',
  timeout: 'Ran out of time',
  note: 'Note',
};
/** Back-pressure is a matter of time, not of reasons: it stands under Timing. */
const ELSEWHERE: readonly MarkName[] = ['drain-wait', 'drained', 'first-byte'];

export function WhyTab({ detail }: { readonly detail: DetailResult }) {
  const { row, response } = detail;
  const steps = detail.marks.filter(({ mark }) => !ELSEWHERE.includes(mark));
  const reason = wireText(response?.startLine[2] ?? '');
  return (
    <div className="sheet-pane why" tabIndex={0}>
      <h3 className="band">
        <b>Why this answer</b>
        <span className="grow" />
        <span className="meta">[not on the wire]</span>
      </h3>
      {steps.length === 0 ? (
        <p className="why-none">The server noted no steps for this exchange.</p>
      ) : (
        <ol className="steps">
          {steps.map(({ mark, detail: words, time }) => (
            <li
              key={`${time} ${mark} ${words}`}
              className={mark === 'decision' || mark === 'timeout' ? 'turn' : undefined}
            >
              <i />
              <div>
                <p>{STEP_NAMES[mark]}</p>
                <p className="words selectable">{words}</p>
              </div>
              <span className="at mono">
                +<Figure of={formatDuration(Math.max(0, time - row.beginTime))} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {row.status !== undefined && (
        <p className={`so ${statusClass(row)}`}>
          <StatusShape row={row} />
          So: {row.status} {reason}
          {row.phase === 'aborted' && ', ended before all was sent'}
        </p>
      )}
    </div>
  );
}
