/**
 * Bytes as text that can be typed and seen: every byte that cannot be seen stands as an escape (`\r \n \t \xNN`, and
 * `\\` for a backslash), everything else as itself in UTF-8. A line break of the text itself is only layout, so that
 * a line of the message looks like one; it is no byte.
 */
export interface TypedBytes {
  readonly bytes: Uint8Array;
  /** What is no escape, in one sentence; the bytes are those before it. */
  readonly problem: string | undefined;
}

const ENCODER = new TextEncoder();

export function parseEscapes(text: string): TypedBytes {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text[i]!;
    if (char === '\n' || char === '\r') {
      i++;
    } else if (char !== '\\') {
      const point = String.fromCodePoint(text.codePointAt(i)!);
      bytes.push(...ENCODER.encode(point));
      i += point.length;
    } else {
      const found = escapeAt(text, i);
      if (!found) return { bytes: Uint8Array.from(bytes), problem: problemAt(text, i) };
      bytes.push(found.byte);
      i += found.length;
    }
  }
  return { bytes: Uint8Array.from(bytes), problem: undefined };
}

/** The escape whose backslash stands at `i`. */
export function escapeAt(
  text: string,
  i: number,
): { readonly byte: number; readonly length: number } | undefined {
  const simple = SIMPLE[text[i + 1] ?? ''];
  if (simple !== undefined) return { byte: simple, length: 2 };
  const hex = /^\\x([\da-f]{2})/i.exec(text.slice(i, i + 4));
  return hex ? { byte: Number.parseInt(hex[1]!, 16), length: 4 } : undefined;
}

const SIMPLE: Readonly<Record<string, number>> = { r: 0x0d, n: 0x0a, t: 0x09, '\\': 0x5c, '0': 0x00 };

function problemAt(text: string, i: number): string {
  const line = text.slice(0, i).split('\n').length;
  return `Line ${line}: a backslash begins \\r, \\n, \\t, \\\\ or \\x and two hex digits`;
}

/** Bytes as such a text, with a line break behind every LF. */
export function writeEscapes(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!;
    if (byte === 0x0a) text += '\\n\n';
    else if (byte === 0x0d) text += '\\r';
    else if (byte === 0x09) text += '\\t';
    else if (byte === 0x5c) text += '\\\\';
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else {
      const char = charAt(bytes, i);
      if (char !== undefined) {
        text += char.text;
        i += char.length;
        continue;
      }
      text += `\\x${byte.toString(16).padStart(2, '0')}`;
    }
    i++;
  }
  return text;
}

/** A character of UTF-8 that can be seen and is not mistaken for another. */
function charAt(
  bytes: Uint8Array,
  i: number,
): { readonly text: string; readonly length: number } | undefined {
  const lead = bytes[i]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || i + length > bytes.length) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(i, i + length),
    );
    return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(text) ? { text, length } : undefined;
  } catch {
    return undefined;
  }
}

/** What is pasted: text of other places has line breaks that are meant, text of this editor has an escape before each. */
export function pastedText(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n');
  if (/\\[rn]\n/.test(plain) || !/\n/.test(plain)) return plain;
  return plain.replace(/\\/g, '\\\\').replace(/\n/g, '\\r\\n\n');
}

/** Hex as it is typed: digits in pairs, with anything that parts words between them. */
export function parseHex(text: string): TypedBytes {
  const bytes: number[] = [];
  for (const word of text.split(/[\s,;:]+/)) {
    const digits = word.replace(/^0x/i, '');
    if (!/^([\da-f]{2})*$/i.test(digits)) {
      return { bytes: Uint8Array.from(bytes), problem: `“${word.slice(0, 12)}” is not hex digits in pairs` };
    }
    for (let i = 0; i < digits.length; i += 2) bytes.push(Number.parseInt(digits.slice(i, i + 2), 16));
  }
  return { bytes: Uint8Array.from(bytes), problem: undefined };
}

export function writeHex(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += 16) {
    lines.push(Array.from(bytes.subarray(i, i + 16), (byte) => byte.toString(16).padStart(2, '0')).join(' '));
  }
  return lines.join('\n');
}
