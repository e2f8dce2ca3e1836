/** What the window shows of the whole. Times here and beside are microseconds since the log's epoch. */
import type { ServerState } from '../../../server-core/capture/events.ts';
import type { Hello } from '../../../server-core/capture/feed-messages.ts';
import type { Filter } from './filter.ts';
import type { Grouping, SortOrder } from './list.ts';

export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** The host went away; `reason` is one sentence. The store keeps what it has and tries again, unless it is final. */
  | { readonly state: 'lost'; readonly reason: string; readonly final?: true };

/** captured = shown + filtered + trimmed, at every moment. `dropped` is what the tap could not keep. */
export interface Ledger {
  readonly captured: number;
  readonly shown: number;
  readonly filtered: number;
  readonly trimmed: number;
  readonly dropped: number;
}

/** Connections that were closed again, where nothing was ever asked: who came and never got that far. */
export interface Unasked {
  readonly connections: number;
  /** Why the latest was closed, in one sentence; empty where the reason says it all. */
  readonly detail: string;
}

export interface ServerView extends ServerState {
  readonly requests: number;
  readonly openConnections: number;
  /** Addresses of other machines, or of this one by its address on the network, that connected; the first few. */
  readonly visitors: readonly string[];
}

/** A capture file that is open at the host. It is read when it is first shown. */
export interface CaptureView {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly exchanges: number;
  /** How much of it was read, from 0 to 1. */
  readonly progress: number;
  /** The list, the timeline and the graphs are of it, and not of what is live. */
  readonly shown: boolean;
  /** What of it cannot be shown, and why. */
  readonly problem?: string;
  /** Its messages were rebuilt: its bytes are not those that crossed the wire. */
  readonly rebuilt?: true;
}

/** The host's process ended by itself and was started again. */
export interface Restart {
  /** The first exchange of the new process. */
  readonly exchange: number;
  readonly sentence: string;
}

export interface StoreState {
  readonly link: LinkState;
  readonly hello: Hello | undefined;
  readonly servers: readonly ServerView[];
  /** Those that the shown requests were sent to: of the capture, where one is shown. */
  readonly shownServers: readonly ServerView[];
  readonly captures: readonly CaptureView[];
  /** Oldest first; none while a capture is shown. */
  readonly restarts: readonly Restart[];
  readonly ledger: Ledger;
  readonly openConnections: number;
  /** Undefined where something was asked, or nobody came. */
  readonly unasked: Unasked | undefined;
  readonly inFlight: number;
  /** Over the last second. */
  readonly bytesInPerSecond: number;
  readonly bytesOutPerSecond: number;
  readonly requestsPerSecond: number;
  /** Bytes of what the host holds, in memory and on disk. */
  readonly memoryBytes: number;
  readonly memoryBudgetBytes: number;
  readonly diskBytes: number;
  readonly diskBudgetBytes: number;
  /** How often history was given up because the disk was slower than the traffic. */
  readonly overruns: number;
  /** Time of the first event held and of the latest shown; both 0 when there is none. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Time of the latest event held: `lastTime`, unless the past is shown. */
  readonly newestTime: number;
  /** The moment of the past that is shown; undefined while all is. */
  readonly playhead: number | undefined;
  readonly paused: boolean;
  readonly filter: Filter;
  /** Rows whose bytes the filter asks for and that are still to be read. */
  readonly unread: number;
  readonly sort: SortOrder;
  readonly grouping: Grouping;
}
