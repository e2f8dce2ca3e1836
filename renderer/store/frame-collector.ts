/** The frames of a WebSocket after its handshake, read out of one direction with the parser that served them. */
import type { Fault } from '../../server-core/wire/faults.ts';
import type { SpanKind } from '../../server-core/wire/span.ts';
import { FrameParser } from '../../server-core/wire/ws/frames.ts';
import type { FrameView } from './queries/detail.ts';

export interface FrameCollectorOptions {
  /** Frames of the client are masked, those of the server are not. */
  readonly from: 'client' | 'server';
  /** Where the frames begin. */
  readonly offset: number;
  /** permessage-deflate was agreed on. */
  readonly deflate: boolean;
  readonly span: (kind: SpanKind, start: number, end: number) => void;
  readonly fault: (fault: Fault) => void;
}

export class FrameCollector {
  readonly frames: FrameView[] = [];
  readonly #parser: FrameParser;

  constructor({ from, offset, deflate, span, fault }: FrameCollectorOptions) {
    this.#parser = new FrameParser(
      from === 'client' ? 'server' : 'client',
      { span, head: (head) => this.frames.push(head), payload: () => {}, end: () => {}, fault },
      { offset, deflate },
    );
  }

  /** Reads on in `bytes`, of which the first has offset 0, up to `to`. */
  read(bytes: Uint8Array, to: number): void {
    for (let at = this.#parser.offset; at < to; at = this.#parser.offset) {
      if (this.#parser.push(bytes, at, to) === 0) return;
    }
  }

  pending(): { readonly kind: SpanKind; readonly start: number } | undefined {
    return this.#parser.pending();
  }
}
