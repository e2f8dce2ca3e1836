/**
 * Reads frames, RFC 6455 §5.2, and knows nothing of messages.
 *
 *      opcode → length ─┬─────────────────────┬─┬─ (from a client) ─┬─ payload → end, then the next frame
 *                       └→ extended-length ───┘ └→ masking-key ─────┘
 *
 * Each part but the payload is a few bytes, read one at a time into a number: nothing is buffered, and payload
 * bytes are only pointed at. A byte that cannot be accepted is not consumed; what was read of its part before it
 * is `faulty`, and the parser is finished.
 */
import type { Fault, FaultCode } from '../faults.ts';
import type { SpanKind } from '../span.ts';
import { isControl, isOpcode, MAX_CONTROL_BYTES, OPCODE, type Opcode, RSV1 } from './opcode.ts';
import { FRAME_STATES, type FrameState } from './states.ts';

/** Who reads: a server is sent masked frames, a client unmasked ones (RFC 6455 §5.1). */
export type Reader = 'server' | 'client';

export interface FrameParserOptions {
  /** Where the frames begin in their direction's stream: just after the handshake's head. Default 0. */
  readonly offset?: number;
  /** permessage-deflate was agreed on, which gives RSV1 its meaning. Default false. */
  readonly deflate?: boolean;
}

export interface FrameHead {
  /** Stream offset of the frame's first byte. */
  readonly start: number;
  /** Stream offset of the payload's first byte. */
  readonly payloadStart: number;
  /** Of the payload, in bytes. */
  readonly length: number;
  /** The last frame of its message. */
  readonly fin: boolean;
  /** RSV1 is set: the message is compressed (RFC 7692 §6). Only where that was agreed on. */
  readonly compressed: boolean;
  readonly opcode: Opcode;
  /** The four bytes as an unsigned number, the first the most significant; undefined without a mask. */
  readonly maskingKey: number | undefined;
}

/** Law: the calls, with adjacent `payload` pieces joined, do not depend on how the stream was cut into chunks. */
export interface FrameSink {
  /** Called when a part is complete. Spans come in stream order without gaps; an empty payload has none. */
  span(kind: SpanKind, start: number, end: number): void;
  /** Called when all but the payload was read. */
  head(frame: FrameHead): void;
  /** Called for each run of payload bytes as it arrives, masked as on the wire. Offsets are the stream's. */
  payload(start: number, end: number): void;
  /** Called at the end of a frame. `push` returns just after it. */
  end(at: number): void;
  /** Called at most once; the parser is finished afterwards. */
  fault(fault: Fault): void;
}

const RSV = 0x70;
const RSV2_AND_3 = 0x30;

export class FrameParser {
  readonly #sink: FrameSink;
  readonly #masked: boolean;
  readonly #deflate: boolean;
  #state: FrameState = 'opcode';
  #offset: number;
  /** Of the part being read. */
  #partStart = 0;
  #frameStart = 0;
  #fin = false;
  #compressed = false;
  #opcode: Opcode = OPCODE.continuation;
  /** In bytes, of a part that has more than one; of the payload see `#left`. */
  #partLength = 0;
  #length = 0;
  #key = 0;
  /** Payload bytes that are still to come. */
  #left = 0;

  constructor(reader: Reader, sink: FrameSink, { offset = 0, deflate = false }: FrameParserOptions = {}) {
    this.#sink = sink;
    this.#masked = reader === 'server';
    this.#deflate = deflate;
    this.#offset = this.#partStart = offset;
  }

  get state(): FrameState {
    return this.#state;
  }

  /** Stream offset of the first byte that was not consumed. */
  get offset(): number {
    return this.#offset;
  }

