/** The rows of the list, and their order. */
import type { FaultCode } from '../../../server-core/wire/faults.ts';
import type { Annotation } from './annotation.ts';
import type { ConnectionView } from './connection.ts';

/** What a response holds, for the stripe and the chips. */
export type ContentKind = 'html' | 'css' | 'js' | 'img' | 'font' | 'media' | 'data' | 'other';

export type RowPhase = 'pending' | 'responding' | 'complete' | 'aborted' | 'malformed';

/** One exchange. A figure that is not known (yet) is undefined, never -1. */
export interface Row {
  readonly id: number;
  readonly conn: number;
  readonly server: number;
  /** The process or thread that worked on it; '' for the server's own. */
  readonly worker: string;
  readonly phase: RowPhase;
  /** '' until the request line was read. */
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly status: number | undefined;
  readonly mediaType: string;
  readonly contentKind: ContentKind;
  readonly fault: FaultCode | undefined;
  readonly requestBytes: number;
  /** Bytes of the response on the wire so far, head included. */
  readonly responseBytes: number;
  readonly beginTime: number;
  readonly headTime: number | undefined;
  readonly responseTime: number | undefined;
  readonly endTime: number | undefined;
  /** Undefined when nothing was noted on it. */
  readonly annotation?: Annotation | undefined;
}

/** What the list can be sorted by; `id` is the order of time. */
export const SORT_COLUMNS = [
  'id',
  'method',
  'target',
  'status',
  'type',
  'version',
  'server',
  'worker',
  'size',
  'requestSize',
  'wait',
  'duration',
  'conn',
  'client',
] as const;

export type SortColumn = (typeof SORT_COLUMNS)[number];

/** Rows without a value stand last either way; rows of equal value in the order of time. */
export interface SortOrder {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export const BY_TIME: SortOrder = { column: 'id', descending: false };

export interface ListParams {
  /** Index into the filtered list, and how many rows. */
  readonly first: number;
  readonly count: number;
  /** Deliver the last `count` rows instead, whatever `first` says. */
  readonly tail: boolean;
}

export interface ListResult {
  /** Lines of the list: its rows, and in groups a head for each group. */
  readonly total: number;
  readonly first: number;
  readonly rows: readonly Row[];
  /** Heads among the lines; none where rows do not stand in groups. */
  readonly heads: readonly GroupHead[];
}

export const GROUPINGS = ['none', 'connection', 'path'] as const;
/** By the connection that carried them, or by the folders of their paths. */
export type Grouping = (typeof GROUPINGS)[number];

/** The line above the rows of a group. */
export interface GroupHead {
  /** Among the lines of the list. */
  readonly place: number;
  /** Names the group as long as the grouping stays: `c` and a number, or the folder's whole path. */
  readonly key: string;
  /** How many groups it lies in. */
  readonly depth: number;
  /** Exchanges in it, those of the groups within included. */
  readonly count: number;
  readonly folded: boolean;
  readonly connection: ConnectionView | undefined;
}
