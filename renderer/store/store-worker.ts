/**
 * The store as it lives in its worker: takes records in from the link, and answers the page at most once a frame
 * and only when something changed. It knows neither the worker's globals nor a clock; both are given.
 */

import type { Hello, UsageReply } from '../../server-core/capture/feed-messages.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import type { LinkSpec } from '../link/connect.ts';
import { answerTo, type Holder } from './answers.ts';
import { FeedLink } from './feed-link.ts';
import { HostClock } from './host-clock.ts';
import { IngestPace } from './ingest-pace.ts';
import type { FromWorker, Question, ToWorker } from './messages.ts';
import type { Pull } from './payloads.ts';
import type { LinkState } from './queries/state.ts';
import { Sources } from './sources.ts';
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
/** How often the page is told while a backlog is taken in: it has better to do than to draw what is gone at once. */
const CATCH_UP_MS = 100;
/** How often figures "over the last second" are looked at when nothing else happens. */
const FADE_MS = 250;
const USAGE_MS = 500;
/** Rows read at once for a filter that asks for bytes: enough to keep the link busy, few to wait behind. */
const READS = 32;

export class StoreWorker {
  #link: LinkState = { state: 'connecting' };
  #usage: UsageReply | undefined;
  #usageDue = false;
  #paused = false;
  /** The moment of the past that the page wants to see: taken up at the next beat, however often it moves before. */
  #playhead: number | undefined;
  /** When the next beat is due; Infinity when none is. */
  #beatAt = Number.POSITIVE_INFINITY;
  #cancelBeat = () => {};
  /** When the page was last told of all that changed. */
  #toldAt = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #sentState = '';
  readonly #feed: FeedLink;
  readonly #hostClock: HostClock;
  readonly #sources: Sources;
  readonly #watches: Watches;

  readonly #pull: Pull = (positions) => this.#sources.pull(positions);
  readonly #holder: Holder;
  readonly #pace: IngestPace;
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#pace = new IngestPace(surface);
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
    this.#sources = new Sources({
      call: (call) => this.#feed.call(call),
      onChange: () => this.#wake(),
      onShown: (ingest) => this.#watches.rebase(ingest),
    });
    this.#holder = {
      sources: this.#sources,
      pull: this.#pull,
      call: (call) => this.#feed.call(call),
      wake: () => this.#wake(),
    };
    this.#watches = new Watches(this.#sources.live, {
      pull: this.#pull,
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
        this.#sources.ingest.index.set(message.filter);
        return this.#wake();
      case 'sort':
        this.#sources.ingest.order.set(message.sort);
        return this.#wake();
      case 'grouping':
        this.#sources.ingest.lines.set(message.grouping);
        return this.#wake();
      case 'fold':
        this.#sources.ingest.lines.fold(message.group, message.folded);
        return this.#wake();
      case 'annotate':
        this.#sources.ingest.annotate(message.exchanges, message.change);
        return this.#wake();
      case 'show':
        this.#moveTo(undefined);
        this.#sources.show(message.capture);
        return this.#wake();
      case 'playhead':
        this.#playhead = message.time;
        // The picture that is held is of the present again.
        if (message.time === undefined && this.#paused) this.#watches.rebase(this.#sources.ingest);
        return this.#wake();
      case 'paused':
        this.#paused = message.paused;
        return this.#wake();
      case 'clear':
        this.#moveTo(undefined);
        this.#sources.ingest.clear();
        return this.#wake();
    }
  }

  #onHello(hello: Hello, fresh: boolean): void {
    this.#sources.onHello(hello, fresh);
    if (fresh) this.#watches.relinked();
    this.#askUsage();
    this.#wake();
  }

  #onBatch(records: Uint8Array): Promise<void> | undefined {
    const { live } = this.#sources;
    const rest = this.#pace.run(() => live.batch(records));
    this.#hostClock.seen(live.columns.lastTime);
    this.#askUsage();
    this.#wake(this.#pace.isBehind ? CATCH_UP_MS : FRAME_MS);
    return rest;
  }

  #moveTo(time: number | undefined): void {
    this.#playhead = time;
    const { columns, index } = this.#sources.ingest;
    if (time === undefined) index.setTime(Number.POSITIVE_INFINITY);
    else index.setTime(Math.max(columns.firstTime, Math.min(time, columns.lastTime)));
  }

  /** Asks the host what its log takes, a while after it grew. */
  #askUsage(): void {
    if (this.#usageDue) return;
    this.#usageDue = true;
    this.#surface.later(() => {
      this.#usageDue = false;
      const keep = (usage: UsageReply) => {
        this.#usage = usage;
        this.#wake();
      };
      // Where the link is lost the next hello asks again.
      this.#feed.call({ op: 'usage' }).then(keep, () => {});
    }, USAGE_MS);
  }

  /** Reads the rows whose bytes the filter asks for, until there are none. */
  async #readContents(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const isLinked = () => this.#link.state === 'live';
    while (isLinked()) {
      const { columns, index } = this.#sources.ingest;
      const ids = columns.contents.take(READS);
      if (ids.length === 0) break;
      await Promise.all(ids.map((id) => columns.contents.read(id, this.#pull, isLinked)));
      index.absorb();
      this.#wake();
    }
    this.#isReading = false;
  }

  /** Asks for a beat within so many milliseconds; one that is due before then will do. */
  #wake(ms = FRAME_MS): void {
    const at = this.#surface.clock() + ms;
    if (this.#beatAt <= at) return;
    this.#cancelBeat();
    this.#beatAt = at;
    this.#cancelBeat = this.#surface.later(() => this.#beat(), ms);
  }

  #beat(): void {
    this.#beatAt = Number.POSITIVE_INFINITY;
    const now = this.#surface.clock();
    if (this.#pace.isBehind && now - this.#toldAt < CATCH_UP_MS) {
      // Who moved a window gets its answer; all else waits.
      this.#watches.beat(false);
      this.#wake(this.#toldAt + CATCH_UP_MS - now);
      return;
    }
    this.#toldAt = now;
    void this.#readContents();
    const sources = this.#sources;
    this.#moveTo(this.#playhead);
    const state = buildState(sources.ingest, {
      link: this.#link,
      hello: sources.hello,
      live: sources.live,
      captures: sources.captures(),
      restarts: sources.restarts,
      usage: this.#usage,
      paused: this.#paused,
      // Nothing is of the last second in what was captured before.
      now: sources.isLive ? this.#hostClock.now() : Number.POSITIVE_INFINITY,
    });
    const text = JSON.stringify(state);
    if (text !== this.#sentState) {
      this.#sentState = text;
      this.#surface.post({ type: 'state', state });
    }
    this.#watches.beat(!this.#paused || this.#playhead !== undefined);
    const fading = state.bytesInPerSecond + state.bytesOutPerSecond + state.requestsPerSecond > 0;
    if (fading && this.#beatAt === Number.POSITIVE_INFINITY) this.#surface.later(() => this.#wake(), FADE_MS);
  }

  async #answer(id: number, question: Question): Promise<void> {
    try {
      this.#surface.post({ type: 'answer', id, ok: await answerTo(question, this.#holder) });
    } catch (problem) {
      const error = problem instanceof Error ? problem.message : String(problem);
      this.#surface.post({ type: 'refusal', id, error });
    }
  }
}
