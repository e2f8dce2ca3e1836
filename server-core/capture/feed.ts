import { checkCall } from './calls.ts';
import type { Cursor } from './cursor.ts';
import {
  CATCH_UP_BYTES,
  type Call,
  FRAME_MS,
  type Hello,
  helloMessage,
  jsonOf,
  MAX_BATCH_BYTES,
  MESSAGE,
  numberOf,
  rawMessage,
  replyMessage,
} from './feed-messages.ts';
import type { AppendSignal, RecordLog } from './record-log.ts';
import type { Transport } from './transport.ts';

export interface FeedOptions {
  readonly hello: Hello;
  /** Milliseconds, monotonic; paces the batches. */
  now(): number;
  /** Runs something once, that many milliseconds from now; returns how to cancel it. */
  later(run: () => void, ms: number): () => void;
  /** Answers a call that was checked. A Uint8Array goes back as it is, all else as JSON, a rejection as its message. */
  onCall(call: Call): Promise<unknown>;
  /** Called once, when the viewer is gone; never before the constructor has returned. */
  onClose?(reason: string): void;
  /** Called with one sentence for each message that cannot be answered and was therefore ignored. */
  onIgnored?(reason: string): void;
}

/** Credit beyond this is as good as none: it bounds the sum, whatever a viewer sends. */
const MOST_CREDIT = 2 ** 32;

/**
 * The host's side of one viewer (feed-messages.ts): gives it the log from the first record held, then live, as
 * fast as it hands out credit and never faster than a batch a frame. It owns the transport.
 *
 * At any time it waits for an append (armed), the next frame (timer), the disk (fetching), or else for credit.
 */
export class Feed {
  readonly #transport: Transport;
  readonly #options: FeedOptions;
  readonly #cursor: Cursor;
  readonly #appended: AppendSignal;
  readonly #message = new Uint8Array(MAX_BATCH_BYTES);
  #credit = 0;
  #lastBatch = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #fetching = false;
  #closed = false;
  #constructed = false;

  constructor(log: RecordLog, transport: Transport, options: FeedOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#cursor = log.cursor('start');
    this.#appended = log.onAppend(() => this.#schedule());
    this.#message[0] = MESSAGE.batch;
    transport.onMessage((message) => this.#take(message));
    transport.onClose((reason) => this.#end(reason));
    this.hello(options.hello);
    this.#schedule();
    this.#constructed = true;
  }

  /** Log bytes that the viewer has yet to be given. */
  get behind(): number {
    return this.#cursor.behind;
  }

  /** Tells the viewer the host's settings again, after they changed. */
  hello(hello: Hello): void {
    this.#transport.send(helloMessage(hello));
  }

  close(): void {
    this.#transport.close();
    this.#end('The host closed the feed');
  }

  #schedule(): void {
    if (this.#cancel || this.#closed) return;
    // A viewer that is far behind catches up as fast as it gives credit: a log of hours must not take as long to show.
    const pace = this.behind > CATCH_UP_BYTES ? 0 : FRAME_MS;
    const wait = Math.max(0, Math.ceil(this.#lastBatch + pace - this.#options.now()));
    this.#cancel = this.#options.later(() => this.#pump(), wait);
  }

  #pump(): void {
    this.#cancel = undefined;
    if (this.#closed) return;
    const limit = Math.min(this.#message.length, 1 + this.#credit);
    const end = this.#cursor.readInto(this.#message, 1, limit);
    if (end > 1) {
      this.#credit -= end - 1;
      this.#lastBatch = this.#options.now();
      this.#transport.send(this.#message.subarray(0, end));
    }
    if (!this.#cursor.pending) this.#appended.arm();
    else if (this.#cursor.onDisk) this.#fetch();
    else if (end > 1) this.#schedule();
  }

  /** What comes next lies on disk. */
  #fetch(): void {
    if (this.#fetching) return;
    this.#fetching = true;
    void this.#cursor.ready().then(() => {
      this.#fetching = false;
      this.#schedule();
    });
  }

  #take(message: Uint8Array): void {
    if (this.#closed) return;
    const value = numberOf(message);
    if (value === undefined) this.#ignore('A message was too short');
    else if (message[0] === MESSAGE.call) void this.#answer(value, message);
    else if (message[0] === MESSAGE.credit) {
      this.#credit = Math.min(this.#credit + value, MOST_CREDIT);
      if (this.#cursor.pending) this.#schedule();
    } else this.#ignore(`A message was of unknown type ${message[0]}`);
  }

  /** Never rejects: whatever goes wrong is the answer. */
  async #answer(id: number, message: Uint8Array): Promise<void> {
    const call = checkCall(jsonOf(message, 5));
    if (typeof call === 'string') return this.#send(replyMessage(id, { error: call }));
    try {
      const value = await this.#options.onCall(call);
      this.#send(
        value instanceof Uint8Array ? rawMessage(id, value) : replyMessage(id, { ok: value ?? null }),
      );
    } catch (problem) {
      const error = problem instanceof Error ? problem.message : String(problem);
      this.#send(replyMessage(id, { error }));
    }
  }

  #send(message: Uint8Array): void {
    if (!this.#closed) this.#transport.send(message);
  }

  #ignore(reason: string): void {
    this.#options.onIgnored?.(reason);
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#appended.close();
    const tell = () => this.#options.onClose?.(reason);
    if (this.#constructed) tell();
    else this.#options.later(tell, 0);
  }
}
