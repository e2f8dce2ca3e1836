/** An engine with a viewer that runs the lab and hears of it as a window does. */

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_LAB_LOG, type LabLog, seenOf, withReport } from '../../../renderer/lab/lab-log.ts';
import type { LabGroupRun, LabPlan, LabRecord, LabReport } from '../../../server-core/capture/lab-call.ts';
import {
  type LabScenarioId,
  labScenario,
  usualParameters,
} from '../../../server-core/capture/lab-scenarios.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import { ViewerLink } from '../../../server-core/capture/viewer-link.ts';
import { Engine, type ServedSource } from '../../../server-core/host/engine.ts';
import { PipeEnd } from '../../capture/pipe.ts';

// A process compiles all of the source: what one has compiled, the next need not.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'wirescope-test-compiled');

export class LabEngine {
  readonly engine: Engine;
  readonly link: ViewerLink;
  /** What the host was told to remember, each time that changed. */
  readonly told: (readonly ServedSource[])[] = [];

  constructor() {
    const onSources = (sources: readonly ServedSource[]) => void this.told.push(sources);
    this.engine = new Engine({ host: 'browser', tour: '', openUrl() {}, onSources });
    const [ours, theirs] = PipeEnd.pair();
    this.engine.attach(ours);
    this.link = new ViewerLink(theirs, { onHello() {}, onBatch() {}, onClose() {} });
  }

  async begin(
    scenario: LabScenarioId,
    models: readonly ModelName[],
    parameters: Record<string, number> = {},
  ) {
    const usual = usualParameters(labScenario(scenario));
    const plan: LabPlan = { scenario, models, parameters: { ...usual, ...parameters } };
    await this.link.call({ op: 'lab', act: 'run', plan });
  }

  /** Watches until it says that it is enough; resolves to all that was heard. */
  async watch(isEnough: (log: LabLog, report: LabReport) => boolean): Promise<LabLog> {
    for (let log = EMPTY_LAB_LOG; ; ) {
      const report = await this.link.call({ op: 'lab', act: 'watch', ...seenOf(log) });
      log = withReport(log, report);
      if (isEnough(log, report)) return log;
    }
  }

  /** Runs it to its end. */
  async run(...of: Parameters<LabEngine['begin']>): Promise<LabLog> {
    await this.begin(...of);
    return this.watch((_log, { running, records }) => !running && records.length === 0);
  }
}

/** The records of a group under a model, in the order in which they began. */
export function recordsOf({ report, records }: LabLog, model: ModelName, group: string): LabRecord[] {
  const m = report!.models.findIndex((run) => run.model === model);
  const g = report!.models[m]!.groups.findIndex(({ name }: LabGroupRun) => name === group);
  return records
    .filter((record) => record.model === m && record.group === g)
    .toSorted((a, b) => a.start - b.start);
}

export const outcomes = (records: readonly LabRecord[]) => [
  ...new Set(records.map(({ status, failure }) => failure ?? status)),
];

/** From the begin of the first to the end of the last, in milliseconds. */
export function wallMs(records: readonly LabRecord[]): number {
  return (Math.max(...records.map(({ end }) => end)) - Math.min(...records.map(({ start }) => start))) / 1000;
}

/** When the first of them had its answer. */
export function firstEnd(records: readonly LabRecord[]): number {
  return Math.min(...records.map(({ end }) => end));
}
