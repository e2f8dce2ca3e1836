/**
 * Compression of messages, RFC 7692 §7.2, one call of zlib for each.
 *
 * What zlib would keep between two messages is given to it anew as a dictionary: for raw deflate both are the last
 * bytes of the messages before. A connection so holds 32 KiB for each direction, and only once messages were
 * compressed, where a stream of zlib holds 256 KiB and more from the start.
 */
import { constants, deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { DeflateAgreement } from '../wire/ws/deflate-offer.ts';

/** What zlib ends a flushed block with; senders leave it away (RFC 7692 §7.2.1). */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);
const MAX_WINDOW_BITS = 15;

/** How large a piece of output zlib should be given room for: about a whole small message. */
function pieceSize(expected: number): number {
  return Math.min(Math.max(expected, 1024), 256 * 1024);
}

/** The last bytes of the messages so far, which the next may refer back to. */
class History {
  readonly #size: number;
  #bytes: Buffer | undefined;

  constructor(windowBits: number) {
    this.#size = 2 ** windowBits;
  }

  get dictionary(): { readonly dictionary?: Buffer } {
    return this.#bytes ? { dictionary: this.#bytes } : {};
  }

  add(message: Uint8Array): void {
    const before = this.#bytes ?? TAIL.subarray(0, 0);
    const kept = Math.max(0, Math.min(before.length, this.#size - message.length));
    const from = Math.max(0, message.length - this.#size);
    this.#bytes = Buffer.concat([before.subarray(before.length - kept), message.subarray(from)]);
  }
}

/** Why a message could not be inflated. */
export class InflateProblem extends Error {
  readonly tooBig: boolean;

  constructor(cause: Error) {
    super('The compressed message cannot be inflated', { cause });
    this.tooBig = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  }
}

/** The client's messages. Calls must not overlap: each message may refer to the ones before. */
export class MessageInflater {
  #history: History | undefined;

  constructor({ clientNoContextTakeover }: DeflateAgreement) {
    this.#history = clientNoContextTakeover ? undefined : new History(MAX_WINDOW_BITS);
  }

  /** Lets go of the messages before, when there will be no other. */
  release(): void {
    this.#history = undefined;
  }

  /**
   * The message in an array that is the caller's. Rejects with InflateProblem, without inflating further, when it
   * gets longer than `maxBytes`.
   */
  inflate(payload: Uint8Array, maxBytes: number): Promise<Uint8Array> {
    const options: ZlibOptions = {
      finishFlush: constants.Z_SYNC_FLUSH,
      windowBits: MAX_WINDOW_BITS,
      maxOutputLength: maxBytes,
      chunkSize: pieceSize(payload.length * 4),
      ...this.#history?.dictionary,
    };
    return new Promise((resolve, reject) => {
      inflateRaw(Buffer.concat([payload, TAIL]), options, (error, message) => {
        if (error) return reject(new InflateProblem(error));
        this.#history?.add(message);
        resolve(ownArray(message));
      });
    });
  }
}

/** Our messages. Calls must not overlap. */
export class MessageDeflater {
  readonly #windowBits: number;
  readonly #level: number;
  #history: History | undefined;

  constructor({ serverNoContextTakeover, serverMaxWindowBits }: DeflateAgreement, level: number) {
    this.#windowBits = serverMaxWindowBits ?? MAX_WINDOW_BITS;
    this.#level = level;
    this.#history = serverNoContextTakeover ? undefined : new History(this.#windowBits);
  }

  /** As that of MessageInflater. */
  release(): void {
    this.#history = undefined;
  }

  /** The payload of the compressed message, which is the caller's. `message` is not empty. */
  deflate(message: Uint8Array): Promise<Uint8Array> {
    const options: ZlibOptions = {
      finishFlush: constants.Z_SYNC_FLUSH,
      windowBits: this.#windowBits,
      level: this.#level,
      chunkSize: pieceSize(message.length),
      ...this.#history?.dictionary,
    };
    return new Promise((resolve, reject) => {
      deflateRaw(message, options, (error, compressed) => {
        if (error) return reject(error);
        this.#history?.add(message);
        resolve(compressed.subarray(0, compressed.length - TAIL.length));
      });
    });
  }
}

/** zlib may give a short message as a part of a large array, which would be kept with it. */
function ownArray(bytes: Buffer): Uint8Array {
  if (bytes.length * 2 < bytes.buffer.byteLength) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
