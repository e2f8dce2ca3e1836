/**
 * The server's side of an open WebSocket, RFC 6455.
 *
 *     open ─┬─ close() ─────────────────► closing ── peer's Close ──┬─► ending ── connection gone ─► closed
 *           ├─ peer's Close, answered ──────────────────────────────┤
 *           └─ a fault or fail(): our Close, without waiting ───────┘
 *
 * From `closing` on no message is delivered; from `ending` on nothing is read but the end. A peer that does not
 * end the connection in time has it ended for it.
 */
import type { UpgradedStream } from '../http/response.ts';
import { FAULTS } from '../wire/faults.ts';
import { CLOSE, closeCodeFor } from '../wire/ws/close-code.ts';
import { MessageReader } from '../wire/ws/messages.ts';
import { OPCODE } from '../wire/ws/opcode.ts';
import { closeFrame, frame, headerLength, writeHeader } from '../wire/ws/writer.ts';
import { KeepAlive } from './keep-alive.ts';
import { WEB_SOCKET_DEFAULTS, type WebSocketLimits } from './web-socket-limits.ts';
import { WebSocketOutbox } from './web-socket-outbox.ts';

export interface WebSocketSessionOptions extends Partial<WebSocketLimits> {
  /** The subprotocol agreed on. */
  readonly protocol?: string | undefined;
}

export class WebSocketSession {
  readonly protocol: string | undefined;
  readonly #limits: WebSocketLimits;
  readonly #stream: UpgradedStream;
  readonly #reader: MessageReader;
  readonly #outbox: WebSocketOutbox;
  readonly #keepAlive: KeepAlive | undefined;
  #phase: 'open' | 'closing' | 'ending' | 'closed' = 'open';
  #closeCode: number = CLOSE.abnormal;
  #closeReason = '';
  #deadline: NodeJS.Timeout | undefined;
  #onMessage: ((message: string | Uint8Array) => void) | undefined;
  #onDrain: (() => void) | undefined;
  #onClose: ((code: number, reason: string) => void) | undefined;
  #paused = false;
  #reading = false;
  /** Copies of what came behind the frame at which reading was paused. */
  #unread: Uint8Array[] = [];

