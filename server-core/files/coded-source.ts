import type { ByteSource } from '../http/response.ts';
import { type Coding, encoderFor } from './content-coding.ts';
import type { FileSource } from './file-source.ts';

/**
 * The content of a file, coded while it is sent. Its length is known only at its end. A slow reader holds up the
 * coder, and the coder holds up the reading.
 */
export class CodedSource implements ByteSource {
  readonly length = undefined;
  readonly #content: FileSource;
  readonly #coding: Coding;

  /** Takes over the source of the content as it is. */
  constructor(content: FileSource, coding: Coding) {
    this.#content = content;
    this.#coding = coding;
  }

  /** Throws when the file turns out shorter than promised: its coded form would look whole. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const encoder = encoderFor(this.#coding, this.#content.length);
    // Whatever goes wrong in it destroys the encoder, and so comes out of the loop below.
    void feed(encoder, this.#content);
    try {
      // Leaving the loop destroys the encoder, and that fails the write under way.
      for await (const piece of encoder) yield piece;
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#content.close();
  }
}

type Encoder = ReturnType<typeof encoderFor>;

/** Writes all of the content. Never rejects. */
async function feed(encoder: Encoder, content: FileSource): Promise<void> {
  // Waits until the piece was taken in: its buffer is read into again after that.
  const write = (piece: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      encoder.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  try {
    let left = content.length;
    for await (const piece of content.chunks()) {
      await write(piece);
      left -= piece.length;
    }
    if (left > 0) throw new Error(`The file ended ${left} B short while it was coded`);
    encoder.end();
  } catch (error) {
    encoder.destroy(error as Error);
  }
}
