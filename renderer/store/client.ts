/**
 * The page's side of the store: hands what is asked to the worker and keeps the latest state. It holds no traffic
 * of its own.
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { FaultRule } from '../../server-core/capture/fault-plan.ts';
import type {
  BenchReply,
  CallReply,
  ConfigureReply,
  OpenReply,
  SaveReply,
  ServeReply,
  SettingsReply,
  WarnReply,
} from '../../server-core/capture/feed-messages.ts';
import type { LabCall } from '../../server-core/capture/lab-call.ts';
import type { ModelName } from '../../server-core/capture/model-names.ts';
import type { SendReply } from '../../server-core/capture/send-call.ts';
import type { TreeReply } from '../../server-core/capture/served-tree.ts';
import type { ServerSettings } from '../../server-core/capture/server-settings.ts';
import type { HostCoding } from '../../server-core/capture/undo-call.ts';
import { base64 } from '../../server-core/wire/ws/base64.ts';
import type { FieldName } from '../filter/fields.ts';
import type { LinkSpec } from '../link/connect.ts';
import { FrameInbox, type NextFrame } from './frame-inbox.ts';
import { INITIAL_STATE } from './initial-state.ts';
import type { FromWorker, Question, ToWorker, Watchable, WatchName, WatchOf } from './messages.ts';
import type { Annotation } from './queries/annotation.ts';
import type { CellSource, CellTexts } from './queries/cell-texts.ts';
import type { LadderOf, LadderResult, PageLoad } from './queries/connection.ts';
import type { Conversation } from './queries/conversation.ts';
import type { DetailResult } from './queries/detail.ts';
import type { Filter, ValueCount } from './queries/filter.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import type { HeatParams, HeatResult } from './queries/heat.ts';
import type { LaneStep } from './queries/lane.ts';
import type { Grouping, ListParams, ListResult, Row, SortOrder } from './queries/list.ts';
import type { Repeat, RepeatForm } from './queries/repeat.ts';
import { withSharedParts } from './queries/shared-parts.ts';
import type { StoreState } from './queries/state.ts';
import type { ExportPlan, SendPlan, Store, Watch } from './queries/store.ts';
import type { TalkParams, TalkResult } from './queries/talk.ts';
import type { TasksParams, TasksResult } from './queries/tasks.ts';
import type { TimelineParams, TimelineResult } from './queries/timeline.ts';

export type { LinkSpec } from '../link/connect.ts';

/** The part of a Worker (or of a port to one) that is used here. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** A store and the means to point it at a host; a new `connect` replaces the link there was. */
export type ConnectableStore = Store & { connect(spec: LinkSpec): void };

