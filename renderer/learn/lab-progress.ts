/** What was done of the labs: kept as text in the browser, and read back with care, since anybody can change it. */
import * as v from 'valibot';
import type { Row } from '../store/queries/list.ts';

/** One exchange that a task was done by, as much of it as tells what it was when the log is gone. */
const PROOF = v.object({
  exchange: v.number(),
  conn: v.number(),
  method: v.string(),
  target: v.string(),
  status: v.optional(v.number()),
  fault: v.optional(v.string()),
});
const DONE = v.object({
  /** Wall-clock milliseconds at which it was seen. */
  at: v.number(),
  /** That of the log, which tells whether the numbers of its exchanges still mean something. */
  epochMs: v.number(),
  by: v.array(PROOF),
});
const BEGUN = v.object({
  at: v.number(),
  epochMs: v.number(),
  /** Exchanges up to this number do not count. */
  after: v.number(),
  /** By task. */
  done: v.record(v.string(), DONE),
  /** What was written to its questions, by their text: a file may have been mended meanwhile. */
  answers: v.optional(v.record(v.string(), v.string()), {}),
});
const PROGRESS = v.record(v.string(), BEGUN);

export type Proof = Readonly<v.InferOutput<typeof PROOF>>;
export type DoneTask = Readonly<v.InferOutput<typeof DONE>>;
export type BegunLab = Readonly<v.InferOutput<typeof BEGUN>>;
/** By lab. */
export type Progress = Readonly<Record<string, BegunLab>>;

/** Nothing was done where the text cannot be read. */
export function parseProgress(text: string | null): Progress {
  try {
    return v.parse(PROGRESS, JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

export function proofOf({ id, conn, method, target, status, fault }: Row): Proof {
  return {
    ...{ exchange: id, conn, method, target },
    ...(status !== undefined && { status }),
    ...(fault !== undefined && { fault }),
  };
}

/** `GET / 200`, or what was wrong with it. A head that had not ended yet has no name. */
export function proofText({ method, target, status, fault }: Proof): string {
  const parts = [method, target, status, fault].filter((part) => part !== undefined && part !== '');
  return parts.join(' ') || 'a request on its way';
}

export function doneOf(
  lab: { readonly tasks: readonly { readonly id: string }[] },
  begun: BegunLab | undefined,
): number {
  return lab.tasks.filter(({ id }) => begun?.done[id] !== undefined).length;
}
