/** What the tasks of a lab wait for, and what was seen of it. */
import type { Row } from './list.ts';

/** By what exchanges are told apart, or belong together. */
export const TASK_KEYS = ['connection', 'target', 'client', 'worker', 'server'] as const;
export type TaskKey = (typeof TASK_KEYS)[number];

/** One exchange for each filter is to be seen, in the order in which they begin. */
export interface TaskCondition {
  /** Filter texts; `''` lets every exchange through. */
  readonly see: readonly string[];
  /** All of them have this in common. */
  readonly same?: TaskKey | undefined;
  /** No two of them have this in common. */
  readonly different?: TaskKey | undefined;
  /** Milliseconds from the beginning of the first to that of the last. */
  readonly within?: number | undefined;
  /** All of them were under way at one moment, in whatever order. */
  readonly atOnce?: boolean | undefined;
  /** How the server shares out connections when it is seen: a name of `--model`. */
  readonly model?: string | undefined;
}

export interface WatchedTask {
  readonly id: string;
  readonly when: TaskCondition;
}

export interface TasksParams {
  readonly tasks: readonly WatchedTask[];
  /** Exchanges up to this number do not count. */
  readonly after: number;
}

/** How far a task has come: it is done when as many exchanges were seen as its condition has filters. */
export interface TaskSeen {
  readonly id: string;
  readonly rows: readonly Row[];
}

export type TasksResult = readonly TaskSeen[];
