import { tooLong } from '../http/body/expect-content.ts';
import type { RequestBody } from '../http/request.ts';

export interface BodyHooks {
  /** Called once, when a handler first asks for content: the moment to send 100 (Continue). */
  wanted(): void;
  /** Called when the bytes kept here cross the mark, up (true) or back down (false). */
  full(full: boolean): void;
}

/**
 * Content between the socket and a handler. It keeps at most `mark` bytes before it asks the socket to pause;
 * what arrived with the last read may go over it by that one read.
 */
export class IncomingBody implements RequestBody {
  readonly #hooks: BodyHooks;
  readonly #mark: number;
  #queue: Uint8Array[] = [];
  #kept = 0;
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #taken = false;
  #dropping = false;

  constructor(mark: number, hooks: BodyHooks) {
    this.#mark = mark;
    this.#hooks = hooks;
  }

  /** False once nobody will read what comes: the connection then only counts it. */
  get wantsMore(): boolean {
    return !this.#dropping;
  }

  push(bytes: Uint8Array): void {
    if (this.#dropping) return;
    this.#queue.push(bytes);
    const before = this.#kept;
    this.#kept += bytes.length;
    if (before <= this.#mark && this.#kept > this.#mark) this.#hooks.full(true);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: Error): void {
    if (this.#ended) return;
    this.#failure = error;
    this.#wake?.();
  }

  /** The response is out: whatever the handler did not read is dropped from here on. */
  drop(): void {
    this.#dropping = true;
    this.#queue = [];
    if (this.#kept > this.#mark) this.#hooks.full(false);
    this.#kept = 0;
    this.#wake?.();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    if (this.#taken) throw new Error('The content of a request can be read once');
    this.#taken = true;
    if (!this.#ended) this.#hooks.wanted();
    for (;;) {
      const bytes = this.#queue.shift();
      if (bytes) {
        const before = this.#kept;
        this.#kept -= bytes.length;
        if (before > this.#mark && this.#kept <= this.#mark) this.#hooks.full(false);
        yield bytes;
      } else if (this.#failure) {
        throw this.#failure;
      } else if (this.#ended || this.#dropping) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
      }
    }
  }

  bytes(limit: number): Promise<Uint8Array> {
    return wholeContent(this.chunks(), limit);
  }
}

/** All content in one array, which is the caller's; rejects with HttpError 413 when it is longer than `limit` bytes. */
export async function wholeContent(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunks) {
    length += part.length;
    if (length > limit) throw tooLong(limit);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
