import type { UpgradedStream } from '../http/response.ts';
import type { DeflateAgreement } from '../wire/ws/deflate-offer.ts';
import { type DataOpcode, OPCODE } from '../wire/ws/opcode.ts';
import { headerLength, writeHeader } from '../wire/ws/writer.ts';
import { Turns } from './turns.ts';
import { MessageDeflater } from './web-socket-deflate.ts';
import type { DeflateOptions } from './web-socket-limits.ts';
import { WebSocketOutbox } from './web-socket-outbox.ts';

/** 64 KiB of messages wait to be compressed before the sender is asked to wait; Node's own mark for a socket. */
const FULL_BYTES = 64 * 1024;

export interface WebSocketSenderOptions {
  readonly stream: UpgradedStream;
  /** Undefined where messages go as they are. */
  readonly deflate: (DeflateAgreement & DeflateOptions) | undefined;
  /** Called when, after a send that returned false, there is room again. */
  onDrain(): void;
  /** Called when a message could not be compressed; nothing goes out after it. */
  failed(): void;
}

/** Messages on their way out, in order: compressed one after the other where that was agreed on, then framed. */
export class WebSocketSender {
  readonly #options: WebSocketSenderOptions;
  readonly #outbox: WebSocketOutbox;
  readonly #deflater: MessageDeflater | undefined;
  readonly #threshold: number;
  readonly #turns = new Turns(() => this.#drained());
  /** A send returned false, and `onDrain` was not called since. */
  #owesDrain = false;
  #dropped = false;

  constructor(options: WebSocketSenderOptions) {
    const { stream, deflate, onDrain } = options;
    this.#options = options;
    this.#outbox = new WebSocketOutbox(stream, () => {
      if (this.#full) return;
      this.#owesDrain = false;
      onDrain();
    });
    this.#deflater = deflate && new MessageDeflater(deflate, deflate.level);
    this.#threshold = deflate ? Math.max(1, deflate.threshold) : Number.POSITIVE_INFINITY;
  }

  /** Bytes of messages and frames that the connection has not taken. */
  get waitingBytes(): number {
    return this.#turns.bytes + this.#outbox.waitingBytes;
  }

  /** False when the caller should wait for `onDrain`. */
  text(text: string): boolean {
    const length = Buffer.byteLength(text);
    if (length >= this.#threshold) return this.#compressed(OPCODE.text, Buffer.from(text));
    const bytes = Buffer.allocUnsafe(headerLength(length) + length);
    bytes.write(text, writeHeader(bytes, OPCODE.text, length), 'utf8');
    return this.#inTurn(bytes);
  }

  /** As `text`. The payload is copied before it returns. */
  binary(payload: Uint8Array): boolean {
    const { length } = payload;
    if (length >= this.#threshold) return this.#compressed(OPCODE.binary, Buffer.from(payload));
    const bytes = Buffer.allocUnsafe(headerLength(length) + length);
    bytes.set(payload, writeHeader(bytes, OPCODE.binary, length));
    return this.#inTurn(bytes);
  }

  /** A Ping frame goes between messages (RFC 6455 §5.5), so it does not wait for one to be compressed. */
  ping(frame: Uint8Array): void {
    this.#outbox.send(frame);
  }

  pong(frame: Uint8Array): void {
    this.#outbox.sendPong(frame);
  }

  /** The Close frame, behind all messages. */
  close(frame: Uint8Array): void {
    this.#inTurn(frame);
  }

  /** Ends the connection behind all that waits. */
  end(): void {
    this.#turns.take(() => this.#outbox.end());
  }

  /** Drops what waits, and ends the connection behind `last`. */
  endNow(last: Uint8Array | undefined): void {
    this.drop();
    this.#outbox.endNow(last);
  }

  /** Called when the connection is gone. */
  drop(): void {
    this.#dropped = true;
    this.#turns.clear();
    this.#deflater?.release();
  }

  #inTurn(frame: Uint8Array): boolean {
    if (this.#turns.idle) return this.#outbox.send(frame);
    this.#turns.take(() => void this.#outbox.send(frame), frame.length);
    return this.#hasRoom();
  }

  #compressed(opcode: DataOpcode, message: Uint8Array): boolean {
    this.#turns.take(() => this.#deflate(opcode, message), message.length);
    return this.#hasRoom();
  }

  async #deflate(opcode: DataOpcode, message: Uint8Array): Promise<void> {
    const payload = await this.#deflater!.deflate(message).catch(() => undefined);
    if (this.#dropped) return;
    if (!payload) return this.#options.failed();
    const bytes = Buffer.allocUnsafe(headerLength(payload.length) + payload.length);
    bytes.set(payload, writeHeader(bytes, opcode, payload.length, { compressed: true }));
    this.#outbox.send(bytes);
  }

  get #full(): boolean {
    return this.#turns.bytes > FULL_BYTES;
  }

  #hasRoom(): boolean {
    const room = !this.#full && !this.#outbox.blocked;
    if (!room) this.#owesDrain = true;
    return room;
  }

  #drained(): void {
    if (!this.#owesDrain || this.#full || this.#outbox.blocked) return;
    this.#owesDrain = false;
    this.#options.onDrain();
  }
}
