/**
 * Text from the wire to be shown on one line: it is hostile input and must not break the line, hide anything or turn
 * the order of what stands beside it. Line ends and controls are written as escapes; spaces stay.
 */
export function wireText(text: string): string {
  return text.replace(HIDDEN, (sign) => {
    const known = ESCAPES[sign];
    if (known !== undefined) return known;
    const code = sign.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Controls of ASCII and Latin-1, and the signs that turn the direction of text or have no width. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\0': '\\0' };
