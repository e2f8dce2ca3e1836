/** The exchange in a dozen lines. */

import { faultInfo } from '../../../server-core/wire/faults.ts';
import { wireText } from '../../explain/wire-text.ts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatExactBytes,
} from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { Figure } from '../shell/figures.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { type Fact, Facts } from './facts.tsx';
import './overview-tab.css';

const PHASE_WORD: Record<DetailResult['row']['phase'], string> = {
  pending: 'waiting for its answer',
  responding: 'the answer is being sent',
  complete: 'complete',
  aborted: 'ended before all was sent',
  malformed: 'refused: it breaks the rules',
};

export function OverviewTab({ detail }: { readonly detail: DetailResult }) {
  const { hello } = useStoreState('hello');
  const { row, request, response, connection } = detail;
  const fault = request.fault ?? response?.fault;
  const clock = (time: number) => <span className="mono">{formatClock(hello?.epochMs ?? 0, time, 6)}</span>;
  const turn = detail.marks.findLast(({ mark }) => mark === 'decision');
  const facts: Fact[] = [
    { name: 'State', value: PHASE_WORD[row.phase] },
    {
      name: 'Version',
      value: row.version === '' ? undefined : <span className="mono">{versionOf(row.version)}</span>,
    },
    {
      name: 'Media type',
      value: row.mediaType === '' ? undefined : <span className="mono">{row.mediaType}</span>,
    },
    { name: 'Began', value: clock(row.beginTime) },
    { name: 'Head read', value: since(row.beginTime, row.headTime) },
    { name: 'Answer began', value: since(row.beginTime, row.responseTime) },
    { name: 'Ended', value: since(row.beginTime, row.endTime) },
    { name: 'Connection', value: `c${row.conn}, from ${connection.remoteAddress}:${connection.remotePort}` },
    { name: 'Why', value: turn && <span className="meta">[{turn.detail}]</span> },
  ];
  return (
    <div className="sheet-pane" tabIndex={0}>
      {fault && (
        <p className="overview-fault" role="note">
          <b>{faultInfo(fault.code).sentence}.</b>
          <span className="dim">
            {faultInfo(fault.code).section}, at byte {formatCount(fault.at)}
          </span>
        </p>
      )}
      <div className="overview-sides">
        <Side message={request} name="Request" />
        {response && <Side message={response} name="Response" />}
      </div>
      <Facts facts={facts} />
    </div>
  );
}

function versionOf(version: string): string {
  return version.startsWith('HTTP') ? version : `HTTP/${version}`;
}

function since(begin: number, time: number | undefined) {
  return time === undefined ? undefined : (
    <>
      + <Figure of={formatDuration(time - begin)} />
    </>
  );
}

function Side({ message, name }: { readonly message: MessageView; readonly name: string }) {
  const { direction, startLine, length, headLength, cuts, fields } = message;
  const body = Math.max(0, length - headLength);
  const line = startLine.map(wireText).join(' ');
  return (
    <section className={`overview-side ${direction}`}>
      <h3>
        <DirectionArrow direction={direction} />
        {name}
      </h3>
      <p className="mono line selectable" title={line}>
        {line}
      </p>
      <p>
        <b>
          <Figure of={formatBytes(length)} />
        </b>{' '}
        <span className="dim">
          head <Figure of={formatExactBytes(Math.min(headLength, length))} />, body{' '}
          <Figure of={formatExactBytes(body)} />
        </span>
      </p>
      <p className="dim">
        {formatCount(fields.length)} {plural(fields.length, 'field')} in {formatCount(cuts.length)}{' '}
        {plural(cuts.length, direction === 'in' ? 'read' : 'write')}
      </p>
    </section>
  );
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
