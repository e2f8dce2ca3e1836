/**
 * The server's side of an open WebSocket, RFC 6455.
 *
 *     open ─┬─ close() ─────────────────► closing ── peer's Close ──┬─► ending ── connection gone ─► closed
 *           ├─ peer's Close, answered ──────────────────────────────┤
 *           └─ a fault or fail(): our Close, without waiting ───────┘
 *
 * Messages are delivered, and the Close frame acted upon, strictly in turn: a compressed one takes time to inflate,
 * and what comes behind it waits. Pings do not.
 *
 * From `closing` on no message is delivered; from `ending` on nothing is read but the end. A peer that does not
 * end the connection in time has it ended for it.
 */
import type { UpgradedStream } from '../http/response.ts';
import { FAULTS, type FaultCode } from '../wire/faults.ts';
import { CLOSE, closeCodeFor } from '../wire/ws/close-code.ts';
import type { DeflateAgreement } from '../wire/ws/deflate-offer.ts';
import { MessageReader } from '../wire/ws/messages.ts';
import { type DataOpcode, OPCODE } from '../wire/ws/opcode.ts';
import { Utf8Validator } from '../wire/ws/utf8.ts';
import { closeFrame, frame } from '../wire/ws/writer.ts';
import { KeepAlive } from './keep-alive.ts';
import { Turns } from './turns.ts';
import { InflateProblem, MessageInflater } from './web-socket-deflate.ts';
import { type DeflateOptions, WEB_SOCKET_DEFAULTS, type WebSocketLimits } from './web-socket-limits.ts';
import { WebSocketSender } from './web-socket-sender.ts';

export interface WebSocketSessionOptions extends Partial<WebSocketLimits> {
  /** The subprotocol agreed on. */
  readonly protocol?: string | undefined;
  /** What was agreed on of permessage-deflate; undefined where messages go as they are. */
  readonly deflate?: (DeflateAgreement & DeflateOptions) | undefined;
}

/** 64 KiB of messages wait to be inflated before the peer has to wait; Node's own mark for a socket. */
const BEHIND_BYTES = 64 * 1024;

