/** Blocks of a `.pcapng` file. draft-ietf-opsawg-pcapng. Little-endian; times to the microsecond. */
import { encodeUtf8 } from '../../capture/text.ts';
import { LINK } from './link-layer.ts';
import { BLOCK, BYTE_ORDER } from './pcapng-reader.ts';

const OPTION = { comment: 1, name: 2, hardware: 2, os: 3, application: 4 } as const;
const UNKNOWN_LENGTH = 0xffffffff;

interface Option {
  readonly code: number;
  readonly text: string;
}

/** The head of the file: which program wrote it, and what it has to say. */
export function sectionBlock(application: string, comment: string): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, BYTE_ORDER, true);
  view.setUint16(4, 1, true);
  view.setUint32(8, UNKNOWN_LENGTH, true);
  view.setUint32(12, UNKNOWN_LENGTH, true);
  return block(BLOCK.section, body, [
    { code: OPTION.comment, text: comment },
    { code: OPTION.application, text: application },
  ]);
}

/** The only interface: packets begin with their IP header. */
export function linkBlock(name: string): Uint8Array {
  const body = new Uint8Array(8);
  new DataView(body.buffer).setUint16(0, LINK.raw, true);
  return block(BLOCK.link, body, [{ code: OPTION.name, text: name }]);
}

/** `micros` since 1970. The packet is copied. */
export function packetBlock(micros: number, packet: Uint8Array, comment?: string): Uint8Array {
  const body = new Uint8Array(20 + packet.length);
  const view = new DataView(body.buffer);
  const ticks = Math.round(micros);
  view.setUint32(4, Math.floor(ticks / 2 ** 32), true);
  view.setUint32(8, ticks % 2 ** 32, true);
  view.setUint32(12, packet.length, true);
  view.setUint32(16, packet.length, true);
  body.set(packet, 20);
  return block(BLOCK.packet, body, comment === undefined ? [] : [{ code: OPTION.comment, text: comment }]);
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const texts = options.map(({ code, text }) => ({ code, bytes: encodeUtf8(text) }));
  const optionBytes = texts.reduce(
    (sum, { bytes }) => sum + 4 + padded(bytes.length),
    texts.length > 0 ? 4 : 0,
  );
  const length = 12 + padded(body.length) + optionBytes;
  const whole = new Uint8Array(length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  whole.set(body, 8);
  let at = 8 + padded(body.length);
  for (const { code, bytes } of texts) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, bytes.length, true);
    whole.set(bytes, at + 4);
    at += 4 + padded(bytes.length);
  }
  view.setUint32(length - 4, length, true);
  return whole;
}

/** Everything begins at a multiple of four. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
