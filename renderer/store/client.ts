/**
 * The page's side of the store: hands what is asked to the worker and keeps the latest state. It holds no traffic
 * of its own.
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { FaultPlan } from '../../server-core/capture/fault-plan.ts';
import type {
  BenchReply,
  ConfigureReply,
  OpenReply,
  SaveReply,
  ServeReply,
  SettingsReply,
  WarnReply,
} from '../../server-core/capture/feed-messages.ts';
import type { ModelName } from '../../server-core/capture/model-names.ts';
import type { SendReply } from '../../server-core/capture/send-call.ts';
import type { TreeReply } from '../../server-core/capture/served-tree.ts';
import type { ServerSettings } from '../../server-core/capture/server-settings.ts';
import type { FieldName } from '../filter/fields.ts';
import type { LinkSpec } from '../link/connect.ts';
import type { FromWorker, Question, ToWorker, Watchable, WatchName, WatchOf } from './messages.ts';
import type { Annotation } from './queries/annotation.ts';
import type { LadderOf, LadderResult } from './queries/connection.ts';
import type { DetailResult } from './queries/detail.ts';
import { type Filter, NO_FILTER, type ValueCount } from './queries/filter.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import type { HeatParams, HeatResult } from './queries/heat.ts';
import {
  BY_TIME,
  type Grouping,
  type ListParams,
  type ListResult,
  type Row,
  type SortOrder,
} from './queries/list.ts';
import type { StoreState } from './queries/state.ts';
import type { SendPlan, Store, Watch } from './queries/store.ts';
import type { TalkParams, TalkResult } from './queries/talk.ts';
import type { TimelineParams, TimelineResult } from './queries/timeline.ts';

export type { LinkSpec } from '../link/connect.ts';

/** The part of a Worker (or of a port to one) that is used here. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** A store and the means to point it at a host; a new `connect` replaces the link there was. */
export type ConnectableStore = Store & { connect(spec: LinkSpec): void };

export function createStore(worker: WorkerLike): ConnectableStore {
  return new StoreClient(worker);
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

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => {
      for (const message of Array.isArray(data) ? data : [data]) this.#receive(message as FromWorker);
    });
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

  save(path?: string): Promise<SaveReply> {
    return this.#ask<SaveReply>({
      ask: 'host',
      call: path === undefined ? { op: 'save' } : { op: 'save', path },
    });
  }

  async server(action: 'start' | 'stop' | 'remove', server: number): Promise<void> {
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

  async bench(server: number, plan?: FaultPlan): Promise<FaultPlan> {
    const reply = await this.#ask<BenchReply>({ ask: 'bench', server, plan });
    return reply.plan;
  }

  send(plan: SendPlan): Promise<SendReply> {
    return this.#ask<SendReply>({ ask: 'send', plan });
  }

  ladder(of: LadderOf): Promise<LadderResult | undefined> {
    return this.#ask<LadderResult | undefined>({ ask: 'ladder', of });
  }

  rowsFrom(from: number, count: number): Promise<readonly Row[]> {
    return this.#ask<readonly Row[]>({ ask: 'rows-from', from, count });
  }

  curl(exchange: number): Promise<{ command: string; notes: readonly string[] }> {
    return this.#ask({ ask: 'curl', exchange });
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
        this.#current = { ...message.state, filter, playhead };
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

/** What holds before the worker has said anything. */
export const INITIAL_STATE: StoreState = {
  link: { state: 'connecting' },
  hello: undefined,
  servers: [],
  captures: [],
  restarts: [],
  ledger: { captured: 0, shown: 0, filtered: 0, trimmed: 0, dropped: 0 },
  openConnections: 0,
  inFlight: 0,
  bytesInPerSecond: 0,
  bytesOutPerSecond: 0,
  requestsPerSecond: 0,
  memoryBytes: 0,
  memoryBudgetBytes: 0,
  diskBytes: 0,
  diskBudgetBytes: 0,
  overruns: 0,
  firstTime: 0,
  lastTime: 0,
  newestTime: 0,
  playhead: undefined,
  paused: false,
  filter: NO_FILTER,
  unread: 0,
  sort: BY_TIME,
  grouping: 'none',
};
