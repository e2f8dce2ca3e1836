/**
 * The store as views see it, with the types beside. It lives in a worker that owns all data; a view watches a
 * window onto it and gets a fresh result at most once a frame.
 */
import type { Direction } from '../../../server-core/capture/events.ts';
import type { ExportName } from '../../../server-core/capture/export-call.ts';
import type { FaultRule } from '../../../server-core/capture/fault-plan.ts';
import type {
  CallReply,
  OpenReply,
  SaveReply,
  ServeReply,
  SettingsReply,
  WarnReply,
} from '../../../server-core/capture/feed-messages.ts';
import type { LabCall } from '../../../server-core/capture/lab-call.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import type { SendCall, SendReply } from '../../../server-core/capture/send-call.ts';
import type { TreeReply } from '../../../server-core/capture/served-tree.ts';
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';
import type { HostCoding } from '../../../server-core/capture/undo-call.ts';
import type { FieldName } from '../../filter/fields.ts';
import type { Annotation } from './annotation.ts';
import type { CellSource, CellTexts } from './cell-texts.ts';
import type { LadderOf, LadderResult, PageLoad } from './connection.ts';
import type { Conversation } from './conversation.ts';
import type { DetailResult } from './detail.ts';
import type { Filter, ValueCount } from './filter.ts';
import type { GraphParams, GraphResult } from './graphs.ts';
import type { HeatParams, HeatResult } from './heat.ts';
import type { LaneStep } from './lane.ts';
import type { Grouping, ListParams, ListResult, Row, SortOrder } from './list.ts';
import type { Repeat, RepeatForm } from './repeat.ts';
import type { StoreState } from './state.ts';
import type { TalkParams, TalkResult } from './talk.ts';
import type { TasksParams, TasksResult } from './tasks.ts';
import type { TimelineParams, TimelineResult } from './timeline.ts';

/** What the raw client is to send; `server` is the store's number. */
export type SendPlan = Omit<SendCall, 'op'>;

/** All that is held, what the filter shows, or what is named. */
export type ExportScope = 'all' | 'shown' | 'chosen';

/** What to write in a format of others, of the log that is shown. */
export interface ExportPlan {
  readonly as: ExportName;
  readonly scope: ExportScope;
  /** Exchanges of the scope `chosen`, rising. */
  readonly chosen: readonly number[];
  /** Cookies, credentials and addresses are removed. */
  readonly redact: boolean;
  /** Of the host's disk; undefined: to be downloaded. */
  readonly path: string | undefined;
}

/** A live window: change its parameters as often as wanted, close it when unmounted. */
export interface Watch<P> {
  update(params: P): void;
  close(): void;
}

export interface Store {
  /** For useSyncExternalStore, which calls both without their object: the same state until something changed. */
  readonly state: () => StoreState;
  readonly subscribe: (listener: () => void) => () => void;
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
  /** The listener hears how far each task has come; other parameters begin anew. */
  watchTasks(params: TasksParams, listener: (result: TasksResult) => void): Watch<TasksParams>;
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
  /** The same on one connection, with what it was. */
  laneStep(conn: number, time: number, by: 1 | -1): Promise<LaneStep | undefined>;
  /** Forgets all finished exchanges that are not pinned; they count as trimmed. */
  clear(): void;
  /** Forgets those of some exchanges that are finished and not pinned; they count as trimmed. Resolves to how many. */
  forget(exchanges: readonly number[]): Promise<number>;
  /** Serves a path of the host machine, unless there is a warning and the caller is not `sure`, or opens a capture file there, which is then shown. */
  serve(path: string, port?: number, sure?: boolean): Promise<ServeReply | OpenReply | WarnReply>;
  /** Shows a capture, or what is live. */
  show(capture: number | undefined): void;
  closeCapture(capture: number): Promise<void>;
  /** How much captured traffic the host may keep. */
  setBudget(where: 'memory' | 'disk', bytes: number): Promise<void>;
  /** Whether `send` may go to hosts that are not served here. */
  setReach(anywhere: boolean): Promise<void>;
  /** Shows the window to others on the network, or no longer; where they find it stands in the hello. */
  share(on: boolean): Promise<void>;
  /** Writes all that the host holds to a file there; without a path it is to be downloaded from the reply's. */
  save(path?: string): Promise<SaveReply>;
  /** Writes what is shown in a format of other programs; see `save`. */
  exportAs(plan: ExportPlan): Promise<SaveReply>;
  server(action: 'start' | 'stop' | 'remove' | 'follow', server: number): Promise<void>;
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
  /** Content without a coding that the browser cannot undo, behind a byte of UNDONE. */
  undo(coding: HostCoding, content: Uint8Array): Promise<Uint8Array>;
  /** What a server does wrong on purpose; with rules it does that from now on, and without any fault in them nothing. */
  bench(server: number, rules?: readonly FaultRule[]): Promise<readonly FaultRule[]>;
  /** Sends bytes as they are to a server of the host; times of the reply are the store's. */
  send(plan: SendPlan): Promise<SendReply>;
  /** Runs the lab at the host, stops it, or resolves to what is new of it. */
  lab<C extends LabCall>(call: C): Promise<CallReply<C>>;
  /** The connections and exchanges of a page, from its own on; undefined when that is not held. */
  pageLoad(exchange: number): Promise<PageLoad | undefined>;
  /** All that happened on one connection; undefined when it is not held. */
  ladder(of: LadderOf): Promise<LadderResult | undefined>;
  /** What columns show that no row holds; messages are read for it, so ask for a screenful. */
  cellTexts(exchanges: readonly number[], sources: readonly CellSource[]): Promise<CellTexts>;
  /** What both ends said on the connection of an exchange, in turns; undefined when it is not held. */
  conversation(exchange: number): Promise<Conversation | undefined>;
  /** Bytes of one direction of a connection, by offset in its stream; rejects when they were trimmed. */
  readStream(conn: number, direction: Direction, from: number, to: number): Promise<Uint8Array>;
  /** Rows from a number on, at most `count`, whatever the filter says. */
  rowsFrom(from: number, count: number): Promise<readonly Row[]>;
  /** The request as a command that sends it again; rejects with one sentence where there is none. */
  repeat(exchange: number, form: RepeatForm): Promise<Repeat>;
}
