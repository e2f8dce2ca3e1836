/** Text to bytes and back: latin1 for what was on the wire, UTF-8 (WHATWG Encoding §8) for what people read. */

const REPLACEMENT = 0xfffd;
/** Chars given to one String.fromCharCode: far under any engine's limit on arguments. */
const RUN = 4096;

/** Writes `length` chars of `text`, one byte each; a char above U+00FF becomes `?`. Returns where it ended. */
export function writeLatin1(target: Uint8Array, at: number, text: string, length: number): number {
  for (let i = 0; i < length; i++) {
    const char = text.charCodeAt(i);
    target[at + i] = char > 0xff ? 0x3f : char;
  }
  return at + length;
}

export function readLatin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += RUN) {
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, Math.min(to, at + RUN)));
  }
  return text;
}

/** Bytes that `writeUtf8` needs for `text`. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char < 0x80) continue;
    bytes += char < 0x800 ? 1 : 2;
    // A pair of surrogates is two chars and four bytes; a lone one becomes U+FFFD, three bytes as any other.
    if (isPair(text, i, char)) i++;
  }
  return bytes;
}

/** Writes `text` as UTF-8; returns where it ended. */
export function writeUtf8(target: Uint8Array, at: number, text: string): number {
  let to = at;
  for (let i = 0; i < text.length; i++) {
    let char = text.charCodeAt(i);
    if (char < 0x80) {
      target[to++] = char;
      continue;
    }
    if (char < 0x800) {
      target[to++] = 0xc0 | (char >> 6);
    } else {
      if (isPair(text, i, char)) {
        char = 0x10000 + ((char - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
        target[to++] = 0xf0 | (char >> 18);
        target[to++] = 0x80 | ((char >> 12) & 0x3f);
      } else {
        if ((char & 0xf800) === 0xd800) char = REPLACEMENT;
        target[to++] = 0xe0 | (char >> 12);
      }
      target[to++] = 0x80 | ((char >> 6) & 0x3f);
    }
    target[to++] = 0x80 | (char & 0x3f);
  }
  return to;
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(bytes, 0, text);
  return bytes;
}

/** Reads UTF-8; each maximal part of an ill-formed sequence becomes one U+FFFD, as a browser does it. */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let ascii = from;
  while (ascii < to && bytes[ascii]! < 0x80) ascii++;
  let text = readLatin1(bytes, from, ascii);
  for (let at = ascii; at < to; ) {
    const lead = bytes[at++]!;
    const more =
      lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
    if (more <= 0) {
      text += String.fromCharCode(more === 0 ? lead : REPLACEMENT);
      continue;
    }
    // The second byte is bounded tighter after some leads: no overlong forms, surrogates or above U+10FFFF.
    let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let code = lead & (0x3f >> more);
    let left = more;
    while (left > 0 && at < to && bytes[at]! >= low && bytes[at]! <= high) {
      code = (code << 6) | (bytes[at++]! & 0x3f);
      low = 0x80;
      high = 0xbf;
      left--;
    }
    text += left === 0 ? String.fromCodePoint(code) : String.fromCharCode(REPLACEMENT);
  }
  return text;
}

/** True for a lead surrogate that is followed by a trail surrogate. */
function isPair(text: string, i: number, char: number): boolean {
  return (char & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
}
