/** Bounds of processes and threads that serve, with their defaults and who else uses them. */
export interface WorkerLimits {
  /** Processes of `process` at once. Apache's MaxRequestWorkers 256, of processes that take a tenth of the memory. */
  readonly maxProcesses: number;
  /** Longest that a connection waits for a worker; then 503. HAProxy `timeout queue` mostly 10 s, nginx `queue` 60 s. */
  readonly waitMs: number;
  /** A worker that ends younger than this was not well from the start. systemd and Docker count the same way, 10 s. */
  readonly youngMs: number;
  /** Pause before the next one is started then; doubled each time. Docker and systemd begin with 100 ms. */
  readonly firstPauseMs: number;
  /** Longest such pause. Docker has a minute; a person who repairs something waits for this one. */
  readonly longestPauseMs: number;
  /** Beyond the grace of a stop, for a process that does not even hear that it is to end, because it computes. */
  readonly killMs: number;
  /** Upgraded connections: bytes that a thread wrote and the loop has not. Node's own mark for a socket is 64 KiB. */
  readonly maxUnwrittenBytes: number;
  /** Upgraded connections: bytes that the loop read and a thread has not taken; past it the socket is paused. */
  readonly maxUnreadBytes: number;
}

export const WORKER_LIMITS: WorkerLimits = {
  maxProcesses: 32,
  waitMs: 10_000,
  youngMs: 1_000,
  firstPauseMs: 100,
  longestPauseMs: 5_000,
  killMs: 500,
  maxUnwrittenBytes: 64 * 1024,
  maxUnreadBytes: 256 * 1024,
};
