/** Frame opcodes, RFC 6455 §5.2. 3 to 7 and 11 to 15 are reserved. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Opcode = (typeof OPCODE)[keyof typeof OPCODE];

export function isOpcode(value: number): value is Opcode {
  return value <= OPCODE.binary || (value >= OPCODE.close && value <= OPCODE.pong);
}

/** What a message can be: the opcode of its first frame. */
export type DataOpcode = typeof OPCODE.text | typeof OPCODE.binary;

/** Control frames stand between the fragments of a message; they are short and whole (RFC 6455 §5.5). */
export function isControl(opcode: Opcode): opcode is ControlOpcode {
  return opcode >= OPCODE.close;
}

type ControlOpcode = typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong;

export const MAX_CONTROL_BYTES = 125;

/** The bit of a frame's first byte that marks a compressed message, RFC 7692 §6. */
export const RSV1 = 0x40;
