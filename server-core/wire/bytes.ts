/** Byte classes of HTTP/1 as tables, and the few things the wire layer does with bytes that are text. */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const DQUOTE = 0x22;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;

/**
 * tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA
 *
 * RFC 9110 §5.6.2.
 */
export const TOKEN = 1;

/**
 * What a field value may hold between its ends:
 *
 *     field-content = field-vchar [ 1*( SP / HTAB / field-vchar ) field-vchar ]
 *     field-vchar   = VCHAR / obs-text
 *     obs-text      = %x80-FF
 *
 * RFC 9110 §5.5. A reason phrase has the same bytes (RFC 9112 §4).
 */
export const FIELD_TEXT = 2;

/**
 * What a request-target may hold: every visible ASCII character but "#".
 *
 * Wider than the `pchar / "/" / "?"` of RFC 3986 §3.3, because browsers send ^ | " [ ] { } < > \ and ` as they
 * were typed and no reader can mistake them. "#" is refused: a fragment never goes on the wire (RFC 9112 §3.2.1),
 * and two readers may cut the target at it or not.
 */
export const TARGET = 4;

/** %x80-FF, which has no place in a target (RFC 3986 §2), but is sent by clients that take a path as it was typed. */
export const OBS_TEXT = 8;

/**
 * qdtext = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text
 *
 * RFC 9110 §5.6.4.
 */
export const QDTEXT = 16;

/** DIGIT = %x30-39 */
export const DIGIT = 32;

/** SP / HTAB, the bytes of OWS and BWS. RFC 9110 §5.6.3. */
export const WS = 64;

/** The classes of each byte, as a sum of the bits above. */
export const CLASS: Readonly<Uint8Array> = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (bit: number, from: number, to = from) => {
    for (let byte = from; byte <= to; byte++) table[byte]! |= bit;
  };
  for (const char of "!#$%&'*+-.^_`|~") add(TOKEN, char.charCodeAt(0));
  add(TOKEN | DIGIT, 0x30, 0x39);
  add(TOKEN, 0x41, 0x5a);
  add(TOKEN, 0x61, 0x7a);
  for (const byte of [TAB, SP]) add(FIELD_TEXT | QDTEXT | WS, byte);
  add(FIELD_TEXT, 0x21, 0x7e);
  add(FIELD_TEXT | QDTEXT | OBS_TEXT, 0x80, 0xff);
  add(TARGET, 0x21, 0x22);
  add(TARGET, 0x24, 0x7e);
  add(QDTEXT, 0x21);
  add(QDTEXT, 0x23, 0x5b);
  add(QDTEXT, 0x5d, 0x7e);
  return table;
}

/** What `HEX_VALUE` holds for a byte that is no hexadecimal digit. */
export const NOT_HEX = 16;

/** HEXDIG in either case (RFC 5234 §B.1, RFC 9112 §7.1) to its value. */
export const HEX_VALUE: Readonly<Uint8Array> = (() => {
  const table = new Uint8Array(256).fill(NOT_HEX);
  for (let value = 0; value < 16; value++) {
    const digit = value.toString(16);
    table[digit.charCodeAt(0)] = value;
    table[digit.toUpperCase().charCodeAt(0)] = value;
  }
  return table;
})();

const LOWER: Readonly<Uint8Array> = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);

/** Whether bytes [from, to) spell `lower`, a text in lower case, without regard to ASCII case. */
export function equalsIgnoreCase(bytes: Uint8Array, from: number, to: number, lower: string): boolean {
  if (to - from !== lower.length) return false;
  for (let i = 0; i < lower.length; i++) {
    if (LOWER[bytes[from + i]!] !== lower.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether bytes [from, to) spell exactly `text`. */
export function equals(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  if (to - from !== text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (bytes[from + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * Bytes [from, to) as a text of one char per byte. Eight at a time: for the short runs of a head that beats both
 * one at a time and `apply`.
 */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  const char = String.fromCharCode;
  let text = '';
  let i = from;
  for (; i + 8 <= to; i += 8) {
    text += char(
      bytes[i]!,
      bytes[i + 1]!,
      bytes[i + 2]!,
      bytes[i + 3]!,
      bytes[i + 4]!,
      bytes[i + 5]!,
      bytes[i + 6]!,
      bytes[i + 7]!,
    );
  }
  for (; i < to; i++) text += char(bytes[i]!);
  return text;
}

/** The bytes of a text whose chars are all below U+0100; the higher bits of others are lost. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
