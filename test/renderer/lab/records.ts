import { groupResult, type ModelResult } from '../../../renderer/lab/group-result.ts';
import type { LabRecord, LabReport } from '../../../server-core/capture/lab-call.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';

/** A request of the first group of the first model, in milliseconds. */
export function record(startMs: number, endMs: number, more: Partial<LabRecord> = {}): LabRecord {
  const [start, end] = [startMs * 1000, endMs * 1000];
  return {
    ...{ model: 0, group: 0, start, end, connected: start, born: undefined, served: start, first: end },
    ...{ status: 200, bytes: 1024, by: 'process 1' },
    ...more,
  };
}

export function report(more: Partial<LabReport> = {}): LabReport {
  return {
    ...{ run: 1, revision: 1, plan: undefined, running: true, server: 2, records: [] },
    models: [modelRun('event-loop'), modelRun('iterative')],
    ...more,
  };
}

export function modelRun(model: ModelName) {
  const peak = { rssBytes: 143e6, idleRssBytes: 140e6, processes: 1, threads: 0 };
  const groups = [
    { name: 'In turn', requests: 3 },
    { name: 'Others', requests: undefined },
  ];
  return { model, groups, began: 0, ended: 1e6, peak };
}

export function modelResult(model: ModelName, records: readonly LabRecord[]): ModelResult {
  const groups = [groupResult('In turn', 3, records), groupResult('Others', undefined, [])];
  return { run: modelRun(model), groups };
}
