/**
 * The lab between host and viewer: a load that the host makes for a server of its own, under one model after another.
 * A viewer starts it, stops it, and asks what is new; such an answer comes once there is something.
 */
import { LAB_LIMITS, LAB_SCENARIOS, type LabScenario, type LabScenarioId } from './lab-scenarios.ts';
import { MODEL_NAMES, type ModelName } from './model-names.ts';

export interface LabPlan {
  readonly scenario: LabScenarioId;
  /** By the names of the scenario's parameters. */
  readonly parameters: Readonly<Record<string, number>>;
  /** In the order in which they are run. */
  readonly models: readonly ModelName[];
}

export type LabCall =
  /** Ends what runs, and begins anew. */
  | { readonly op: 'lab'; readonly act: 'run'; readonly plan: LabPlan }
  | { readonly op: 'lab'; readonly act: 'stop' }
  /**
   * What is new since a viewer was told last: 0, 0 and 0 to begin with. The answer comes when there is something, or
   * after a while without.
   */
  | {
      readonly op: 'lab';
      readonly act: 'watch';
      readonly run: number;
      readonly revision: number;
      /** Records of that run that the viewer has. */
      readonly records: number;
    };

export interface LabReport {
  /** Which run it is, from 1; 0 before the first. Of another one than the viewer's, all records come again. */
  readonly run: number;
  /** Grows with every change. */
  readonly revision: number;
  readonly plan: LabPlan | undefined;
  readonly running: boolean;
  /** Number of the lab's own server, which serves while it runs; undefined before the first run. */
  readonly server: number | undefined;
  /** One for each model that was begun, in the order of the plan. */
  readonly models: readonly LabModelRun[];
  /** Those behind the ones that the viewer has; more may come with the next answer. */
  readonly records: readonly LabRecord[];
}

/** One model's run. Times are microseconds since the log's epoch. */
export interface LabModelRun {
  readonly model: ModelName;
  /** What is asked for, in the order of `LabRecord.group`. */
  readonly groups: readonly LabGroupRun[];
  readonly began: number;
  readonly ended: number | undefined;
  /** Highest seen of the server's process and those it started together; sampled ten times a second. */
  readonly peak: LabPeak;
  /** One sentence where it could not be done, or not whole. */
  readonly problem?: string;
}

export interface LabGroupRun {
  readonly name: string;
  /** How many requests it will be; undefined where it goes on as long as another group. */
  readonly requests: number | undefined;
}

export interface LabPeak {
  /** Resident memory in bytes. */
  readonly rssBytes: number;
  /** The same as the run began. */
  readonly idleRssBytes: number;
  /** Processes that serve, the server's own included. */
  readonly processes: number;
  /** Threads that run handlers beside the loop. */
  readonly threads: number;
}

/**
 * One request as its client saw it. Times are microseconds since the model's run began. What did not happen is
 * undefined.
 */
export interface LabRecord {
  /** Places in `LabReport.models` and `LabModelRun.groups`. */
  readonly model: number;
  readonly group: number;
  /** The connection was asked for, or the request begun where it was open already. */
  readonly start: number;
  /** Until the connection was there. */
  readonly connected: number | undefined;
  /** The process that served it came to be, where it was started for it. */
  readonly born: number | undefined;
  /** The handler began. */
  readonly served: number | undefined;
  /** First byte of the answer. */
  readonly first: number | undefined;
  /** Last byte of the answer, or the end of all hope for one. */
  readonly end: number;
  /** 0 without an answer. */
  readonly status: number;
  /** All that was received. */
  readonly bytes: number;
  /** Who served it: `process 4711`, `thread 2`. '' where nobody said. */
  readonly by: string;
  readonly failure?: LabFailure;
}

/**
 * `closed` came before the answer was whole, `cut off` is the time limit or a stop, `faulty` an answer that is not
 * HTTP.
 */
export type LabFailure = 'refused' | 'reset' | 'closed' | 'cut off' | 'faulty';

/** Records in one answer: a quarter of a second of what a busy run makes, and no more than some 200 kB. */
export const LAB_REPORT_RECORDS = 1_000;

/** Checks a call that came over a transport; a string says in one sentence why it is none. */
export function checkLab(call: Record<string, unknown>): LabCall | string {
  switch (call.act) {
    case 'stop':
      return { op: 'lab', act: 'stop' };
    case 'watch': {
      const { run, revision, records } = call;
      if (!isCount(run) || !isCount(revision) || !isCount(records)) {
        return 'A `lab` call that watches needs the run, the revision and the number of records that it has';
      }
      return { op: 'lab', act: 'watch', run, revision, records };
    }
    case 'run': {
      const plan = checkLabPlan(call.plan);
      return typeof plan === 'string' ? plan : { op: 'lab', act: 'run', plan };
    }
    default:
      return 'A `lab` call is to run, stop or watch';
  }
}

export function checkLabPlan(value: unknown): LabPlan | string {
  if (typeof value !== 'object' || value === null) return 'A plan of the lab is a JSON object';
  const { scenario: id, parameters, models } = value as Record<string, unknown>;
  const scenario: (LabScenario & { readonly id: LabScenarioId }) | undefined = LAB_SCENARIOS.find(
    (one) => one.id === id,
  );
  if (!scenario) return `The lab has the scenarios ${LAB_SCENARIOS.map((one) => one.id).join(', ')}`;
  if (!isModels(models)) return `A plan of the lab needs some of ${MODEL_NAMES.join(', ')}, each once`;
  if (typeof parameters !== 'object' || parameters === null) return 'A plan of the lab needs parameters';
  const numbers: Record<string, number> = {};
  for (const { name, label, unit, least, most } of scenario.parameters) {
    const number = (parameters as Record<string, unknown>)[name];
    if (!isCount(number) || number < least || number > most) {
      return `${label}: a whole number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}`;
    }
    numbers[name] = number;
  }
  const { clients = 0, mebibytes = 0 } = numbers;
  if (clients * mebibytes * 1024 * 1024 > LAB_LIMITS.maxBytes) {
    const most = LAB_LIMITS.maxBytes / 1024 / 1024;
    return `All readers together fetch at most ${most} MiB: have fewer of them, or a smaller size`;
  }
  return { scenario: scenario.id, parameters: numbers, models };
}

function isModels(value: unknown): value is readonly ModelName[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((model) => MODEL_NAMES.some((name) => name === model))
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
