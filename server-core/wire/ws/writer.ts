/** Frames out, RFC 6455 §5.2. A message is sent as one frame; nothing here splits it. */
import { mayBeSent } from './close-code.ts';
import { applyMask } from './masking.ts';
import { isControl, MAX_CONTROL_BYTES, OPCODE, type Opcode, RSV1 } from './opcode.ts';

export interface FrameOptions {
  /** False when more fragments of the message follow. Default true. */
  readonly fin?: boolean;
  /** For the client's side, which must mask with a fresh random key a frame (RFC 6455 §5.3). */
  readonly maskingKey?: number;
  /** The payload is a compressed message, or its first fragment (RFC 7692 §6.1). Default false. */
  readonly compressed?: boolean;
}

/** Bytes before the payload. */
export function headerLength(payloadLength: number, masked = false): number {
  const extended = payloadLength <= 125 ? 0 : payloadLength <= 0xffff ? 2 : 8;
  return 2 + extended + (masked ? 4 : 0);
}

/** Writes all but the payload to the front of `target`, which has room for it; returns where the payload starts. */
export function writeHeader(
  target: Uint8Array,
  opcode: Opcode,
  payloadLength: number,
  { fin = true, maskingKey, compressed = false }: FrameOptions = {},
): number {
  if (isControl(opcode) && (payloadLength > MAX_CONTROL_BYTES || !fin || compressed)) {
    throw new RangeError('A control frame is whole, not compressed, and carries 125 bytes at most');
  }
  const mask = maskingKey === undefined ? 0 : 0x80;
  target[0] = (fin ? 0x80 : 0) | (compressed ? RSV1 : 0) | opcode;
  let at = 2;
  if (payloadLength <= 125) {
    target[1] = mask | payloadLength;
  } else {
    const bytes = payloadLength <= 0xffff ? 2 : 8;
    target[1] = mask | (bytes === 2 ? 126 : 127);
    let rest = payloadLength;
    for (let i = bytes - 1; i >= 0; i--) {
      target[at + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    at += bytes;
  }
  if (maskingKey !== undefined) for (let bits = 24; bits >= 0; bits -= 8) target[at++] = maskingKey >>> bits;
  return at;
}

/** A whole frame in an array of its own; the payload is copied. Throws RangeError for an unfit control frame. */
export function frame(opcode: Opcode, payload: Uint8Array, options: FrameOptions = {}): Uint8Array {
  const masked = options.maskingKey !== undefined;
  const bytes = new Uint8Array(headerLength(payload.length, masked) + payload.length);
  const at = writeHeader(bytes, opcode, payload.length, options);
  if (options.maskingKey === undefined) bytes.set(payload, at);
  else applyMask(options.maskingKey, 0, payload, 0, payload.length, bytes, at);
  return bytes;
}

/**
 * A Close frame; empty without a code. `reason` is UTF-8 of 123 bytes at most. Throws RangeError for a code that
 * must not be sent, and for a reason that is too long or has no code.
 */
export function closeFrame(
  code?: number,
  reason: Uint8Array = new Uint8Array(0),
  options: FrameOptions = {},
): Uint8Array {
  if (code === undefined) {
    if (reason.length > 0) throw new RangeError('A reason for closing needs a code');
    return frame(OPCODE.close, reason, options);
  }
  if (!mayBeSent(code)) throw new RangeError(`Close code ${code} must not be sent`);
  const payload = new Uint8Array(2 + reason.length);
  payload[0] = code >>> 8;
  payload[1] = code & 0xff;
  payload.set(reason, 2);
  return frame(OPCODE.close, payload, options);
}
