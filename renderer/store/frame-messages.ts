/** Messages of one direction of a WebSocket, put together from frames as they come; of each the first bytes are kept. */
import { type Fault, faultInfo } from '../../server-core/wire/faults.ts';
import { type FrameHead, FrameParser } from '../../server-core/wire/ws/frames.ts';
import { applyMask } from '../../server-core/wire/ws/masking.ts';
import { isControl, OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { grown } from './grown.ts';
import type { TalkRow } from './queries/talk.ts';

/** Where the payload of one frame lies in its stream. */
export interface PayloadRange {
  readonly start: number;
  readonly length: number;
  readonly maskingKey: number | undefined;
}
export type FrameMessage = Pick<
  TalkRow,
  'kind' | 'length' | 'frames' | 'compressed' | 'preview' | 'closeCode'
> & {
  readonly ranges: readonly PayloadRange[];
  /** All of a compressed payload, to be inflated; undefined for others, and where it is too long. */
  readonly packed: Uint8Array | undefined;
};

/** Bytes of a payload that are kept for its preview, and of one that must be inflated. */
const KEPT = 256;
const KEPT_PACKED = 16 * 1024 * 1024;
const HEX_SHOWN = 48;

interface Assembly {
  readonly opcode: number;
  readonly compressed: boolean;
  readonly ranges: PayloadRange[];
  length: number;
  kept: Uint8Array;
  keptLength: number;
}

export class FrameMessages {
  readonly #parser: FrameParser;
  readonly #emit: (message: FrameMessage) => void;
  #message: Assembly | undefined;
  #control: Assembly | undefined;
  #frame: FrameHead | undefined;
  #chunk: Uint8Array | undefined;
  #base = 0;

  constructor(
    from: 'client' | 'server',
    options: { readonly offset: number; readonly deflate: boolean },
    emit: (message: FrameMessage) => void,
  ) {
    this.#emit = emit;
    this.#parser = new FrameParser(
      from === 'client' ? 'server' : 'client',
      {
        span: () => {},
        head: (frame) => this.#head(frame),
        payload: (start, end) => this.#payload(start, end),
        end: () => this.#end(),
        fault: (fault) => this.#fault(fault),
      },
      options,
    );
  }

  /** The next bytes of the stream, borrowed. */
  push(bytes: Uint8Array): void {
    this.#chunk = bytes;
    this.#base = this.#parser.offset;
    for (let at = 0; at < bytes.length; ) {
      const consumed = this.#parser.push(bytes, at);
      if (consumed === 0) break;
      at += consumed;
    }
    this.#chunk = undefined;
  }

  #head(frame: FrameHead): void {
    this.#frame = frame;
    const { opcode, compressed, payloadStart, length, maskingKey } = frame;
    const fresh = (): Assembly => ({
      opcode,
      compressed,
      ranges: [],
      length: 0,
      kept: new Uint8Array(KEPT),
      keptLength: 0,
    });
    if (isControl(opcode)) this.#control = fresh();
    // RFC 6455 §5.4: a new opcode within a message breaks the rules; what is shown is what came.
    else if (opcode !== OPCODE.continuation || this.#message === undefined) this.#message = fresh();
    const assembly = this.#assembly(frame);
    assembly.ranges.push({ start: payloadStart, length, maskingKey });
    assembly.length += length;
  }

  #payload(start: number, end: number): void {
    const frame = this.#frame!;
    const assembly = this.#assembly(frame);
    const most = assembly.compressed ? KEPT_PACKED : KEPT;
    const count = Math.min(end - start, most - assembly.keptLength);
    if (count <= 0) return;
    assembly.kept = grown(assembly.kept, assembly.keptLength + count);
    const from = start - this.#base;
    const { kept, keptLength } = assembly;
    applyMask(
      frame.maskingKey ?? 0,
      start - frame.payloadStart,
      this.#chunk!,
      from,
      from + count,
      kept,
      keptLength,
    );
    assembly.keptLength += count;
  }

  #end(): void {
    const frame = this.#frame!;
    if (isControl(frame.opcode)) {
      this.#emit(finished(this.#control!));
      this.#control = undefined;
    } else if (frame.fin) {
      this.#emit(finished(this.#message!));
      this.#message = undefined;
    }
  }

  #fault({ code }: Fault): void {
    const { sentence, section } = faultInfo(code);
    const preview = `${sentence} (${section}); what follows is not read`;
    this.#emit({
      kind: 'fault',
      length: 0,
      frames: 1,
      compressed: false,
      preview,
      closeCode: undefined,
      ranges: [],
      packed: undefined,
    });
  }

  #assembly({ opcode }: FrameHead): Assembly {
    return isControl(opcode) ? this.#control! : this.#message!;
  }
}

function finished(assembly: Assembly): FrameMessage {
  const { opcode, compressed, length, ranges, keptLength } = assembly;
  const kept = assembly.kept.subarray(0, keptLength);
  const packed = compressed && keptLength === length ? assembly.kept.slice(0, keptLength) : undefined;
  const rest = { length, frames: ranges.length, compressed, ranges, packed };
  switch (opcode) {
    case OPCODE.close: {
      const closeCode = kept.length >= 2 ? kept[0]! * 256 + kept[1]! : undefined;
      return { kind: 'close', preview: textOf(kept.subarray(2)), closeCode, ...rest };
    }
    case OPCODE.ping:
    case OPCODE.pong: {
      const kind = opcode === OPCODE.ping ? 'ping' : 'pong';
      return { kind, preview: textOf(kept), closeCode: undefined, ...rest };
    }
    case OPCODE.text: {
      const preview = compressed ? hexOf(kept) : textOf(kept);
      return { kind: 'text', preview, closeCode: undefined, ...rest };
    }
    default:
      return { kind: 'binary', preview: hexOf(kept), closeCode: undefined, ...rest };
  }
}

/** A character that was cut at the end is left out. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true });
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, HEX_SHOWN), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
