import type { MarkName } from '../../../server-core/capture/events.ts';
import type { DetailResult } from '../../store/queries/detail.ts';

/** A part of the exchange's time on the server. Times are those of the log; an open end is undefined. */
export interface Phase {
  readonly name: string;
  readonly kind: 'read' | 'work' | 'write' | 'drain';
  readonly from: number;
  readonly to: number | undefined;
}

const WORK_NAMES: Partial<Record<MarkName, string>> = {
  route: 'Route',
  resolve: 'Find the file',
  open: 'Open it',
  decision: 'Decide',
  handler: 'Handler',
};

/**
 * Reading, the steps of the work as far as marks tell them apart, sending, and the waits for the socket within it.
 * Steps follow each other without a gap, so that their lengths add up to the whole.
 */
export function phasesOf({ row, marks }: DetailResult): Phase[] {
  const { beginTime, headTime, responseTime, endTime } = row;
  const phases: Phase[] = [{ name: 'Head read', kind: 'read', from: beginTime, to: headTime ?? endTime }];
  if (headTime !== undefined) {
    const workEnd = responseTime ?? endTime;
    let from = headTime;
    for (const { mark, time } of marks) {
      const name = WORK_NAMES[mark];
      if (name === undefined || time < from || (workEnd !== undefined && time > workEnd)) continue;
      const last = phases.at(-1);
      if (last?.name === name) phases[phases.length - 1] = { ...last, to: time };
      else phases.push({ name, kind: 'work', from, to: time });
      from = time;
    }
    phases.push({ name: phases.length === 1 ? 'Work' : 'Make the head', kind: 'work', from, to: workEnd });
  }
  if (responseTime !== undefined)
    phases.push({ name: 'Send', kind: 'write', from: responseTime, to: endTime });
  return [...phases, ...waitsOf(marks)];
}

function waitsOf(marks: DetailResult['marks']): Phase[] {
  const waits: Phase[] = [];
  let since: number | undefined;
  for (const { mark, time } of marks) {
    if (mark === 'drain-wait') since ??= time;
    if (mark !== 'drained' || since === undefined) continue;
    waits.push({ name: 'Wait for the socket', kind: 'drain', from: since, to: time });
    since = undefined;
  }
  if (since !== undefined)
    waits.push({ name: 'Wait for the socket', kind: 'drain', from: since, to: undefined });
  return waits;
}