  /** The part whose first bytes were read but not its last, for a view of a frame under way. */
  pending(): { readonly kind: SpanKind; readonly start: number } | undefined {
    if (this.#offset === this.#partStart) return undefined;
    return { kind: FRAME_STATES[this.#state].reads, start: this.#partStart };
  }

  /**
   * Reads bytes [from, to) of the chunk, up to the end of one frame at most, and returns how many it consumed. The
   * chunk is lent for the call.
   */
  push(chunk: Uint8Array, from = 0, to = chunk.length): number {
    const before = this.#offset;
    let i = from;
    while (i < to) {
      if (this.#state === 'payload') i += this.#payload(to - i);
      else if (this.#accepts(chunk[i]!)) i++;
      else break;
      if (this.#state === 'opcode') break;
    }
    return this.#offset - before;
  }

  /** The peer closed its side: within a frame that is a fault. */
  finish(): void {
    if (this.#state === 'finished') return;
    if (this.#state !== 'opcode') {
      // What did arrive of the payload is payload, only not all of it.
      if (this.#state === 'payload') this.#span('ws-payload');
      this.#fault('ws-closed-early');
    }
    this.#state = 'finished';
  }

  #accepts(byte: number): boolean {
    switch (this.#state) {
      case 'opcode':
        return this.#readOpcode(byte);
      case 'length':
        return this.#readLength(byte);
      case 'extended-length':
        return this.#readExtendedLength(byte);
      case 'masking-key':
        return this.#readMaskingKey(byte);
      default:
        return false;
    }
  }

  #readOpcode(byte: number): boolean {
    const opcode = byte & 0x0f;
    this.#frameStart = this.#offset;
    // RFC 6455 §5.2: RSV1 to RSV3 must be 0 unless an extension that was agreed on gives them meaning.
    if (byte & (this.#deflate ? RSV2_AND_3 : RSV)) return this.#fault('ws-reserved-bits');
    if (!isOpcode(opcode)) return this.#fault('ws-opcode-unknown');
    this.#compressed = (byte & RSV1) !== 0;
    // RFC 7692 §6.1: the bit stands in the first frame of a data message, and speaks for all of them.
    if (this.#compressed && (opcode === OPCODE.continuation || isControl(opcode)))
      return this.#fault('ws-compressed-misplaced');
    this.#fin = (byte & 0x80) !== 0;
    this.#opcode = opcode;
    if (!this.#fin && isControl(opcode)) return this.#fault('ws-control-fragmented');
    return this.#complete('length');
  }

  #readLength(byte: number): boolean {
    const masked = (byte & 0x80) !== 0;
    if (masked !== this.#masked) return this.#fault(masked ? 'ws-mask-unexpected' : 'ws-mask-missing');
    this.#length = byte & 0x7f;
    if (this.#length > MAX_CONTROL_BYTES && isControl(this.#opcode))
      return this.#fault('ws-control-too-long');
    if (this.#length <= 125) return this.#lengthKnown();
    this.#partLength = this.#length === 126 ? 2 : 8;
    this.#length = 0;
    return this.#complete('extended-length');
  }

  #readExtendedLength(byte: number): boolean {
    const long = this.#partLength === 8;
    const first = this.#offset === this.#partStart;
    // RFC 6455 §5.2: "the most significant bit MUST be 0".
    if (long && first && byte & 0x80) return this.#fault('ws-length-too-large');
    const length = this.#length * 256 + byte;
    if (!this.#lastOfPart()) {
      this.#length = length;
      this.#offset++;
      return true;
    }
    // RFC 6455 §5.2: "the minimal number of bytes MUST be used".
    if (length < (long ? 65_536 : 126)) return this.#fault('ws-length-not-minimal');
    // Past 2^53 offsets are no longer exact; no end accepts such a message anyway.
    if (length > Number.MAX_SAFE_INTEGER - this.#offset) return this.#fault('ws-message-too-big');
    this.#length = length;
    return this.#lengthKnown();
  }

  #lengthKnown(): boolean {
    this.#key = 0;
    if (!this.#masked) return this.#headKnown();
    this.#partLength = 4;
    return this.#complete('masking-key');
  }

  #readMaskingKey(byte: number): boolean {
    this.#key = ((this.#key << 8) | byte) >>> 0;
    if (this.#lastOfPart()) return this.#headKnown();
    this.#offset++;
    return true;
  }

  #lastOfPart(): boolean {
    return this.#offset + 1 === this.#partStart + this.#partLength;
  }

  #headKnown(): boolean {
    this.#left = this.#length;
    this.#complete('payload');
    this.#sink.head({
      start: this.#frameStart,
      payloadStart: this.#offset,
      length: this.#length,
      fin: this.#fin,
      compressed: this.#compressed,
      opcode: this.#opcode,
      maskingKey: this.#masked ? this.#key : undefined,
    });
    if (this.#left === 0) this.#endFrame();
    return true;
  }

  #payload(available: number): number {
    const taken = Math.min(available, this.#left);
    this.#left -= taken;
    this.#offset += taken;
    this.#sink.payload(this.#offset - taken, this.#offset);
    if (this.#left === 0) {
      this.#span('ws-payload');
      this.#endFrame();
    }
    return taken;
  }

  #endFrame(): void {
    this.#state = 'opcode';
    this.#sink.end(this.#offset);
  }

  /** The byte just read was the last of its part. */
  #complete(next: FrameState): true {
    this.#offset++;
    this.#span(FRAME_STATES[this.#state].reads);
    this.#state = next;
    return true;
  }

  #span(kind: SpanKind): void {
    if (this.#offset > this.#partStart) this.#sink.span(kind, this.#partStart, this.#offset);
    this.#partStart = this.#offset;
  }

  #fault(code: FaultCode): false {
    this.#span('faulty');
    this.#state = 'finished';
    this.#sink.fault({ code, at: this.#offset });
    return false;
  }
}
