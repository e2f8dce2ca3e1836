/** What a viewer knows of the lab's run: reports taken up one after the other. */
import type { LabRecord, LabReport } from '../../server-core/capture/lab-call.ts';

export interface LabLog {
  /** The latest; its records are among those below. */
  readonly report: LabReport | undefined;
  /** All of the run, in the order in which they ended. */
  readonly records: readonly LabRecord[];
}

export const EMPTY_LAB_LOG: LabLog = { report: undefined, records: [] };

/** Of another run everything begins anew. */
export function withReport({ report: before, records }: LabLog, report: LabReport): LabLog {
  const kept = before?.run === report.run ? records : [];
  return { report, records: report.records.length > 0 ? [...kept, ...report.records] : kept };
}

/** What to ask with, to hear what is new. */
export function seenOf({ report, records }: LabLog) {
  return { run: report?.run ?? 0, revision: report?.revision ?? 0, records: records.length };
}
