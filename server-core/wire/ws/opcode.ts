/** Frame opcodes, RFC 6455 §5.2. 3 to 7 and 11 to 15 are reserved. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Opcode = (typeof OPCODE)[keyof typeof OPCODE];

export function isOpcode(value: number): value is Opcode {
  return value <= OPCODE.binary || (value >= OPCODE.close && value <= OPCODE.pong);
}

/** Control frames stand between the fragments of a message; they are short and whole (RFC 6455 §5.5). */
export function isControl(opcode: Opcode): boolean {
  return opcode >= OPCODE.close;
}

export const MAX_CONTROL_BYTES = 125;
