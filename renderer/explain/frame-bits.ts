/** The first two bytes of a WebSocket frame, bit by bit (RFC 6455 §5.2), drawn as in the figures of packet books. */
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';

export interface BitField {
  /** Eight places in two groups; those of other fields are dots: `1... ....`. */
  readonly bits: string;
  readonly name: string;
  readonly value: string;
}

const OPCODE_NAMES: Readonly<Record<number, string>> = {
  [OPCODE.continuation]: 'continuation',
  [OPCODE.text]: 'text',
  [OPCODE.binary]: 'binary',
  [OPCODE.close]: 'close',
  [OPCODE.ping]: 'ping',
  [OPCODE.pong]: 'pong',
};

export function opcodeName(opcode: number): string {
  return OPCODE_NAMES[opcode] ?? `reserved ${opcode}`;
}

export function opcodeBits(byte: number): BitField[] {
  const fin = (byte & 0x80) !== 0;
  const rsv = (mask: number, name: string): BitField => ({
    bits: bits(byte, mask),
    name,
    value: byte & mask ? 'set: an extension must have agreed on it' : 'not set',
  });
  return [
    { bits: bits(byte, 0x80), name: 'FIN', value: fin ? 'last frame of its message' : 'more frames follow' },
    rsv(0x40, 'RSV1'),
    rsv(0x20, 'RSV2'),
    rsv(0x10, 'RSV3'),
    { bits: bits(byte, 0x0f), name: 'Opcode', value: `${byte & 0x0f}, ${opcodeName(byte & 0x0f)}` },
  ];
}

export function lengthBits(byte: number): BitField[] {
  const length = byte & 0x7f;
  const words = length === 126 ? 'in the next 2 bytes' : length === 127 ? 'in the next 8 bytes' : '';
  return [
    { bits: bits(byte, 0x80), name: 'MASK', value: byte & 0x80 ? 'masked' : 'not masked' },
    {
      bits: bits(byte, 0x7f),
      name: 'Payload length',
      value: words === '' ? `${length}` : `${length}: ${words}`,
    },
  ];
}

function bits(byte: number, mask: number): string {
  let text = '';
  for (let bit = 7; bit >= 0; bit--) {
    text += (mask >> bit) & 1 ? `${(byte >> bit) & 1}` : '.';
    if (bit === 4) text += ' ';
  }
  return text;
}
