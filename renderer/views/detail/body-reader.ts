/** Pulls the content of one message as far as it is wanted, and undoes its codings. */
import { ContentReader } from '../../explain/content-reader.ts';
import { decoded, type HostUndo } from './decoding.ts';
import { joined } from './joined-bytes.ts';

export interface Body {
  /** Bytes after the head as they were on the wire, as far as they were pulled. */
  readonly wire: Uint8Array;
  /** Without the chunked coding. */
  readonly content: Uint8Array;
  /** Without content codings; the content itself where there are none. Undefined where this browser cannot undo them. */
  readonly plain: Uint8Array | undefined;
  /** All that came was pulled. */
  readonly whole: boolean;
  /** One sentence when a coding could not be undone, or not to its end. */
  readonly problem: string | undefined;
}

export interface BodySource {
  readonly role: 'request' | 'response';
  readonly method: string;
  /** Names of content codings, in the order in which they were put on. */
  readonly codings: readonly string[];
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
  /** For codings that the browser cannot undo. */
  readonly undo?: HostUndo;
}

/** Pulled at once: a request to the host takes a few milliseconds, and rows of the list come in between. */
const PIECE = 1024 * 1024;

export class BodyReader {
  readonly #source: BodySource;
  readonly #reader: ContentReader;
  readonly #content: Uint8Array[] = [];
  #wire: Uint8Array[] = [];
  /** Bytes of the message that were pulled, the head included. */
  #read = 0;
  #headLength = 0;

  constructor(source: BodySource) {
    this.#source = source;
    this.#reader = new ContentReader(source.role, source.method);
  }

  /**
   * Reads on up to `to`, an offset in the message, of which `length` bytes have come and more may while it `grows`.
   * Rejects when bytes are gone.
   */
  async advance(
    headLength: number,
    to: number,
    length: number,
    signal: AbortSignal,
    grows = false,
  ): Promise<Body | undefined> {
    this.#headLength = headLength;
    const end = Math.min(to, length);
    while (this.#read < end) {
      const bytes = await this.#source.read(this.#read, Math.min(end, this.#read + PIECE));
      if (signal.aborted) return undefined;
      if (bytes.length === 0) break;
      this.#take(bytes);
    }
    const wire = joined(this.#wire);
    this.#wire = [wire];
    const content = joined(this.#content);
    this.#content.splice(0, this.#content.length, content);
    const whole = this.#read >= length;
    const { codings, undo } = this.#source;
    if (codings.length === 0) return { wire, content, plain: content, whole, problem: undefined };
    const result = await decoded(content, codings, whole && !grows, undo);
    if (signal.aborted) return undefined;
    return { wire, content, plain: result.bytes, whole, problem: result.problem };
  }

  #take(bytes: Uint8Array): void {
    const from = Math.max(0, this.#headLength - this.#read);
    if (from < bytes.length) this.#wire.push(bytes.subarray(from));
    this.#content.push(...this.#reader.push(bytes));
    this.#read += bytes.length;
  }
}
