/**
 * Messages of a WebSocket in a HAR, which has no word for them: `_webSocketMessages`, as Chrome writes and reads them.
 */
import type { Direction } from '../../capture/events.ts';
import { encodeUtf8 } from '../../capture/text.ts';
import { MessageReader } from '../../wire/ws/messages.ts';
import { isControl, MAX_CONTROL_BYTES, OPCODE } from '../../wire/ws/opcode.ts';
import { closeFrame, frame } from '../../wire/ws/writer.ts';
import { fromBase64 } from '../base64.ts';
import type { AssembledPiece } from '../export/assembled-exchange.ts';
import type { ContentTools } from '../export/content.ts';
import type { HarSocketMessage } from './har-file.ts';

/** What a message can begin with. */
const OPCODES = [OPCODE.text, OPCODE.binary, OPCODE.close, OPCODE.ping, OPCODE.pong] as const;

interface Said {
  readonly direction: Direction;
  /** When its last byte crossed. */
  readonly time: number;
  readonly opcode: (typeof OPCODES)[number];
  readonly payload: Uint8Array;
  readonly compressed: boolean;
}

export interface SocketMessages {
  readonly messages: readonly HarSocketMessage[];
  /** Some could not be read, or were not kept. */
  readonly isCut: boolean;
}

/** @param deflate permessage-deflate was agreed on */
export async function socketMessages(
  pieces: readonly AssembledPiece[],
  deflate: boolean,
  { epochMs, tools }: { readonly epochMs: number; readonly tools: ContentTools },
): Promise<SocketMessages> {
  const { said, isCut: isUnread } = readFrames(pieces, deflate);
  const inflate = { in: tools.inflater(), out: tools.inflater() };
  const messages: HarSocketMessage[] = [];
  for (const { direction, time, opcode, payload, compressed } of said) {
    const bytes = compressed ? await inflate[direction](payload) : payload;
    const data = bytes && (opcode === OPCODE.text ? tools.text(bytes) : tools.base64(bytes));
    if (data === undefined) continue;
    const type = direction === 'in' ? 'send' : 'receive';
    messages.push({ type, time: (epochMs * 1000 + time) / 1e6, opcode, data });
  }
  return { messages, isCut: isUnread || messages.length < said.length };
}

function readFrames(pieces: readonly AssembledPiece[], deflate: boolean) {
  const said: Said[] = [];
  const lost = new Set<Direction>();
  let time = 0;
  const readerOf = (direction: Direction) => {
    const say = (opcode: Said['opcode'], payload: Uint8Array, compressed = false) => {
      said.push({ direction, time, opcode, payload, compressed });
    };
    return new MessageReader(
      direction === 'in' ? 'server' : 'client',
      {
        text: (payload) => say(OPCODE.text, payload),
        binary: (payload) => say(OPCODE.binary, payload),
        compressed: (opcode, payload) => say(opcode, payload, true),
        ping: (payload) => say(OPCODE.ping, payload),
        pong: (payload) => say(OPCODE.pong, payload),
        // The payload of a control frame stands behind two bytes.
        close: (code, reason) => say(OPCODE.close, closeFrame(code, reason).subarray(2)),
        fault: () => lost.add(direction),
      },
      { deflate },
    );
  };
  const readers = { in: readerOf('in'), out: readerOf('out') };
  for (const { direction, data, time: at } of pieces) {
    if (!data) lost.add(direction);
    if (!data || lost.has(direction)) continue;
    time = at;
    const reader = readers[direction];
    for (let from = 0; from < data.length && !reader.finished; ) from += reader.push(data, from);
  }
  return { said, isCut: lost.size > 0 };
}

/** A message as one frame; undefined for an opcode that none begins with. The mask of zeroes leaves it readable. */
export function rebuiltFrame({ type, opcode: given, data }: HarSocketMessage): Uint8Array | undefined {
  const opcode = OPCODES.find((each) => each === given);
  if (opcode === undefined) return undefined;
  const bytes = opcode === OPCODE.text ? encodeUtf8(data) : fromBase64(data);
  const payload = isControl(opcode) ? bytes.subarray(0, MAX_CONTROL_BYTES) : bytes;
  return frame(opcode, payload, type === 'send' ? { maskingKey: 0 } : {});
}
