/**
 * What a module of the user throws outside of an answer: in a timer, or in a promise that nobody waits for. Node ends
 * the program for it; here it is told of, since the server and its other sites have nothing to do with it.
 */
import { type Problem, problemOf } from './problem.ts';

/** Takes a failure that is its own: one of its files has thrown it. */
export type StrayListener = (problem: Problem) => boolean;

const listeners = new Set<StrayListener>();

/** Returns what ends it. Everything that no listener takes goes on as if there were none. */
export function onStrayFailure(listener: StrayListener): () => void {
  if (listeners.size === 0) {
    process.on('uncaughtException', take);
    process.on('unhandledRejection', take);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    process.off('uncaughtException', take);
    process.off('unhandledRejection', take);
  };
}

function take(error: unknown): void {
  const problem = problemOf(error);
  for (const listener of listeners) if (listener(problem)) return;
  // Thrown here, it ends the program as it would have without a listener.
  throw error;
}