  /** The stream is the session's from then on. Nothing is read before `start`. */
  constructor(stream: UpgradedStream, options: WebSocketSessionOptions = {}) {
    const { protocol, ...limits } = options;
    this.protocol = protocol;
    this.#limits = { ...WEB_SOCKET_DEFAULTS, ...limits };
    this.#stream = stream;
    this.#reader = this.#newReader();
    this.#outbox = new WebSocketOutbox(stream, () => this.#onDrain?.());
    this.#keepAlive = this.#limits.pingMs > 0 ? this.#newKeepAlive() : undefined;
    stream.onClose(() => this.#gone());
  }

  /** Begins to read. Call it once, after the listeners were set: a message without one is dropped. */
  start(): void {
    this.#stream.onData((bytes) => this.#data(bytes));
  }

  /** Sets the one listener: a text message is a string, a binary one an array that is the listener's. */
  onMessage(listener: (message: string | Uint8Array) => void): void {
    this.#onMessage = listener;
  }

  /** Sets the one listener for when, after a send that returned false, there is room again. */
  onDrain(listener: () => void): void {
    this.#onDrain = listener;
  }

  /**
   * Sets the one listener, called once when the connection is gone; at once if it is. The code is the peer's; or
   * the one this side failed with; or 1005 where the peer gave none, and 1006 where it sent no Close frame.
   */
  onClose(listener: (code: number, reason: string) => void): void {
    this.#onClose = listener;
    if (this.#phase === 'closed') listener(this.#closeCode, this.#closeReason);
  }

  // ---- sending -------------------------------------------------------------------------------------------

  /** Bytes of messages that the connection has not taken yet. */
  get waitingBytes(): number {
    return this.#outbox.waitingBytes;
  }

  /** False when the sender should wait for `onDrain`; the message is sent all the same, unless it was too late. */
  sendText(text: string): boolean {
    const length = Buffer.byteLength(text);
    const bytes = Buffer.allocUnsafe(headerLength(length) + length);
    bytes.write(text, writeHeader(bytes, OPCODE.text, length), 'utf8');
    return this.#send(bytes);
  }

  /** As `sendText`. The payload is copied before it returns. */
  sendBinary(payload: Uint8Array): boolean {
    const bytes = Buffer.allocUnsafe(headerLength(payload.length) + payload.length);
    bytes.set(payload, writeHeader(bytes, OPCODE.binary, payload.length));
    return this.#send(bytes);
  }

  #send(bytes: Uint8Array): boolean {
    if (this.#phase !== 'open') return false;
    if (this.#outbox.waitingBytes > this.#limits.maxWaitingBytes) {
      this.fail(CLOSE.policyViolation, 'Too many messages wait to be read');
      return false;
    }
    return this.#outbox.send(bytes);
  }

  // ---- reading -------------------------------------------------------------------------------------------

  /** Stops the delivery of messages, and the reading with it, so that the peer has to wait. */
  pause(): void {
    if (this.#phase !== 'open' || this.#paused) return;
    this.#paused = true;
    this.#stream.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#keepAlive?.heard();
    if (!this.#reading) {
      while (this.#unread.length > 0 && !this.#paused) this.#read(this.#unread.shift()!);
    }
    if (!this.#paused) this.#stream.resume();
  }

  #data(bytes: Uint8Array): void {
    this.#keepAlive?.heard();
    if (this.#paused) this.#unread.push(bytes.slice());
    else this.#read(bytes);
  }

  #read(bytes: Uint8Array): void {
    let at = 0;
    this.#reading = true;
    try {
      while (at < bytes.length && !this.#paused && this.#wantsFrames) at += this.#reader.push(bytes, at);
    } finally {
      this.#reading = false;
    }
    if (at < bytes.length && this.#wantsFrames) this.#unread.unshift(bytes.slice(at));
  }

  get #wantsFrames(): boolean {
    return (this.#phase === 'open' || this.#phase === 'closing') && !this.#reader.finished;
  }

  #newReader(): MessageReader {
    const text = ({ buffer, byteOffset, length }: Uint8Array) =>
      Buffer.from(buffer, byteOffset, length).toString('utf8');
    return new MessageReader(
      'server',
      {
        text: (payload) => {
          if (this.#phase === 'open') this.#onMessage?.(text(payload));
        },
        binary: (payload) => {
          if (this.#phase === 'open') this.#onMessage?.(payload);
        },
        ping: (payload) => {
          if (this.#phase === 'open') this.#outbox.sendPong(frame(OPCODE.pong, payload));
        },
        pong() {},
        close: (code, reason) => this.#answerClose(code, text(reason)),
        fault: ({ code }) => this.fail(closeCodeFor(code), FAULTS[code].sentence),
      },
      this.#limits,
    );
  }

  // ---- closing -------------------------------------------------------------------------------------------

  /**
   * Begins the closing handshake: messages on their way out still go, those that come in are dropped. Does nothing
   * when the session is not open. Throws RangeError for a code that must not be sent or a reason over 123 bytes.
   */
  close(code: number = CLOSE.normal, reason = ''): void {
    if (this.#phase !== 'open') return;
    const last = closeFrame(code, Buffer.from(reason));
    this.#phase = 'closing';
    this.#outbox.send(last);
    this.#expectEnd();
  }

  /** Drops what waits to be sent, says why, and ends the connection without waiting for an answer. Throws as `close`. */
  fail(code: number, reason = ''): void {
    if (this.#phase !== 'open' && this.#phase !== 'closing') return;
    const last = closeFrame(code, Buffer.from(reason));
    this.#end(code, reason);
    this.#outbox.endNow(this.#phase === 'open' ? last : undefined);
    this.#phase = 'ending';
    this.#expectEnd();
  }

  /** RFC 6455 §5.5.1: a Close is answered with its own code. §7.1.1: then the server ends the connection first. */
  #answerClose(code: number | undefined, reason: string): void {
    this.#end(code ?? CLOSE.noStatus, reason);
    if (this.#phase === 'open') this.#outbox.send(closeFrame(code));
    this.#outbox.end();
    this.#phase = 'ending';
    this.#expectEnd();
  }

  #end(code: number, reason: string): void {
    this.#closeCode = code;
    this.#closeReason = reason;
  }

  /** Goes on reading, since unread bytes would turn the end into a reset that can destroy our Close frame. */
  #expectEnd(): void {
    this.#keepAlive?.stop();
    this.#deadline ??= setTimeout(() => this.#stream.destroy(), this.#limits.closeMs).unref();
    this.resume();
  }

  #newKeepAlive(): KeepAlive {
    return new KeepAlive({
      pingMs: this.#limits.pingMs,
      pongMs: this.#limits.pongMs,
      ping: () => this.#outbox.send(frame(OPCODE.ping, new Uint8Array(0))),
      listening: () => !this.#paused,
      dead: () => {
        this.#end(CLOSE.abnormal, 'The peer gave no sign of life');
        this.#stream.destroy();
      },
    });
  }

  #gone(): void {
    this.#phase = 'closed';
    this.#keepAlive?.stop();
    clearTimeout(this.#deadline);
    this.#unread = [];
    this.#onClose?.(this.#closeCode, this.#closeReason);
  }
}
