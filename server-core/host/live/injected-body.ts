/** Content of a page with a tag put into it. */
import type { ByteSource } from '../../http/response.ts';
import { insertionPoint, MAX_SEARCHED_BYTES } from './insertion-point.ts';

/** Undefined where no place is found: a comment that never ends, or UTF-16, which no tag in ASCII fits into. */
export function withTag(page: Uint8Array, tag: Uint8Array): Uint8Array | undefined {
  if (isUtf16(page)) return undefined;
  const at = insertionPoint(latin1(page.subarray(0, MAX_SEARCHED_BYTES)), page.length <= MAX_SEARCHED_BYTES);
  return at === undefined ? undefined : Buffer.concat([page.subarray(0, at), tag, page.subarray(at)]);
}

/** The same for content that is read while it is sent: what comes first is held until the place is told. */
export class InjectedSource implements ByteSource {
  /** Whether it will be put in shows only on the way. */
  readonly length = undefined;
  readonly #page: ByteSource;
  readonly #tag: Uint8Array;
  readonly #missed: () => void;

  /** Takes over the source. `missed` is called when the tag was not put in. */
  constructor(page: ByteSource, tag: Uint8Array, missed: () => void) {
    this.#page = page;
    this.#tag = tag;
    this.#missed = missed;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { length } = this.#page;
    let held: Buffer | undefined = Buffer.alloc(0);
    let read = 0;
    for await (const piece of this.#page.chunks()) {
      read += piece.length;
      if (held === undefined) {
        yield piece;
        continue;
      }
      held = Buffer.concat([held, piece]);
      const at = isUtf16(held) ? undefined : insertionPoint(latin1(held), false);
      if (at === undefined && held.length < MAX_SEARCHED_BYTES && !isUtf16(held)) continue;
      if (at === undefined) this.#missed();
      yield* at === undefined ? [held] : [held.subarray(0, at), this.#tag, held.subarray(at)];
      held = undefined;
    }
    if (length !== undefined && read < length) throw new Error(`The page ended ${length - read} B short`);
    if (held === undefined) return;
    const whole = withTag(held, this.#tag);
    if (whole === undefined) this.#missed();
    yield whole ?? held;
  }

  close(): void {
    this.#page.close();
  }
}

/** WHATWG Encoding §6: a byte order mark wins over what the field says. */
function isUtf16(page: Uint8Array): boolean {
  return (page[0] === 0xfe && page[1] === 0xff) || (page[0] === 0xff && page[1] === 0xfe);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
