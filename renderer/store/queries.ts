/**
 * The only types that views see of the store. The store lives in a worker that owns all data; a view watches a
 * window onto it and gets a fresh result at most once a frame. Times are microseconds since the log's epoch.
 */
import type { CloseReason, Direction, MarkName, ServerState } from '../../server-core/capture/events.ts';
import type { Hello, OpenReply, SaveReply, ServeReply } from '../../server-core/capture/feed-messages.ts';
import type { FaultCode } from '../../server-core/wire/faults.ts';
import type { SpanKind } from '../../server-core/wire/span.ts';
import type { FieldName } from '../filter/fields.ts';

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
  readonly captures: readonly CaptureView[];
  /** Oldest first; none while a capture is shown. */
  readonly restarts: readonly Restart[];
  readonly ledger: Ledger;
  readonly openConnections: number;
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
  /** Time of the first and the latest event held; both 0 when there is none. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly paused: boolean;
  readonly filter: Filter;
  /** Rows whose bytes the filter asks for and that are still to be read. */
  readonly unread: number;
  readonly sort: SortOrder;
}

/** Everything in it must hold. */
export interface Filter {
  /** In the language of `renderer/filter`. */
  readonly text: string;
  /** Any of these kinds; all rows when there is none. */
  readonly chips: readonly Chip[];
  readonly server: number | undefined;
  /** Exchanges that overlap this span of time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}
export const NO_FILTER: Filter = { text: '', chips: [], server: undefined, from: undefined, to: undefined };

/** A value of a field, and how many rows have it; 0 for one that is offered uncounted. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export const CHIPS = ['doc', 'css', 'js', 'img', 'font', 'media', 'data', 'other', 'errors'] as const;
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

/** What the list can be sorted by; `id` is the order of time. */
export const SORT_COLUMNS = [
  'id',
  'method',
  'target',
  'status',
  'type',
  'version',
  'server',
  'size',
  'requestSize',
  'wait',
  'duration',
  'conn',
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

/** A WebSocket frame, RFC 6455 §5.2; offsets from the message's first byte. */
export interface FrameView {
  readonly start: number;
  readonly payloadStart: number;
  /** Of the payload. */
  readonly length: number;
  readonly fin: boolean;
  readonly compressed: boolean;
  readonly opcode: number;
  /** The four bytes as an unsigned number, the first the most significant; undefined without a mask. */
  readonly maskingKey: number | undefined;
}

/** One read or write: where the wire was cut. */
export interface Cut {
  /** Offset from the message's first byte (of the first byte of this read that is in the message). */
  readonly offset: number;
  readonly length: number;
  readonly time: number;
}

/** Start line and fields of a head. */
export interface HeadView {
  readonly startLine: readonly string[];
  readonly fields: readonly FieldView[];
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
  /** Heads of interim responses, which came before the one above. */
  readonly interim: readonly HeadView[];
  /** What followed a switch to WebSocket, as far as it was derived. */
  readonly frames: readonly FrameView[];
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

/** What a TLS handshake agreed on; texts are '' where there is none. */
export interface TlsView {
  readonly securedTime: number;
  readonly handshakeMicros: number;
  readonly version: string;
  readonly cipher: string;
  readonly alpn: string;
  readonly serverName: string;
  readonly resumed: boolean;
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
  /** A sentence beside the reason, '' without one. */
  readonly closeDetail: string;
  /** Undefined without TLS, and until its handshake is done. */
  readonly tls: TlsView | undefined;
  readonly exchanges: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

// ---- what is said inside one exchange ---------------------------------------------------------------------

/** A WebSocket message or control frame, or an event of an event stream. */
export interface TalkRow {
  /** Place in the talk, from 0; stays the same. */
  readonly index: number;
  readonly direction: Direction;
  /** When its last byte passed. */
  readonly time: number;
  readonly kind: 'text' | 'binary' | 'close' | 'ping' | 'pong' | 'event' | 'comment' | 'fault';
  /** Bytes of its payload, or of its data. */
  readonly length: number;
  /** Frames that it came in; 1 for what has none. */
  readonly frames: number;
  /** permessage-deflate left it compressed on the wire. */
  readonly compressed: boolean;
  /** Bytes of a compressed one after inflating; undefined for others, and where that failed. */
  readonly inflated: number | undefined;
  /** Type of an event, and its id; '' where there is none. */
  readonly event: string;
  readonly eventId: string;
  /** Its first characters, or bytes in hex where it is no text; of a fault the sentence. */
  readonly preview: string;
  readonly closeCode: number | undefined;
}
export interface TalkParams {
  readonly exchange: number;
  readonly first: number;
  readonly count: number;
  /** Deliver the last `count` rows instead, whatever `first` says. */
  readonly tail: boolean;
  /** Index of a row to come with its bytes. */
  readonly opened: number | undefined;
}
export interface TalkResult {
  readonly kind: 'web-socket' | 'event-stream' | 'none';
  readonly total: number;
  readonly first: number;
  readonly rows: readonly TalkRow[];
  readonly opened: { readonly row: TalkRow; readonly bytes: Uint8Array; readonly whole: boolean } | undefined;
  /** One sentence when not all could be read. */
  readonly problem: string | undefined;
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
  watchTalk(params: TalkParams, listener: (result: TalkResult) => void): Watch<TalkParams>;
  watchTimeline(params: TimelineParams, listener: (result: TimelineResult) => void): Watch<TimelineParams>;
  watchGraph(params: GraphParams, listener: (result: GraphResult) => void): Watch<GraphParams>;
  /** Bytes of a message by offset from its first byte; rejects when they were trimmed. */
  readBytes(exchange: number, direction: Direction, from: number, to: number): Promise<Uint8Array>;
  /** Index of an exchange in the filtered list, if it is in it. */
  indexOf(exchange: number): Promise<number | undefined>;
  /** Exchanges at the places [first, end) of the list. */
  idsOf(first: number, end: number): Promise<Uint32Array>;
  /** Exchanges as a table of text: tabs between fields, a line for each. */
  rowsText(exchanges: readonly number[]): Promise<string>;
  /** Values of a field among all rows held, at most 50; those that begin with `typed` come first. */
  values(field: FieldName, typed: string): Promise<readonly ValueCount[]>;
  setFilter(filter: Filter): void;
  setSort(sort: SortOrder): void;
  /** Paused: the store goes on collecting, watches stand still. */
  setPaused(paused: boolean): void;
  /** Forgets all finished exchanges; they count as trimmed. */
  clear(): void;
  /** Serves a path of the host machine, or opens a capture file there, which is then shown. */
  serve(path: string, port?: number): Promise<ServeReply | OpenReply>;
  /** Shows a capture, or what is live. */
  show(capture: number | undefined): void;
  closeCapture(capture: number): Promise<void>;
  /** How much captured traffic the host may keep. */
  setBudget(where: 'memory' | 'disk', bytes: number): Promise<void>;
  /** Writes all that the host holds to a file there; without a path it is to be downloaded from the reply's. */
  save(path?: string): Promise<SaveReply>;
  server(action: 'start' | 'stop' | 'remove', server: number): Promise<void>;
  /** Opens a server in a browser of the host machine, at a path below its URL. */
  open(server: number, path?: string): Promise<void>;
  /** The request as a curl command, with a sentence for each way in which curl will differ. */
  curl(exchange: number): Promise<{ readonly command: string; readonly notes: readonly string[] }>;
}
