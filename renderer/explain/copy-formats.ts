/** Bytes as texts to paste elsewhere. */
import { latin1 } from './latin1.ts';

export const COPY_FORMATS = {
  hex: 'Hex',
  dump: 'Hex dump',
  c: 'C array',
  base64: 'Base64',
  escaped: 'Escaped string',
  text: 'UTF-8 text',
} as const;
export type CopyFormat = keyof typeof COPY_FORMATS;

/** @param offset of the first byte in its message, for the dump's first column */
export function copyAs(bytes: Uint8Array, format: CopyFormat, offset = 0): string {
  switch (format) {
    case 'hex':
      return Array.from(bytes, hex).join(' ');
    case 'dump':
      return dump(bytes, offset);
    case 'c':
      return cArray(bytes);
    case 'base64':
      return btoa(latin1(bytes));
    case 'escaped':
      return `"${escaped(bytes)}"`;
    case 'text':
      return new TextDecoder().decode(bytes);
  }
}

const LINE = 16;
const C_LINE = 12;

/** As `hexdump -C` writes it, so that tools which read that back can. */
function dump(bytes: Uint8Array, offset: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += LINE) {
    const part = Array.from(bytes.subarray(at, at + LINE));
    const halves = [part.slice(0, LINE / 2), part.slice(LINE / 2)].map((half) => half.map(hex).join(' '));
    const signs = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(
      `${address(offset + at)}  ${halves[0]!.padEnd(23)}  ${halves[1]!.padEnd(23)}  |${signs.join('')}|`,
    );
  }
  return [...lines, address(offset + bytes.length), ''].join('\n');
}

function address(offset: number): string {
  return offset.toString(16).padStart(8, '0');
}

function cArray(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += C_LINE) {
    lines.push(`  ${Array.from(bytes.subarray(at, at + C_LINE), (byte) => `0x${hex(byte)}`).join(', ')},`);
  }
  return `static const unsigned char data[${bytes.length}] = {\n${lines.join('\n')}\n};\n`;
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\' };

/** Reads the same in C, in JavaScript, and in the byte strings of Python and Rust. */
function escaped(bytes: Uint8Array): string {
  let text = '';
  let afterHex = false;
  for (const byte of bytes) {
    const sign = String.fromCharCode(byte);
    const known = ESCAPES[byte];
    // C takes a digit behind `\x0d` for one more of the number.
    const asHex: boolean = byte < 0x20 || byte >= 0x7f || (afterHex && /[\da-f]/i.test(sign));
    text += known ?? (asHex ? `\\x${hex(byte)}` : sign);
    afterHex = known === undefined && asHex;
  }
  return text;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
