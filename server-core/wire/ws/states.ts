import type { SpanKind } from '../span.ts';

export type FrameState = 'opcode' | 'length' | 'extended-length' | 'masking-key' | 'payload' | 'finished';

export interface FrameStateInfo {
  readonly section: string;
  /** One plain sentence: what the parser is waiting for. */
  readonly sentence: string;
  /** What the bytes read here are, once the part is complete. */
  readonly reads: SpanKind;
}

/** The states of the frame parser, in the order in which a frame meets them. */
export const FRAME_STATES: Readonly<Record<FrameState, FrameStateInfo>> = {
  opcode: {
    section: 'RFC 6455 §5.2',
    sentence: 'Waiting for a frame: one byte says whether it is the last of its message, and what it holds',
    reads: 'ws-opcode',
  },
  length: {
    section: 'RFC 6455 §5.2',
    sentence:
      'Reading the mask bit and the length: up to 125 is the length itself, 126 and 127 announce a longer one',
    reads: 'ws-length',
  },
  'extended-length': {
    section: 'RFC 6455 §5.2',
    sentence: 'Reading the length of the payload in 2 or 8 bytes, the most significant first',
    reads: 'ws-extended-length',
  },
  'masking-key': {
    section: 'RFC 6455 §5.3',
    sentence: 'Reading the 4 bytes that every payload byte was XORed with',
    reads: 'ws-masking-key',
  },
  payload: {
    section: 'RFC 6455 §5.2',
    sentence: 'Reading as many payload bytes as the length says',
    reads: 'ws-payload',
  },
  finished: {
    section: 'RFC 6455 §7.1.7',
    sentence: 'Nothing more is read: where a frame is wrong, nobody can tell where the next one starts',
    reads: 'unread',
  },
};
