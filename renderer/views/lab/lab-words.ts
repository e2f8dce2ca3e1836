import type { LabPlan } from '../../../server-core/capture/lab-call.ts';
import { labScenario } from '../../../server-core/capture/lab-scenarios.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import { formatCount, formatDuration, formatExact, spell } from '../../geometry/quantities.ts';
import { durationOf, type GroupResult, type ModelResult, outcomeOf } from '../../lab/group-result.ts';

/** Who serves, in as few words as go over a column. */
export const MODEL_WORDS: Readonly<Record<ModelName, string>> = {
  iterative: 'one at a time',
  process: 'a process for each',
  prefork: 'a few processes',
  threads: 'handlers on threads',
  'event-loop': 'one loop for all',
};

/** One request in words: how long each part took, who served it, and how it ended. */
export function laneWords({ records }: GroupResult, lane: number): string {
  const record = records[lane];
  if (!record) return '';
  const { start, born, served, end, bytes, by } = record;
  const parts = [`request ${lane + 1} of ${records.length}`, outcomeOf(record)];
  if (served === undefined) parts.push(`${exact(durationOf(record))} without being served`);
  else {
    parts.push(`waited ${exact(served - start)}`);
    if (born !== undefined) parts.push(`of that ${exact(served - born)} for its process to start`);
    parts.push(`served in ${exact(end - served)}${by === '' ? '' : ` by ${by}`}`);
  }
  return [...parts, `${formatCount(bytes)} B`].join(' · ');
}

/** How far a run is. */
export function progressWords(
  { models, scenario }: LabPlan,
  results: readonly ModelResult[],
  running: boolean,
): string {
  const current = results.at(-1);
  if (!current) return running ? 'Its server is starting' : '';
  if (!running) {
    const whole = results.filter(({ run }) => run.problem === undefined).length;
    return `${labScenario(scenario).name}: ${whole} of ${models.length} models done`;
  }
  const done = current.groups.reduce((sum, { records }) => sum + records.length, 0);
  return `${current.run.model}, ${results.length} of ${models.length}: ${requestWords(done)} done`;
}

export function requestWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'request' : 'requests'}`;
}

/** `0.04 /s`, `8.3 /s`, `974 /s`. */
export function perSecond(count: number, micros: number): string {
  if (micros <= 0 || count === 0) return '—';
  const rate = count / (micros / 1e6);
  return `${rate < 1 ? rate.toFixed(2) : rate < 10 ? rate.toFixed(1) : formatCount(rate)} /s`;
}

/** `2.04 s`, with a dash where nothing is known. */
export function duration(micros: number | undefined): string {
  return micros === undefined ? '—' : spell(formatDuration(micros));
}

function exact(micros: number): string {
  return `${formatExact(micros, 'ms')} ms`;
}
