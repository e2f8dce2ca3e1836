/**
 * Puts frames together to messages: fragments and the control frames between them (RFC 6455 §5.4, §5.5), UTF-8
 * (§8.1), and what a Close frame may hold (§5.5.1). After a Close frame or a fault it is finished: bytes behind
 * either are not looked at.
 */
import type { Fault, FaultCode } from '../faults.ts';
import { mayBeSent } from './close-code.ts';
import { type FrameHead, FrameParser, type FrameSink, type Reader } from './frames.ts';
import { MESSAGE_DEFAULTS, type MessageLimits } from './limits.ts';
import { type DataOpcode, isControl, OPCODE } from './opcode.ts';
import { PayloadBuffer } from './payload-buffer.ts';
import { Utf8Validator } from './utf8.ts';

/** Every array is the callee's. */
export interface MessageSink {
  /** Valid UTF-8, whole. */
  text(payload: Uint8Array): void;
  binary(payload: Uint8Array): void;
  /** A message as permessage-deflate left it; whoever inflates it checks its length and, of a text, its UTF-8. */
  compressed(opcode: DataOpcode, payload: Uint8Array): void;
  ping(payload: Uint8Array): void;
  pong(payload: Uint8Array): void;
  /** `code` is undefined when the frame was empty; `reason` is valid UTF-8. */
  close(code: number | undefined, reason: Uint8Array): void;
  fault(fault: Fault): void;
}

export interface MessageReaderOptions extends Partial<MessageLimits> {
  /** permessage-deflate was agreed on. Default false. */
  readonly deflate?: boolean;
}

export class MessageReader {
  readonly #sink: MessageSink;
  readonly #maxBytes: number;
  readonly #parser: FrameParser;
  readonly #message = new PayloadBuffer();
  readonly #control = new PayloadBuffer();
  readonly #utf8 = new Utf8Validator();
  /** Of the message that is being put together. */
  #opcode: DataOpcode | undefined;
  #compressed = false;
  #frame: FrameHead | undefined;
  #chunk: Uint8Array | undefined;
  /** Stream offset of the chunk's index 0. */
  #base = 0;
  #finished = false;

  constructor(reader: Reader, sink: MessageSink, options: MessageReaderOptions = {}) {
    this.#sink = sink;
    this.#maxBytes = options.maxMessageBytes ?? MESSAGE_DEFAULTS.maxMessageBytes;
    const frames: FrameSink = {
      span() {},
      head: (frame) => this.#head(frame),
      payload: (start, end) => this.#payload(start, end),
      end: (at) => this.#end(at),
      fault: (fault) => this.#fault(fault.code, fault.at),
    };
    this.#parser = new FrameParser(reader, frames, options);
  }

  /** True after a Close frame, a fault, or the end of the stream. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Reads up to the end of one frame at most; returns how many bytes it consumed. The chunk is only read. */
  push(chunk: Uint8Array, from = 0): number {
    if (this.#finished) return 0;
    this.#chunk = chunk;
    this.#base = this.#parser.offset - from;
    const consumed = this.#parser.push(chunk, from);
    this.#chunk = undefined;
    return consumed;
  }

  /** The peer closed its side: within a frame that is a fault. */
  finish(): void {
    if (!this.#finished) this.#parser.finish();
    this.#finished = true;
  }

  #head(frame: FrameHead): void {
    this.#frame = frame;
    const { opcode, compressed } = frame;
    if (isControl(opcode)) return;
    const code = this.#sequenceFault(opcode, compressed);
    if (code) this.#fault(code, frame.start);
    // RFC 6455 §10.4: refused as soon as it is announced.
    else if (this.#message.size + frame.length > this.#maxBytes) {
      this.#fault('ws-message-too-big', frame.start + 1);
    }
  }

  /** RFC 6455 §5.4: fragments of one message are never mixed with those of another. */
  #sequenceFault(
    opcode: DataOpcode | typeof OPCODE.continuation,
    compressed: boolean,
  ): FaultCode | undefined {
    const within = this.#opcode !== undefined;
    if (opcode === OPCODE.continuation) return within ? undefined : 'ws-continuation-unexpected';
    if (within) return 'ws-continuation-missing';
    this.#opcode = opcode;
    this.#compressed = compressed;
    return undefined;
  }

  #payload(start: number, end: number): void {
    if (this.#finished) return;
    const frame = this.#frame!;
    const buffer = isControl(frame.opcode) ? this.#control : this.#message;
    const position = start - frame.payloadStart;
    const before = buffer.size;
    buffer.reserve(end - start, frame.length - position);
    buffer.append(frame.maskingKey, position, this.#chunk!, start - this.#base, end - this.#base);
    if (buffer === this.#control || this.#opcode !== OPCODE.text || this.#compressed) return;
    const added = buffer.since(before);
    const bad = this.#utf8.push(added, 0, added.length);
    if (bad !== undefined) this.#fault('ws-text-not-utf8', start + bad);
  }

  #end(at: number): void {
    if (this.#finished) return;
    const { opcode, fin, payloadStart } = this.#frame!;
    if (opcode === OPCODE.ping) this.#sink.ping(this.#control.take());
    else if (opcode === OPCODE.pong) this.#sink.pong(this.#control.take());
    else if (opcode === OPCODE.close) this.#close(this.#control.take(), payloadStart);
    else if (fin) this.#deliver(at);
  }

  #deliver(at: number): void {
    const opcode = this.#opcode!;
    const text = opcode === OPCODE.text;
    if (text && !this.#utf8.complete) {
      this.#fault('ws-text-not-utf8', at);
      return;
    }
    this.#opcode = undefined;
    const payload = this.#message.take();
    if (this.#compressed) this.#sink.compressed(opcode, payload);
    else if (text) this.#sink.text(payload);
    else this.#sink.binary(payload);
  }

  #close(payload: Uint8Array, at: number): void {
    const fault = closeFault(payload, at);
    if (fault) {
      this.#fault(fault.code, fault.at);
      return;
    }
    this.#finished = true;
    const code = payload.length === 0 ? undefined : payload[0]! * 256 + payload[1]!;
    this.#sink.close(code, payload.subarray(2));
  }

  #fault(code: FaultCode, at: number): void {
    this.#finished = true;
    this.#message.take();
    this.#sink.fault({ code, at });
  }
}

/** RFC 6455 §5.5.1: nothing, or a code of two bytes and a reason in UTF-8. */
function closeFault(payload: Uint8Array, at: number): Fault | undefined {
  if (payload.length === 0) return undefined;
  if (payload.length === 1) return { code: 'ws-close-length', at };
  if (!mayBeSent(payload[0]! * 256 + payload[1]!)) return { code: 'ws-close-code-invalid', at };
  const utf8 = new Utf8Validator();
  const bad = utf8.push(payload, 2, payload.length) ?? (utf8.complete ? undefined : payload.length);
  return bad === undefined ? undefined : { code: 'ws-close-reason-not-utf8', at: at + bad };
}
