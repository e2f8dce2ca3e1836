/**
 * The only types that views see of the store. The store lives in a worker that owns all data; a view watches a
 * window onto it and gets a fresh result at most once a frame. Times are microseconds since the log's epoch.
 */
import type { CloseReason, Direction, MarkName, ServerState } from '../../server-core/capture/events.ts';
import type { Hello, ServeReply } from '../../server-core/capture/feed-messages.ts';
import type { FaultCode } from '../../server-core/wire/faults.ts';
import type { SpanKind } from '../../server-core/wire/span.ts';

// ---- the whole -------------------------------------------------------------------------------------------

export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** The host went away; `reason` is one sentence. The store keeps what it has and tries again. */
  | { readonly state: 'lost'; readonly reason: string };

/** captured = shown + filtered + trimmed, at every moment. `dropped` is what the tap could not keep. */
export interface Ledger {
  readonly captured: number;
  readonly shown: number;
  readonly filtered: number;
  readonly trimmed: number;
  readonly dropped: number;
}

export interface ServerView extends ServerState {
  readonly requests: number;
  readonly openConnections: number;
}

export interface StoreState {
  readonly link: LinkState;
  readonly hello: Hello | undefined;
  readonly servers: readonly ServerView[];
  readonly ledger: Ledger;
  readonly openConnections: number;
  readonly inFlight: number;
  /** Over the last second. */
  readonly bytesInPerSecond: number;
  readonly bytesOutPerSecond: number;
  readonly requestsPerSecond: number;
  readonly memoryBytes: number;
  readonly memoryBudgetBytes: number;
  /** Time of the first and the latest event held; both 0 when there is none. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly paused: boolean;
  readonly filter: Filter;
}

/** Everything in it must hold. Words match method, path and status without case; `-word` must not match. */
export interface Filter {
  readonly text: string;
  readonly chip: Chip;
  readonly server: number | undefined;
  /** Exchanges that overlap this span of time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}
export const NO_FILTER: Filter = { text: '', chip: 'all', server: undefined, from: undefined, to: undefined };

export const CHIPS = ['all', 'doc', 'css', 'js', 'img', 'font', 'media', 'data', 'other', 'errors'] as const;
export type Chip = (typeof CHIPS)[number];
/** What a response holds, for the stripe and the chips. */
export type ContentKind = 'html' | 'css' | 'js' | 'img' | 'font' | 'media' | 'data' | 'other';

// ---- the list --------------------------------------------------------------------------------------------

export type RowPhase = 'pending' | 'responding' | 'complete' | 'aborted' | 'malformed';

/** One exchange. A figure that is not known (yet) is undefined, never -1. */
export interface Row {
  readonly id: number;
  readonly conn: number;
  readonly server: number;
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
}

export interface ListParams {
  /** Index into the filtered list, and how many rows. */
  readonly first: number;
  readonly count: number;
  /** Deliver the last `count` rows instead, whatever `first` says. */
  readonly tail: boolean;
}
export interface ListResult {
  readonly total: number;
  readonly first: number;
  readonly rows: readonly Row[];
}

// ---- one exchange ----------------------------------------------------------------------------------------

export interface FieldView {
  readonly name: string;
  readonly value: string;
  /** Offsets from the message's first byte. `start`…`end` is the whole line with its CRLF. */
  readonly start: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  readonly trailer: boolean;
}

/** One read or write: where the wire was cut. */
export interface Cut {
  /** Offset from the message's first byte (of the first byte of this read that is in the message). */
  readonly offset: number;
  readonly length: number;
  readonly time: number;
}

export interface MessageView {
  readonly direction: Direction;
  /** Offset of its first byte in that direction's stream, and its length so far. */
  readonly streamOffset: number;
  readonly length: number;
  /** Length of start line and header section, up to and with the empty line. */
  readonly headLength: number;
  readonly startLine: readonly string[];
  readonly fields: readonly FieldView[];
  /** Leaf spans that tile [0, length) as far as they were derived; offsets from the message's first byte. */
  readonly spans: readonly { readonly kind: SpanKind; readonly start: number; readonly end: number }[];
  readonly cuts: readonly Cut[];
  /** Bytes from the start of the message; further ones by `readBytes`. Undefined where they were trimmed. */
  readonly bytes: Uint8Array | undefined;
  readonly fault: { readonly code: FaultCode; readonly at: number } | undefined;
}

export interface DetailResult {
  readonly row: Row;
  readonly request: MessageView;
  readonly response: MessageView | undefined;
  readonly marks: readonly { readonly time: number; readonly mark: MarkName; readonly detail: string }[];
  readonly connection: ConnectionView;
}

export interface ConnectionView {
  readonly conn: number;
  readonly server: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly openedTime: number;
  readonly closedTime: number | undefined;
  readonly closeReason: CloseReason | undefined;
  readonly exchanges: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

// ---- timeline and graphs ---------------------------------------------------------------------------------

export interface TimelineParams {
  readonly from: number;
  readonly to: number;
  readonly firstLane: number;
  readonly laneCount: number;
  /** Width in device pixels: ticks of one lane that fall on one pixel are merged, their bytes added. */
  readonly width: number;
  readonly server: number | undefined;
}

/** Columns of equal length `count`; times are NaN where not known yet. */
export interface Bars {
  readonly count: number;
  /** Index into `lanes` of the result, here and in ticks and waits. */
  readonly lane: Uint16Array;
  readonly exchange: Uint32Array;
  readonly begin: Float64Array;
  readonly head: Float64Array;
  readonly response: Float64Array;
  readonly end: Float64Array;
  readonly status: Uint16Array;
  /** 1 where the exchange was aborted. */
  readonly aborted: Uint8Array;
  readonly label: readonly string[];
}
export interface Ticks {
  readonly count: number;
  readonly lane: Uint16Array;
  readonly time: Float64Array;
  readonly bytes: Float64Array;
  /** 0 for a read, 1 for a write. */
  readonly out: Uint8Array;
}
export interface Waits {
  readonly count: number;
  readonly lane: Uint16Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
}
export interface TimelineResult {
  readonly params: TimelineParams;
  /** Lanes that overlap the window of time, in order of accept. */
  readonly totalLanes: number;
  readonly lanes: readonly ConnectionView[];
  readonly bars: Bars;
  readonly ticks: Ticks;
  /** Spans in which the server waited for the socket to drain. */
  readonly waits: Waits;
}

export interface GraphParams {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}
/** One value a bin. Levels (`open`, `inFlight`, lag, waiting) are the highest within the bin, the rest sums. */
export interface GraphResult {
  readonly params: GraphParams;
  readonly open: Float64Array;
  readonly inFlight: Float64Array;
  readonly requests: Float64Array;
  readonly bytesIn: Float64Array;
  readonly bytesOut: Float64Array;
  /** Highest time from begin to end of the exchanges that ended in the bin, microseconds; NaN without any. */
  readonly slowest: Float64Array;
  readonly loopLag: Float64Array;
  readonly waitingBytes: Float64Array;
}

// ---- the client ------------------------------------------------------------------------------------------

/** A live window: change its parameters as often as wanted, close it when unmounted. */
export interface Watch<P> {
  update(params: P): void;
  close(): void;
}

export interface Store {
  /** For useSyncExternalStore: the same object until something changed. */
  state(): StoreState;
  subscribe(listener: () => void): () => void;
  watchList(params: ListParams, listener: (result: ListResult) => void): Watch<ListParams>;
  /** `undefined` watches nothing. The listener gets undefined when the exchange was trimmed. */
  watchDetail(
    exchange: number | undefined,
    listener: (result: DetailResult | undefined) => void,
  ): Watch<number | undefined>;
  watchTimeline(params: TimelineParams, listener: (result: TimelineResult) => void): Watch<TimelineParams>;
  watchGraph(params: GraphParams, listener: (result: GraphResult) => void): Watch<GraphParams>;
  /** Bytes of a message by offset from its first byte; rejects when they were trimmed. */
  readBytes(exchange: number, direction: Direction, from: number, to: number): Promise<Uint8Array>;
  /** Index of an exchange in the filtered list, if it is in it. */
  indexOf(exchange: number): Promise<number | undefined>;
  setFilter(filter: Filter): void;
  /** Paused: the store goes on collecting, watches stand still. */
  setPaused(paused: boolean): void;
  /** Forgets all finished exchanges; they count as trimmed. */
  clear(): void;
  serve(path: string, port?: number): Promise<ServeReply>;
  server(action: 'start' | 'stop' | 'remove', server: number): Promise<void>;
  /** Opens a server in a browser of the host machine, at a path below its URL. */
  open(server: number, path?: string): Promise<void>;
  /** The request as a curl command, with a sentence for each way in which curl will differ. */
  curl(exchange: number): Promise<{ readonly command: string; readonly notes: readonly string[] }>;
}
