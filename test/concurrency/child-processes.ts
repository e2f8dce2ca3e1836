/** What the system knows of processes, read from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ChildProcessState {
  readonly pid: number;
  /** One letter: `S` sleeps, `R` runs, `Z` has ended and nobody has asked how. */
  readonly state: string;
}

export const hasProc = process.platform === 'linux';

/** Those of a process that run the script of workers, and those that have become nothing. */
export function childrenOf(parent: number): ChildProcessState[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // The name of the program stands in brackets, and may hold anything.
      const [state = '', ppid = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isWorker = state === 'Z' || /worker\.(ts|mjs)/.test(read(`/proc/${name}/cmdline`));
      return Number(ppid) === parent && isWorker ? [{ pid: Number(name), state }] : [];
    });
}

export function isAlive(pid: number): boolean {
  return read(`/proc/${pid}/stat`) !== '';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
