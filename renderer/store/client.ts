/**
 * The page's side of the store: hands what is asked to the worker and keeps the latest state. It holds no traffic
 * of its own.
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { OpenReply, SaveReply, ServeReply } from '../../server-core/capture/feed-messages.ts';
import type { FieldName } from '../filter/fields.ts';
import type { LinkSpec } from '../link/connect.ts';
import type { FromWorker, Question, ToWorker, Watchable, WatchName, WatchOf } from './messages.ts';
import {
  BY_TIME,
  type DetailResult,
  type Filter,
  type GraphParams,
  type GraphResult,
  type ListParams,
  type ListResult,
  NO_FILTER,
  type SortOrder,
  type Store,
  type StoreState,
  type TalkParams,
  type TalkResult,
  type TimelineParams,
  type TimelineResult,
  type ValueCount,
  type Watch,
} from './queries.ts';

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

  readBytes(exchange: number, direction: Direction, from: number, to: number): Promise<Uint8Array> {
    return this.#ask<Uint8Array>({ ask: 'bytes', exchange, direction, from, to });
  }

  indexOf(exchange: number): Promise<number | undefined> {
    return this.#ask<number | undefined>({ ask: 'index', exchange });
  }

  idsOf(first: number, end: number): Promise<Uint32Array> {
    return this.#ask<Uint32Array>({ ask: 'ids', first, end });
  }

  rowsText(exchanges: readonly number[]): Promise<string> {
    return this.#ask<string>({ ask: 'rows-text', exchanges });
  }

  async serve(path: string, port?: number): Promise<ServeReply | OpenReply> {
    const reply = await this.#ask<ServeReply | OpenReply>({ ask: 'serve', path, port });
    if ('capture' in reply) this.show(reply.capture.id);
    return reply;
  }

  show(capture: number | undefined): void {
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

  async open(server: number, path = '/'): Promise<void> {
    await this.#ask({ ask: 'open', server, path });
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

  setPaused(paused: boolean): void {
    this.#order({ type: 'paused', paused });
  }

  clear(): void {
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
      case 'state':
        this.#current = { ...message.state, filter: this.#current.filter };
        for (const listener of [...this.#listeners]) listener();
        return;
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
  paused: false,
  filter: NO_FILTER,
  unread: 0,
  sort: BY_TIME,
};
