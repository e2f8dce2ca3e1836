import {
  type Call,
  type CallReply,
  callMessage,
  creditMessage,
  type Hello,
  jsonOf,
  MAX_BATCH_BYTES,
  MESSAGE,
  numberOf,
  payloadOf,
} from './feed-messages.ts';
import type { Transport } from './transport.ts';

export interface ViewerLinkHandlers {
  /** Called first of all, and again when the host's settings change. */
  onHello(hello: Hello): void;
  /**
   * Called with each run of records, for a RecordReader; the array is the callee's. Credit goes back once it
   * returns, or once the promise that it returns resolves: a viewer that is slow is sent less.
   */
  onBatch(records: Uint8Array): void | Promise<void>;
  /** Called once, when the link is lost or closed. `reason` is one sentence. */
  onClose(reason: string): void;
}

/** Enough for four batches to be under way, so that the round trip of credit does not slow the host. */
export const DEFAULT_WINDOW_BYTES = 4 * MAX_BATCH_BYTES;

interface Pending {
  resolve(value: unknown): void;
  reject(problem: Error): void;
}

/** The viewer's side of a feed. It owns the transport. */
export class ViewerLink {
  readonly #transport: Transport;
  readonly #handlers: ViewerLinkHandlers;
  readonly #windowBytes: number;
  readonly #pending = new Map<number, Pending>();
  /** Calls made before the host said hello: a transport may still be connecting. */
  #unsent: Uint8Array[] | undefined = [];
  #lastId = 0;
  #closed: string | undefined;

  /** `windowBytes` is how many bytes of records may be under way; at least one batch. */
  constructor(transport: Transport, handlers: ViewerLinkHandlers, windowBytes = DEFAULT_WINDOW_BYTES) {
    this.#transport = transport;
    this.#handlers = handlers;
    this.#windowBytes = Math.max(windowBytes, MAX_BATCH_BYTES);
    transport.onMessage((message) => this.#take(message));
    transport.onClose((reason) => this.#end(reason));
  }

  /** Asks the host for something. Rejects with the host's sentence, or when the link is lost before the answer. */
  call<C extends Call>(call: C): Promise<CallReply<C>> {
    if (this.#closed !== undefined) return Promise.reject(new Error(this.#closed));
    // Ids go round after 2^32 calls; none is still pending from then.
    const id = (this.#lastId + 1) >>> 0;
    this.#lastId = id;
    const message = callMessage(id, call);
    return new Promise((resolve, reject) => {
      // The host is of the same build, and answers each call with its kind of reply.
      this.#pending.set(id, { resolve: (value) => resolve(value as CallReply<C>), reject });
      if (this.#unsent) this.#unsent.push(message);
      else this.#transport.send(message);
    });
  }

  close(): void {
    this.#transport.close();
    this.#end('The viewer closed the link');
  }

  #take(message: Uint8Array): void {
    if (this.#closed !== undefined) return;
    if (message[0] === MESSAGE.batch) this.#batch(message.subarray(1));
    else if (message[0] === MESSAGE.hello) this.#hello(jsonOf(message, 1));
    else if (message[0] === MESSAGE.raw) this.#settle(message)?.resolve(payloadOf(message));
    else if (message[0] === MESSAGE.reply) this.#reply(message);
    else this.#fail(`The host sent a message of unknown type ${message[0]}`);
  }

  #hello(hello: unknown): void {
    if (typeof hello !== 'object' || hello === null) {
      this.#fail('The host sent a hello that is no JSON');
      return;
    }
    this.#handlers.onHello(hello as Hello);
    if (!this.#unsent) return;
    this.#transport.send(creditMessage(this.#windowBytes));
    for (const message of this.#unsent) this.#transport.send(message);
    this.#unsent = undefined;
  }

  #batch(records: Uint8Array): void {
    const giveBack = () => this.#transport.send(creditMessage(records.length));
    const taken = this.#handlers.onBatch(records);
    if (taken instanceof Promise) void taken.then(giveBack);
    else giveBack();
  }

  #reply(message: Uint8Array): void {
    const pending = this.#settle(message);
    if (!pending) return;
    const reply = jsonOf(message, 5);
    const readable = typeof reply === 'object' && reply !== null;
    if (readable && 'ok' in reply) pending.resolve(reply.ok);
    else if (readable && 'error' in reply) pending.reject(new Error(String(reply.error)));
    else pending.reject(new Error('The host sent an answer that cannot be read'));
  }

  /** The call that a message answers, which is then no longer pending. */
  #settle(message: Uint8Array): Pending | undefined {
    const id = numberOf(message);
    if (id === undefined) return undefined;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #fail(reason: string): void {
    this.#transport.close();
    this.#end(reason);
  }

  #end(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    for (const { reject } of this.#pending.values()) reject(new Error(reason));
    this.#pending.clear();
    this.#unsent = undefined;
    this.#handlers.onClose(reason);
  }
}