/** Without `nextFrame` everything is heard as it comes. */
export function createStore(worker: WorkerLike, nextFrame: NextFrame = (run) => run()): ConnectableStore {
  return new StoreClient(worker, nextFrame);
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

class StoreClient implements Store {
  #current: StoreState = INITIAL_STATE;
  readonly #listeners = new Set<() => void>();
  readonly #watches = new Map<number, (result: unknown) => void>();
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  readonly #worker: WorkerLike;

  constructor(worker: WorkerLike, nextFrame: NextFrame) {
    this.#worker = worker;
    const inbox = new FrameInbox((message) => this.#receive(message), nextFrame);
    worker.addEventListener('message', ({ data }) => inbox.take(Array.isArray(data) ? data : [data]));
  }

  connect(spec: LinkSpec): void {
    this.#worker.postMessage(
      { type: 'connect', spec } satisfies ToWorker,
      spec.kind === 'port' ? [spec.port] : [],
    );
  }

  // Bound, because React calls both without their object.
  state = (): StoreState => this.#current;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  watchList(params: ListParams, listener: (result: ListResult) => void): Watch<ListParams> {
    return this.#watch('list', params, listener);
  }

  watchDetail(
    exchange: number | undefined,
    listener: (result: DetailResult | undefined) => void,
  ): Watch<number | undefined> {
    return this.#watch('detail', exchange, listener);
  }

  watchTalk(params: TalkParams, listener: (result: TalkResult) => void): Watch<TalkParams> {
    return this.#watch('talk', params, listener);
  }

  watchTimeline(params: TimelineParams, listener: (result: TimelineResult) => void): Watch<TimelineParams> {
    return this.#watch('timeline', params, listener);
  }

  watchGraph(params: GraphParams, listener: (result: GraphResult) => void): Watch<GraphParams> {
    return this.#watch('graph', params, listener);
  }

  watchHeat(params: HeatParams, listener: (result: HeatResult) => void): Watch<HeatParams> {
    return this.#watch('heat', params, listener);
  }

  watchTasks(params: TasksParams, listener: (result: TasksResult) => void): Watch<TasksParams> {
    return this.#watch('tasks', params, listener);
  }

  readBytes(exchange: number, direction: Direction, from: number, to: number): Promise<Uint8Array> {
    return this.#ask<Uint8Array>({ ask: 'bytes', exchange, direction, from, to });
  }

  indexOf(exchange: number): Promise<number | undefined> {
    return this.#ask<number | undefined>({ ask: 'index', exchange });
  }

  headOf(group: string): Promise<number | undefined> {
    return this.#ask<number | undefined>({ ask: 'head', group });
  }

  headAbove(place: number): Promise<number | undefined> {
    return this.#ask<number | undefined>({ ask: 'head-above', place });
  }

  idsOf(first: number, end: number): Promise<Uint32Array> {
    return this.#ask<Uint32Array>({ ask: 'ids', first, end });
  }

  rowsText(exchanges: readonly number[]): Promise<string> {
    return this.#ask<string>({ ask: 'rows-text', exchanges });
  }

  async serve(path: string, port?: number, sure = false): Promise<ServeReply | OpenReply | WarnReply> {
    const reply = await this.#ask<ServeReply | OpenReply | WarnReply>({ ask: 'serve', path, port, sure });
    if ('capture' in reply) this.show(reply.capture.id);
    return reply;
  }

  show(capture: number | undefined): void {
    this.setPlayhead(undefined);
    this.#order({ type: 'show', capture });
    // Servers and times are others there.
    this.setFilter({ ...this.#current.filter, server: undefined, from: undefined, to: undefined });
  }

  async closeCapture(capture: number): Promise<void> {
    await this.#ask({ ask: 'host', call: { op: 'close', capture } });
  }

  async setBudget(where: 'memory' | 'disk', bytes: number): Promise<void> {
    await this.#ask({ ask: 'host', call: { op: where, bytes } });
  }

  async setReach(anywhere: boolean): Promise<void> {
    await this.#ask({ ask: 'host', call: { op: 'reach', anywhere } });
  }

  async share(on: boolean): Promise<void> {
    await this.#ask({ ask: 'host', call: { op: 'share', on } });
  }

  save(path?: string): Promise<SaveReply> {
    return this.#ask<SaveReply>({
      ask: 'host',
      call: path === undefined ? { op: 'save' } : { op: 'save', path },
    });
  }

  exportAs(plan: ExportPlan): Promise<SaveReply> {
    return this.#ask<SaveReply>({ ask: 'export', plan });
  }

  async server(action: 'start' | 'stop' | 'remove' | 'follow', server: number): Promise<void> {
    await this.#ask({ ask: 'server', action, server });
  }

  settings(server: number): Promise<SettingsReply> {
    return this.#ask<SettingsReply>({ ask: 'settings', server });
  }

  async configure(server: number, settings: ServerSettings): Promise<readonly string[]> {
    return (await this.#ask<ConfigureReply>({ ask: 'configure', server, settings })).notes;
  }

  async setModel(server: number, model: ModelName): Promise<void> {
    await this.#ask({ ask: 'model', server, model });
  }

  async open(server: number, path = '/'): Promise<void> {
    await this.#ask({ ask: 'open', server, path });
  }

  tree(server: number): Promise<TreeReply> {
    return this.#ask<TreeReply>({ ask: 'tree', server });
  }

  undo(coding: HostCoding, content: Uint8Array): Promise<Uint8Array> {
    const call = { op: 'undo', coding, content: base64(content) } as const;
    return this.#ask<Uint8Array>({ ask: 'host', call });
  }

  async bench(server: number, rules?: readonly FaultRule[]): Promise<readonly FaultRule[]> {
    const reply = await this.#ask<BenchReply>({ ask: 'bench', server, rules });
    return reply.rules;
  }

  send(plan: SendPlan): Promise<SendReply> {
    return this.#ask<SendReply>({ ask: 'send', plan });
  }

  lab<C extends LabCall>(call: C): Promise<CallReply<C>> {
    return this.#ask<CallReply<C>>({ ask: 'lab', call });
  }

  pageLoad(exchange: number): Promise<PageLoad | undefined> {
    return this.#ask<PageLoad | undefined>({ ask: 'page-load', exchange });
  }

  ladder(of: LadderOf): Promise<LadderResult | undefined> {
    return this.#ask<LadderResult | undefined>({ ask: 'ladder', of });
  }

  cellTexts(exchanges: readonly number[], sources: readonly CellSource[]): Promise<CellTexts> {
    return this.#ask<CellTexts>({ ask: 'cell-texts', exchanges, sources });
  }

  conversation(exchange: number): Promise<Conversation | undefined> {
    return this.#ask<Conversation | undefined>({ ask: 'conversation', exchange });
  }

  readStream(conn: number, direction: Direction, from: number, to: number): Promise<Uint8Array> {
    return this.#ask<Uint8Array>({ ask: 'stream', conn, direction, from, to });
  }

  rowsFrom(from: number, count: number): Promise<readonly Row[]> {
    return this.#ask<readonly Row[]>({ ask: 'rows-from', from, count });
  }

  repeat(exchange: number, form: RepeatForm): Promise<Repeat> {
    return this.#ask<Repeat>({ ask: 'repeat', exchange, form });
  }

  values(field: FieldName, typed: string): Promise<readonly ValueCount[]> {
    return this.#ask({ ask: 'values', field, typed });
  }

  /** The state has it at once: who types must not see the text of two letters ago come back from the worker. */
  setFilter(filter: Filter): void {
    this.#current = { ...this.#current, filter };
    this.#order({ type: 'filter', filter });
    for (const listener of [...this.#listeners]) listener();
  }

  setSort(sort: SortOrder): void {
    this.#order({ type: 'sort', sort });
  }

  setGrouping(grouping: Grouping): void {
    this.#order({ type: 'grouping', grouping });
  }

  fold(group: string | undefined, folded: boolean): void {
    this.#order({ type: 'fold', group, folded });
  }

  annotate(exchanges: readonly number[], change: Partial<Annotation>): void {
    this.#order({ type: 'annotate', exchanges, change });
  }

  setPaused(paused: boolean): void {
    this.#order({ type: 'paused', paused });
  }

  /** The state has it at once: who drags it must not see it jump back. */
  setPlayhead(time: number | undefined): void {
    this.#current = { ...this.#current, playhead: time };
    this.#order({ type: 'playhead', time });
    for (const listener of [...this.#listeners]) listener();
  }

  neighbour(time: number, by: 1 | -1): Promise<number | undefined> {
    return this.#ask<number | undefined>({ ask: 'neighbour', time, by });
  }

  laneStep(conn: number, time: number, by: 1 | -1): Promise<LaneStep | undefined> {
    return this.#ask<LaneStep | undefined>({ ask: 'lane-step', conn, time, by });
  }

  forget(exchanges: readonly number[]): Promise<number> {
    return this.#ask<number>({ ask: 'forget', exchanges });
  }

  clear(): void {
    this.setPlayhead(undefined);
    this.#order({ type: 'clear' });
  }

  #watch<N extends WatchName>(
    name: N,
    params: Watchable[N]['params'],
    listener: (result: Watchable[N]['result']) => void,
  ): Watch<Watchable[N]['params']> {
    const id = this.#nextId++;
    // The worker answers a watch with the result of its own kind, so the number vouches for the type.
    this.#watches.set(id, listener as (result: unknown) => void);
    const send = (now: Watchable[N]['params']) =>
      this.#order({ type: 'watch', id, watch: { name, params: now } as WatchOf });
    send(params);
    return {
      update: (now) => {
        if (this.#watches.has(id)) send(now);
      },
      close: () => {
        if (this.#watches.delete(id)) this.#order({ type: 'unwatch', id });
      },
    };
  }

  #ask<T>(question: Question): Promise<T> {
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#order({ type: 'ask', id, question });
    });
  }

  #order(message: ToWorker): void {
    this.#worker.postMessage(message, []);
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'state': {
        const { filter, playhead } = this.#current;
        this.#current = withSharedParts(this.#current, { ...message.state, filter, playhead });
        for (const listener of [...this.#listeners]) listener();
        return;
      }
      case 'result':
        // A result may cross the close of its watch on the way.
        this.#watches.get(message.id)?.(message.result);
        return;
      case 'answer':
        this.#take(message.id)?.resolve(message.ok);
        return;
      case 'refusal':
        this.#take(message.id)?.reject(new Error(message.error));
        return;
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}
