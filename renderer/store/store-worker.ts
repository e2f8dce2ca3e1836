/**
 * The store as it lives in its worker: takes records in from the link, and answers the page at most once a frame
 * and only when something changed. It knows neither the worker's globals nor a clock; both are given.
 */
import type { Hello } from '../../server-core/capture/feed-messages.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import type { LinkSpec } from '../link/connect.ts';
import { curlOf } from './curl.ts';
import { Detail } from './detail.ts';
import { FeedLink } from './feed-link.ts';
import { HostClock } from './host-clock.ts';
import { Ingest } from './ingest.ts';
import type { FromWorker, Question, ToWorker } from './messages.ts';
import type { LinkState } from './queries.ts';
import { buildState } from './state.ts';
import { Watches } from './watches.ts';

export interface Surface {
  readonly post: (message: FromWorker) => void;
  readonly open: (spec: LinkSpec) => Transport;
  /** Runs a function once, after so many milliseconds; returns what cancels it. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** Milliseconds, monotonic, with fractions. */
  readonly clock: () => number;
}

/** One frame at 60 Hz. */
export const FRAME_MS = 16;
/** How often figures "over the last second" are looked at when nothing else happens. */
const FADE_MS = 250;

export class StoreWorker {
  #ingest = new Ingest();
  #link: LinkState = { state: 'connecting' };
  #hello: Hello | undefined;
  #paused = false;
  /** Log position up to which the person has cleared the list, and of which log. */
  #cleared: { readonly epochMs: number; readonly position: number } | undefined;
  #beatDue = false;
  #sentState = '';
  readonly #feed: FeedLink;
  readonly #hostClock: HostClock;
  readonly #watches: Watches;

  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#hostClock = new HostClock(() => surface.clock() * 1000);
    this.#feed = new FeedLink({
      open: surface.open,
      later: surface.later,
      handlers: {
        onState: (state) => {
          this.#link = state;
          this.#wake();
        },
        onHello: (hello, fresh) => this.#onHello(hello, fresh),
        onBatch: (records) => this.#onBatch(records),
      },
    });
    this.#watches = new Watches(this.#ingest, {
      pull: (positions) => this.#feed.call({ op: 'pull', positions }),
      send: (id, result) => surface.post({ type: 'result', id, result }),
      clock: surface.clock,
      wake: () => this.#wake(),
    });
  }

  /** Takes a message of the page. */
  receive(message: ToWorker): void {
    switch (message.type) {
      case 'connect':
        this.#feed.connect(message.spec);
        return;
      case 'watch':
        this.#watches.set(message.id, message.watch);
        return this.#wake();
      case 'unwatch':
        return this.#watches.close(message.id);
      case 'ask':
        void this.#answer(message.id, message.question);
        return;
      case 'filter':
        this.#ingest.index.set(message.filter);
        return this.#wake();
      case 'paused':
        this.#paused = message.paused;
        return this.#wake();
      case 'clear':
        this.#ingest.clear();
        if (this.#hello !== undefined) {
          this.#cleared = { epochMs: this.#hello.epochMs, position: this.#ingest.trim.read };
        }
        return this.#wake();
    }
  }

  #onHello(hello: Hello, fresh: boolean): void {
    this.#hello = hello;
    this.#wake();
    if (!fresh) return;
    const { filter } = this.#ingest.index;
    this.#ingest = new Ingest();
    this.#ingest.index.set(filter);
    // The same log comes again from its start: what was cleared of it stays cleared.
    if (this.#cleared?.epochMs === hello.epochMs) this.#ingest.clearWhenAt(this.#cleared.position);
    this.#hostClock.reset();
    this.#watches.rebase(this.#ingest);
  }

  #onBatch(records: Uint8Array): void {
    this.#ingest.batch(records);
    this.#hostClock.seen(this.#ingest.columns.lastTime);
    this.#wake();
  }

  /** Asks for a beat within a frame. */
  #wake(): void {
    if (this.#beatDue) return;
    this.#beatDue = true;
    this.#surface.later(() => this.#beat(), FRAME_MS);
  }

  #beat(): void {
    this.#beatDue = false;
    const state = buildState(this.#ingest, {
      link: this.#link,
      hello: this.#hello,
      paused: this.#paused,
      now: this.#hostClock.now(),
    });
    const text = JSON.stringify(state);
    if (text !== this.#sentState) {
      this.#sentState = text;
      this.#surface.post({ type: 'state', state });
    }
    this.#watches.beat(!this.#paused);
    const fading = state.bytesInPerSecond + state.bytesOutPerSecond + state.requestsPerSecond > 0;
    if (fading && !this.#beatDue) this.#surface.later(() => this.#wake(), FADE_MS);
  }

  async #answer(id: number, question: Question): Promise<void> {
    try {
      this.#surface.post({ type: 'answer', id, ok: await this.#find(question) });
    } catch (problem) {
      const error = problem instanceof Error ? problem.message : String(problem);
      this.#surface.post({ type: 'refusal', id, error });
    }
  }

  async #curl(exchange: number): Promise<unknown> {
    const pull = (positions: readonly number[]) => this.#feed.call({ op: 'pull', positions });
    const result = await new Detail(this.#ingest.columns, exchange, pull).result();
    if (result === undefined) throw new Error('It was trimmed');
    const { row, request, connection } = result;
    const server = this.#ingest.columns.servers.get(connection.server);
    return curlOf(row, request, server?.url.replace(/\/$/, '') ?? `http://127.0.0.1:${connection.localPort}`);
  }

  #find(question: Question): unknown {
    switch (question.ask) {
      case 'index':
        return this.#ingest.index.indexOf(question.exchange);
      case 'bytes': {
        const { exchange, direction, from, to } = question;
        const pull = (positions: readonly number[]) => this.#feed.call({ op: 'pull', positions });
        return new Detail(this.#ingest.columns, exchange, pull).bytes(direction, from, to);
      }
      case 'serve': {
        const { path, port } = question;
        return this.#feed.call(port === undefined ? { op: 'serve', path } : { op: 'serve', path, port });
      }
      case 'server':
        return this.#feed.call({ op: question.action, server: question.server });
      case 'open':
        return this.#feed.call({ op: 'open', server: question.server, path: question.path });
      case 'curl':
        return this.#curl(question.exchange);
    }
  }
}
