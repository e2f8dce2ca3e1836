/**
 * The windows that views keep open onto the data. At each beat those whose answer has changed get it anew. One
 * that is dear to answer is asked less often, so that a large detail does not slow the list.
 */
import type { Columns } from './columns.ts';
import { Detail } from './detail.ts';
import { graphDetails } from './graph-details.ts';
import { graphResult } from './graphs.ts';
import { heatResult } from './heat.ts';
import type { Ingest } from './ingest.ts';
import { listResult, listStamp } from './list.ts';
import type { AnyResult, WatchOf } from './messages.ts';
import type { Pull } from './payloads.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import { Talk } from './talk.ts';
import { TaskWatch } from './task-watch.ts';
import { timelineResult } from './timeline.ts';

interface Open {
  watch: WatchOf;
  /** Stamp of the answer last sent; undefined when it must be sent whatever it is. */
  sent: string | undefined;
  detail: Detail | undefined;
  talk: Talk | undefined;
  tasks: TaskWatch | undefined;
  /** An answer is being put together. */
  busy: boolean;
  /** Not to be answered before this moment, in milliseconds of the clock. */
  due: number;
}

export interface WatchesOptions {
  readonly pull: Pull;
  readonly send: (id: number, result: AnyResult) => void;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Asks for a beat: something became ready outside of one. */
  readonly wake: () => void;
}

/** An answer that took one millisecond is given again after this many at the earliest: a fifth of the time. */
const REST = 4;
/** Milliseconds between two pictures of one span of time: they grow by a bar, and nobody reads them in each frame. */
const GRAPH_APART = 50;
const HEAT_APART = 100;

export class Watches {
  readonly #open = new Map<number, Open>();
  #ingest: Ingest;

  readonly #options: WatchesOptions;

  constructor(ingest: Ingest, options: WatchesOptions) {
    this.#options = options;
    this.#ingest = ingest;
  }

  /** The log is read anew from its start: everything is asked again. */
  rebase(ingest: Ingest): void {
    this.#ingest = ingest;
    for (const entry of this.#open.values()) this.#renew(entry);
  }

  /** The host is linked to again: bytes that could not be had while it was not are asked for once more. */
  relinked(): void {
    for (const entry of this.#open.values()) {
      if (entry.watch.name !== 'detail' && entry.watch.name !== 'talk') continue;
      entry.talk = undefined;
      this.#renew(entry);
    }
  }

  /** Opens a watch, or changes what an open one looks at. */
  set(id: number, watch: WatchOf): void {
    const known = this.#open.get(id);
    if (known === undefined) {
      const entry: Open = {
        watch,
        ...{ sent: undefined, detail: undefined, talk: undefined, tasks: undefined },
        ...{ busy: false, due: 0 },
      };
      this.#open.set(id, entry);
      this.#renew(entry);
      return;
    }
    const before = known.watch;
    known.watch = watch;
    if (watch.name !== 'detail' || before.params !== watch.params) this.#renew(known);
  }

  close(id: number): void {
    this.#open.delete(id);
  }

  /** Sends every answer that has changed; `all` false sends only those that were never given. */
  beat(all: boolean): void {
    for (const [id, entry] of this.#open) {
      if (entry.busy || (!all && entry.sent !== undefined)) continue;
      const began = this.#options.clock();
      if (entry.sent !== undefined && began < entry.due) {
        this.#options.wake();
        continue;
      }
      // To tell that something changed may be dear by itself: rows in groups are dealt out for it.
      const stamp = this.#stamp(entry);
      entry.due = began + (this.#options.clock() - began) * (1 + REST);
      if (stamp === entry.sent) continue;
      entry.sent = stamp;
      void this.#answer(id, entry, began);
    }
  }

  #renew(entry: Open): void {
    const { watch } = entry;
    entry.sent = undefined;
    if (watch.name === 'talk' && !entry.talk?.isOf(this.#ingest.columns, watch.params.exchange)) {
      entry.talk = new Talk(this.#ingest.columns, watch.params.exchange, this.#options.pull);
    }
    entry.detail =
      watch.name === 'detail' && watch.params !== undefined
        ? new Detail(this.#ingest.columns, watch.params, this.#options.pull)
        : undefined;
    entry.tasks =
      watch.name === 'tasks'
        ? new TaskWatch(this.#ingest.columns, watch.params, this.#options.pull)
        : undefined;
  }

  #stamp({ watch, detail, talk, tasks }: Open): string {
    switch (watch.name) {
      case 'list':
        return listStamp(this.#ingest, watch.params);
      case 'detail':
        return detail?.stamp() ?? '';
      case 'talk':
        return talk?.stamp() ?? '';
      case 'tasks':
        return tasks?.stamp() ?? '';
      case 'timeline':
      case 'graph':
      case 'heat':
        return `${this.#ingest.columns.serial} ${this.#ingest.columns.past.time}`;
    }
  }

  async #answer(id: number, entry: Open, began: number): Promise<void> {
    const { watch, detail, talk, tasks } = entry;
    const { columns } = this.#ingest;
    switch (watch.name) {
      case 'list':
        this.#options.send(id, listResult(this.#ingest, watch.params));
        break;
      case 'timeline':
        this.#options.send(id, timelineResult(columns, watch.params));
        break;
      case 'graph':
        this.#options.send(id, graphOf(columns, watch.params));
        break;
      case 'heat':
        this.#options.send(id, heatResult(columns, watch.params));
        break;
      case 'detail': {
        entry.busy = true;
        const result = await detail?.result();
        entry.busy = false;
        // While it was read the watch may have been closed, or turned to another exchange.
        if (this.#open.get(id) === entry && entry.detail === detail) this.#options.send(id, result);
        this.#options.wake();
        break;
      }
      case 'talk': {
        entry.busy = true;
        const result = await talk?.result(watch.params);
        entry.busy = false;
        const isWanted = this.#open.get(id) === entry && entry.talk === talk;
        if (isWanted && result !== undefined) this.#options.send(id, result);
        this.#options.wake();
        break;
      }
      case 'tasks': {
        entry.busy = true;
        const result = await tasks?.result();
        entry.busy = false;
        if (this.#open.get(id) === entry && entry.tasks === tasks && result !== undefined)
          this.#options.send(id, result);
        this.#options.wake();
        break;
      }
    }
    const now = this.#options.clock();
    entry.due = Math.max(now + (now - began) * REST, began + apart(watch));
  }
}

/** Graphs with details are drawn up to the state's last moment, and must not be older than that. */
function apart(watch: WatchOf): number {
  if (watch.name === 'heat') return HEAT_APART;
  return watch.name === 'graph' && watch.params.details !== true ? GRAPH_APART : 0;
}

function graphOf(columns: Columns, params: GraphParams): GraphResult {
  const until = params.whole === true ? undefined : columns.past.time;
  const details = params.details === true ? graphDetails(columns, params, until) : undefined;
  return { ...graphResult(columns.metrics, params, until), details };
}
