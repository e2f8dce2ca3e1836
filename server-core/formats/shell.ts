/** Quoting for bash. Texts have one char per byte. */

const PLAIN = /^[\w@%+=:,./-]+$/;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** One word of a bash command that stands for exactly these bytes. Zero bytes cannot be in one. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!PRINTABLE.test(text)) return `$'${text.replace(/[\\']|[^\x20-\x7e]/g, ansiEscape)}'`;
  // Inside single quotes bash reads nothing but the closing one.
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An argument for the printf of bash that prints exactly these bytes, zero bytes too. */
export function printfWord(text: string): string {
  return `'${text.replace(/[\\'%]|[^\x20-\x7e]/g, (char) => (char === '%' ? '%%' : octal(char)))}'`;
}

function ansiEscape(char: string): string {
  if (char === '\\' || char === "'") return `\\${char}`;
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  if (char === '\t') return '\\t';
  return octal(char);
}

/** Three octal digits end where they end; `\x4` would take in a following digit. */
function octal(char: string): string {
  return `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
