/** Bytes as visible text and back: `\r \n \t \\ \xHH`, everything else printable ASCII as it is. */
export function escapeBytes(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = '';
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === 0x0d) text += '\\r';
    else if (byte === 0x0a) text += '\\n';
    else if (byte === 0x09) text += '\\t';
    else if (byte === 0x5c) text += '\\\\';
    else if (byte < 0x20 || byte > 0x7e) text += `\\x${byte.toString(16).padStart(2, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return text;
}

/** The same, with what comes twenty times and more in a row as fixtures write it: `{"a"*8192}`. */
export function escapeRuns(bytes: Uint8Array): string {
  return escapeBytes(bytes).replace(
    /(.{1,8}?)\1{19,}/g,
    (run, piece: string) => `{"${piece}"*${run.length / piece.length}}`,
  );
}

/** Throws on an escape it does not know and on anything but printable ASCII, so that a slip is seen. */
export function unescapeBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  const token = /\\r|\\n|\\t|\\\\|\\x([\da-f]{2})|([ -[\]-~])/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`Cannot read ${JSON.stringify(text.slice(at, at + 10))} at ${at} as bytes`);
    const [sequence, hex, char] = match;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (char !== undefined) bytes.push(char.charCodeAt(0));
    else bytes.push({ '\\r': 0x0d, '\\n': 0x0a, '\\t': 0x09, '\\\\': 0x5c }[sequence]!);
  }
  return Uint8Array.from(bytes);
}
