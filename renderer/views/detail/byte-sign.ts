const CONTROL_NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  9: 'TAB',
  10: 'LF',
  13: 'CR',
  27: 'ESC',
  32: 'SP',
  127: 'DEL',
};
/** As escapes are written; the font has no pictures of control characters. */
const ESCAPES: Readonly<Record<number, string>> = { 0: '0', 9: 't', 10: 'n', 13: 'r', 27: 'e' };

export interface ByteSign {
  readonly sign: string;
  /** Not the character itself: `r` stands for CR. Drawn so that it cannot be taken for a letter. */
  readonly control: boolean;
}

/** The sign of a byte in a text column. @param visible whether space and line ends are drawn */
export function byteSign(value: number | undefined, visible: boolean): ByteSign {
  if (value === undefined) return { sign: ' ', control: false };
  if (value === 0x20) return visible ? { sign: '·', control: true } : { sign: '\u00a0', control: false };
  if (value > 0x20 && value < 0x7f) return { sign: String.fromCharCode(value), control: false };
  const escaped = visible ? ESCAPES[value] : undefined;
  return { sign: escaped ?? '.', control: true };
}

/** What a byte is called when it is read out. */
export function byteName(value: number): string {
  const named = CONTROL_NAMES[value];
  if (named !== undefined) return named;
  return value > 32 && value < 127 ? `"${String.fromCharCode(value)}"` : `= ${value}`;
}
