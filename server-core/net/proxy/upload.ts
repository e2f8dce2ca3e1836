import type { Request } from '../../http/request.ts';
import type { Framing } from '../../wire/http1/events.ts';
import { CHUNK_END, chunkHead, LAST_CHUNK } from '../../wire/http1/writer.ts';
import type { OriginConnection } from './origin-connection.ts';
import { OriginProblem } from './origin-problem.ts';

export interface UploadHooks {
  /** Called when the origin does not take what was sent, and when it has. */
  waiting(yes: boolean): void;
  /** Whether the origin has begun its final response. */
  answered(): boolean;
}

/** The content of one request on its way to the origin: read from the client no faster than the origin takes it. */
export class Upload {
  readonly #request: Request;
  readonly #connection: OriginConnection;
  readonly #continueMs: number;
  readonly #hooks: UploadHooks;
  #cancelled = false;
  #wake: () => void = () => {};

  constructor(request: Request, connection: OriginConnection, continueMs: number, hooks: UploadHooks) {
    this.#request = request;
    this.#connection = connection;
    this.#continueMs = continueMs;
    this.#hooks = hooks;
  }

  /** Called once. Resolves to whether the request was sent whole; rejects when the client's content broke off. */
  async run(): Promise<boolean> {
    const { fields, framing } = this.#request.head;
    if (framing.kind === 'none') return true;
    if (fields.has('expect')) {
      await this.#continued();
      // An origin that answered instead of saying 100 has no use for the content, and the client keeps it.
      if (this.#hooks.answered()) return false;
    }
    return !this.#cancelled && this.#send(framing);
  }

  /** What was waited for may have come: a drain, 100 (Continue), the response. */
  wake(): void {
    this.#wake();
  }

  /** Nothing more will be sent. */
  cancel(): void {
    this.#cancelled = true;
    this.#wake();
  }

  /** The first read of the content is what has the client told to continue: RFC 9110 §10.1.1. */
  async #send(framing: Framing): Promise<boolean> {
    const connection = this.#connection;
    const chunked = framing.kind === 'chunked';
    let sent = 0;
    for await (const bytes of this.#request.body.chunks()) {
      if (this.#cancelled) return false;
      sent += bytes.length;
      const taken = chunked
        ? connection.write(chunkHead(bytes.length), bytes, CHUNK_END)
        : connection.write(bytes);
      if (!taken) await this.#drained();
    }
    if (this.#cancelled) return false;
    // Content also ends, without a word, when the client's connection drops what was not read before the response.
    if (framing.kind === 'length' && sent < framing.length) throw new OriginProblem('closed');
    if (chunked) connection.write(LAST_CHUNK);
    return true;
  }

  async #drained(): Promise<void> {
    if (this.#cancelled) return;
    this.#hooks.waiting(true);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = () => {};
    if (!this.#cancelled) this.#hooks.waiting(false);
  }

  /** Waits for 100 (Continue), for a while: origins that do not know it wait for the content in silence. */
  async #continued(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, this.#continueMs);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
