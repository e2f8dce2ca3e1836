/**
 * The store as views see it, with the types beside. It lives in a worker that owns all data; a view watches a
 * window onto it and gets a fresh result at most once a frame.
 */
import type { Direction } from '../../../server-core/capture/events.ts';
import type { FaultPlan } from '../../../server-core/capture/fault-plan.ts';
import type {
  OpenReply,
  SaveReply,
  ServeReply,
  SettingsReply,
  WarnReply,
} from '../../../server-core/capture/feed-messages.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import type { SendCall, SendReply } from '../../../server-core/capture/send-call.ts';
import type { TreeReply } from '../../../server-core/capture/served-tree.ts';
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';
import type { FieldName } from '../../filter/fields.ts';
import type { Annotation } from './annotation.ts';
import type { LadderOf, LadderResult } from './connection.ts';
import type { DetailResult } from './detail.ts';
import type { Filter, ValueCount } from './filter.ts';
import type { GraphParams, GraphResult } from './graphs.ts';
import type { HeatParams, HeatResult } from './heat.ts';
import type { Grouping, ListParams, ListResult, Row, SortOrder } from './list.ts';
import type { StoreState } from './state.ts';
import type { TalkParams, TalkResult } from './talk.ts';
import type { TimelineParams, TimelineResult } from './timeline.ts';

/** What the raw client is to send; `server` is the store's number. */
export type SendPlan = Omit<SendCall, 'op'>;

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
  watchHeat(params: HeatParams, listener: (result: HeatResult) => void): Watch<HeatParams>;
  /** Bytes of a message by offset from its first byte; rejects when they were trimmed. */
  readBytes(exchange: number, direction: Direction, from: number, to: number): Promise<Uint8Array>;
  /** Place of an exchange in the list; undefined when it is filtered or folded away. */
  indexOf(exchange: number): Promise<number | undefined>;
  /** Place of a group's head, by its key; undefined when it lies in a folded one, or is no more. */
  headOf(group: string): Promise<number | undefined>;
  /** Place of the head under which the line at a place stands. */
  headAbove(place: number): Promise<number | undefined>;
  /** Exchanges at the places [first, end) of the list; heads of groups are passed over. */
  idsOf(first: number, end: number): Promise<Uint32Array>;
  /** Exchanges as a table of text: tabs between fields, a line for each. */
  rowsText(exchanges: readonly number[]): Promise<string>;
  /** Values of a field among all rows held, at most 50; those that begin with `typed` come first. */
  values(field: FieldName, typed: string): Promise<readonly ValueCount[]>;
  setFilter(filter: Filter): void;
  setSort(sort: SortOrder): void;
  setGrouping(grouping: Grouping): void;
  /** Folds a group or opens it; without a key, all of them. */
  fold(group: string | undefined, folded: boolean): void;
  /** Notes something on exchanges; what is not named stays as it was. */
  annotate(exchanges: readonly number[], change: Partial<Annotation>): void;
  /** Paused: the store goes on collecting, watches stand still. */
  setPaused(paused: boolean): void;
  /**
   * Shows what was known at a moment, as it was known; undefined shows all. Capturing goes on. The rows, the
   * timeline and the graphs are of that moment, and what acts on an exchange is of the exchange as it is.
   */
  setPlayhead(time: number | undefined): void;
  /** When the next thing happened after a moment (1), or the last one before it (-1). */
  neighbour(time: number, by: 1 | -1): Promise<number | undefined>;
  /** Forgets all finished exchanges that are not pinned; they count as trimmed. */
  clear(): void;
  /** Serves a path of the host machine, unless there is a warning and the caller is not `sure`, or opens a capture file there, which is then shown. */
  serve(path: string, port?: number, sure?: boolean): Promise<ServeReply | OpenReply | WarnReply>;
  /** Shows a capture, or what is live. */
  show(capture: number | undefined): void;
  closeCapture(capture: number): Promise<void>;
  /** How much captured traffic the host may keep. */
  setBudget(where: 'memory' | 'disk', bytes: number): Promise<void>;
  /** Writes all that the host holds to a file there; without a path it is to be downloaded from the reply's. */
  save(path?: string): Promise<SaveReply>;
  server(action: 'start' | 'stop' | 'remove', server: number): Promise<void>;
  /** What is switched for a server, and where others reach it. */
  settings(server: number): Promise<SettingsReply>;
  /** Has a server serve by these from now on; resolves to what was done otherwise, one sentence each. */
  configure(server: number, settings: ServerSettings): Promise<readonly string[]>;
  /** Has a server share out its connections by another model from now on. */
  setModel(server: number, model: ModelName): Promise<void>;
  /** Opens a server in a browser of the host machine, at a path below its URL. */
  open(server: number, path?: string): Promise<void>;
  /** The files of a server's folder, as they are now. Rejects for what serves none. */
  tree(server: number): Promise<TreeReply>;
  /** What a server does wrong on purpose; with a plan it does that from now on, a plan without faults ends it. */
  bench(server: number, plan?: FaultPlan): Promise<FaultPlan>;
  /** Sends bytes as they are to a server of the host; times of the reply are the store's. */
  send(plan: SendPlan): Promise<SendReply>;
  /** All that happened on one connection; undefined when it is not held. */
  ladder(of: LadderOf): Promise<LadderResult | undefined>;
  /** Rows from a number on, at most `count`, whatever the filter says. */
  rowsFrom(from: number, count: number): Promise<readonly Row[]>;
  /** The request as a curl command, with a sentence for each way in which curl will differ. */
  curl(exchange: number): Promise<{ readonly command: string; readonly notes: readonly string[] }>;
}
