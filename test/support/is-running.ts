import { readFileSync } from 'node:fs';

/** Whether a process still runs; one that has ended may wait for long until the system's first process takes it away. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // Taken away meanwhile, or a system without such files.
    return process.platform !== 'linux';
  }
}
