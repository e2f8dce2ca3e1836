/** Several parts in one response: multipart/byteranges, RFC 9110 §14.6. */
import { type OpenBytes, OpenSource } from './file-source.ts';
import type { Span } from './range.ts';
import type { FileBlocks } from './shared-blocks.ts';

export interface Multipart {
  /** Of the response. */
  readonly contentType: string;
  /** Delimiter and fields of each part, in its order, then the span of content that follows them. */
  readonly parts: readonly { readonly head: Uint8Array; readonly span: Span }[];
  /** The closing delimiter. */
  readonly tail: Uint8Array;
  /** Of all this in bytes. */
  readonly length: number;
}

/** Lays out the parts of content of `size` bytes and the given type. `boundary` must not occur in the content. */
export function layOut(
  spans: readonly Span[],
  size: number,
  contentType: string,
  boundary: string = unguessable(),
): Multipart {
  const text = new TextEncoder();
  const parts = spans.map((span, i) => ({
    span,
    // RFC 2046 §5.1.1: the line break before a delimiter belongs to it, and the first needs none.
    head: text.encode(
      `${i === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${contentType}\r\n` +
        `Content-Range: bytes ${span.start}-${span.end - 1}/${size}\r\n\r\n`,
    ),
  }));
  const tail = text.encode(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/byteranges; boundary=${boundary}`,
    parts,
    tail,
    length: parts.reduce((sum, { head, span }) => sum + head.length + span.end - span.start, tail.length),
  };
}

/** 122 random bits: whoever writes a file cannot put the delimiter of a later answer into it. */
function unguessable(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

/** All of it at once, for content in memory. The result is the caller's. */
export function joinParts(multipart: Multipart, content: Uint8Array): Uint8Array {
  const joined = Buffer.allocUnsafe(multipart.length);
  let at = 0;
  const add = (bytes: Uint8Array) => {
    joined.set(bytes, at);
    at += bytes.length;
  };
  for (const { head, span } of multipart.parts) {
    add(head);
    add(content.subarray(span.start, span.end));
  }
  add(multipart.tail);
  return joined;
}

/** The same, read from a file while it is sent. */
export class MultipartSource extends OpenSource {
  readonly length: number;
  readonly #multipart: Multipart;

  constructor(file: OpenBytes, multipart: Multipart, blocks?: FileBlocks) {
    super(file, blocks);
    this.#multipart = multipart;
    this.length = multipart.length;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (const { head, span } of this.#multipart.parts) {
        yield head;
        let left = span.end - span.start;
        for await (const piece of this.pieces(span.start, span.end)) {
          left -= piece.length;
          yield piece;
        }
        // The file shrank. What would follow now would be taken for the rest of this part.
        if (left > 0) return;
      }
      yield this.#multipart.tail;
    } finally {
      this.close();
    }
  }
}
