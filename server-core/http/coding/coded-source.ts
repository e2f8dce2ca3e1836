import type { ByteSource } from '../response.ts';
import { type Coding, type Encoder, encoderFor, flushEncoder } from './content-coding.ts';

/**
 * Content, coded while it is sent. Its length is known only at its end. A slow reader holds up the coder, and the
 * coder holds up the reading. Content whose length is not known either comes as it is made: what there is of it
 * goes out with each piece, or an event would wait in the coder for the next one.
 */
export class CodedSource implements ByteSource {
  readonly length = undefined;
  readonly #content: ByteSource;
  readonly #coding: Coding;
  #encoder: Encoder | undefined;
  #closed = false;

  /** Takes over the source of the content as it is. */
  constructor(content: ByteSource, coding: Coding) {
    this.#content = content;
    this.#coding = coding;
  }

  /** Throws when the content turns out shorter than promised: its coded form would look whole. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const encoder = encoderFor(this.#coding, this.#content.length);
    this.#encoder = encoder;
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
    if (this.#closed) return;
    this.#closed = true;
    this.#encoder?.destroy();
    this.#content.close();
  }
}

/** Writes all of the content. Never rejects. */
async function feed(encoder: Encoder, content: ByteSource): Promise<void> {
  // Waits until the piece was taken in: its buffer is read into again after that.
  const write = (piece: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      encoder.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  try {
    let left = content.length ?? 0;
    for await (const piece of content.chunks()) {
      await write(piece);
      if (content.length === undefined) flushEncoder(encoder);
      else left -= piece.length;
    }
    if (left > 0) throw new Error(`The content ended ${left} B short while it was coded`);
    encoder.end();
  } catch (error) {
    encoder.destroy(error as Error);
  }
}
