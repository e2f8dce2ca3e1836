/** A process or thread that serves, over a window of time. There may be many: values have seven digits. */
export interface WorkerLane {
  /** `main`, `process 4711`, `thread 2`. */
  readonly name: string;
  /** Of a process its number in the system, of a thread that of Node; undefined where no record told. */
  readonly id: number | undefined;
  /** Number of the server that it serves; 0 for the process of all servers. */
  readonly server: number;
  /** NaN where it began before anything that is held. */
  readonly started: number;
  /** When it could serve; NaN before. */
  readonly ready: number;
  /** NaN while it lives. */
  readonly ended: number;
  /** How it ended, where it was not told to; else ''. */
  readonly detail: string;
  /** Exchanges that it had in hand in the window. */
  readonly exchanges: number;
  /** One value a bin: most exchanges at once that it had in hand. */
  readonly inHand: Float32Array;
  /** One value a bin: share of one core; NaN where nothing was noted. */
  readonly cpu: Float32Array;
  /** One value a bin: resident bytes, of a thread those of its heap; NaN where it is not known. */
  readonly memory: Float32Array;
}