export class WebSocketSession {
  readonly protocol: string | undefined;
  readonly #limits: WebSocketLimits;
  readonly #stream: UpgradedStream;
  readonly #reader: MessageReader;
  readonly #sender: WebSocketSender;
  readonly #inflater: MessageInflater | undefined;
  /** What was read and is to be acted upon in its order. */
  readonly #arrivals = new Turns(() => this.#readOn());
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
    const { protocol, deflate, ...limits } = options;
    this.protocol = protocol;
    this.#limits = { ...WEB_SOCKET_DEFAULTS, ...limits };
    this.#stream = stream;
    this.#inflater = deflate && new MessageInflater(deflate);
    this.#reader = this.#newReader();
    this.#sender = new WebSocketSender({
      stream,
      deflate,
      onDrain: () => this.#tell(() => this.#onDrain?.()),
      failed: () => this.fail(CLOSE.internalError, 'A message could not be compressed'),
    });
    this.#keepAlive = this.#limits.pingMs > 0 ? this.#newKeepAlive() : undefined;
    stream.onClose(() => this.#gone());
  }

  /** Begins to read. Call it once, after the listeners were set: a message without one is dropped. */
  start(): void {
    this.#stream.onData((bytes) => this.#data(bytes));
  }

  /**
   * Sets the one listener: a text message is a string, a binary one an array that is the listener's. One that throws
   * fails the session with 1011, and the error is thrown on its own afterwards.
   */
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
    return this.#sender.waitingBytes;
  }

  /** False when the sender should wait for `onDrain`; the message is sent all the same, unless it was too late. */
  sendText(text: string): boolean {
    return this.#maySend() && this.#sender.text(text);
  }

  /** As `sendText`. The payload is copied before it returns. */
  sendBinary(payload: Uint8Array): boolean {
    return this.#maySend() && this.#sender.binary(payload);
  }

  #maySend(): boolean {
    if (this.#phase !== 'open') return false;
    if (this.#sender.waitingBytes <= this.#limits.maxWaitingBytes) return true;
    this.fail(CLOSE.policyViolation, 'Too many messages wait to be read');
    return false;
  }

  // ---- reading -------------------------------------------------------------------------------------------

  /** Stops the delivery of messages, and the reading with it, so that the peer has to wait. */
  pause(): void {
    if (this.#phase !== 'open' || this.#paused) return;
    this.#paused = true;
    this.#arrivals.hold();
    this.#stream.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#keepAlive?.heard();
    this.#arrivals.release();
    this.#readOn();
  }

  /** Nothing more is read: on request, or because inflating does not keep up. */
  get #stopped(): boolean {
    return this.#paused || this.#arrivals.bytes > BEHIND_BYTES;
  }

  #readOn(): void {
    if (!this.#reading) {
      while (this.#unread.length > 0 && !this.#stopped) this.#read(this.#unread.shift()!);
    }
    if (!this.#stopped) this.#stream.resume();
  }

  #data(bytes: Uint8Array): void {
    this.#keepAlive?.heard();
    if (this.#stopped) this.#unread.push(bytes.slice());
    else this.#read(bytes);
    if (this.#stopped) this.#stream.pause();
  }

  #read(bytes: Uint8Array): void {
    let at = 0;
    this.#reading = true;
    try {
      while (at < bytes.length && !this.#stopped && this.#wantsFrames) at += this.#reader.push(bytes, at);
    } finally {
      this.#reading = false;
    }
    if (at < bytes.length && this.#wantsFrames) this.#unread.unshift(bytes.slice(at));
  }

  get #wantsFrames(): boolean {
    return (this.#phase === 'open' || this.#phase === 'closing') && !this.#reader.finished;
  }

  #newReader(): MessageReader {
    const arrivals = this.#arrivals;
    return new MessageReader(
      'server',
      {
        text: (payload) => arrivals.take(() => this.#deliver(OPCODE.text, payload), payload.length),
        binary: (payload) => arrivals.take(() => this.#deliver(OPCODE.binary, payload), payload.length),
        compressed: (opcode, payload) => arrivals.take(() => this.#inflate(opcode, payload), payload.length),
        ping: (payload) => {
          if (this.#phase === 'open') this.#sender.pong(frame(OPCODE.pong, payload));
        },
        pong() {},
        close: (code, reason) => arrivals.take(() => this.#answerClose(code, textOf(reason))),
        fault: ({ code }) => arrivals.take(() => this.#fault(code)),
      },
      { ...this.#limits, deflate: this.#inflater !== undefined },
    );
  }

  #deliver(opcode: DataOpcode, payload: Uint8Array): void {
    if (this.#phase !== 'open') return;
    this.#tell(() => this.#onMessage?.(opcode === OPCODE.text ? textOf(payload) : payload));
  }

  /** A listener that throws costs the peer this session and no more; the error is for whoever hears of stray ones. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.fail(CLOSE.internalError, 'The handler failed');
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async #inflate(opcode: DataOpcode, payload: Uint8Array): Promise<void> {
    try {
      const message = await this.#inflater!.inflate(payload, this.#limits.maxMessageBytes);
      if (opcode === OPCODE.text && !isUtf8(message)) this.#fault('ws-text-not-utf8');
      else this.#deliver(opcode, message);
    } catch (error) {
      if (!(error instanceof InflateProblem)) throw error;
      if (error.tooBig) this.#fault('ws-message-too-big');
      else this.fail(CLOSE.invalidPayload, error.message);
    }
  }

  #fault(code: FaultCode): void {
    this.fail(closeCodeFor(code), FAULTS[code].sentence);
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
    this.#sender.close(last);
    this.#expectEnd();
  }

  /** Drops what waits to be sent, says why, and ends the connection without waiting for an answer. Throws as `close`. */
  fail(code: number, reason = ''): void {
    if (this.#phase !== 'open' && this.#phase !== 'closing') return;
    const last = closeFrame(code, Buffer.from(reason));
    this.#end(code, reason);
    this.#sender.endNow(this.#phase === 'open' ? last : undefined);
    this.#phase = 'ending';
    this.#expectEnd();
  }

  /** RFC 6455 §5.5.1: a Close is answered with its own code. §7.1.1: then the server ends the connection first. */
  #answerClose(code: number | undefined, reason: string): void {
    this.#end(code ?? CLOSE.noStatus, reason);
    if (this.#phase === 'open') this.#sender.close(closeFrame(code));
    this.#sender.end();
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
      ping: () => this.#sender.ping(frame(OPCODE.ping, new Uint8Array(0))),
      listening: () => !this.#stopped,
      dead: () => {
        this.#end(CLOSE.abnormal, 'The peer gave no sign of life');
        this.#stream.destroy();
      },
    });
  }

  /** What came before the end is still delivered, unless it waits for `resume`. */
  #gone(): void {
    this.#keepAlive?.stop();
    clearTimeout(this.#deadline);
    this.#unread = [];
    this.#sender.drop();
    if (this.#paused) this.#arrivals.clear();
    this.#arrivals.take(() => {
      this.#phase = 'closed';
      this.#inflater?.release();
      this.#tell(() => this.#onClose?.(this.#closeCode, this.#closeReason));
    });
  }
}

function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}

function isUtf8(bytes: Uint8Array): boolean {
  const validator = new Utf8Validator();
  return validator.push(bytes, 0, bytes.length) === undefined && validator.complete;
}
