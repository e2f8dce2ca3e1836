/** What was asked for of one server, by path: how often, how much, and with which outcome. */

export interface HeatParams {
  readonly server: number;
}

/** All requests for one path, whatever their query. */
export interface HeatPath {
  /** Decoded, as a name on a disk. */
  readonly path: string;
  /** As it was sent first, without query. */
  readonly sent: string;
  readonly hits: number;
  /** Of the responses on the wire, heads included. */
  readonly bytes: number;
  /** Answered by 304: the client had it. */
  readonly notModified: number;
  /** Answered by 4xx or 5xx, or not wholly. */
  readonly failed: number;
  /** Of the latest that was answered; undefined when none was. */
  readonly lastStatus: number | undefined;
}

export interface HeatResult {
  readonly params: HeatParams;
  /** The most asked for first; at most 10 000. */
  readonly paths: readonly HeatPath[];
  /** Requests for paths that are not told. */
  readonly untold: number;
}
