/** Quoting for shells. Texts have one char per byte. */

export interface Shell {
  readonly name: string;
  /** What curl is called there. */
  readonly curl: string;
  /** Whether a word can stand for exactly these bytes. */
  holds(text: string): boolean;
  /** One word of a command that stands for these bytes. */
  word(text: string): string;
  /** A command that prints exactly these bytes, where there is one. */
  readonly print: ((text: string) => string) | undefined;
}

const PLAIN = /^[\w@%+=:,./-]+$/;
const PRINTABLE = /^[\x20-\x7e]*$/;

export const BASH: Shell = {
  name: 'bash',
  curl: 'curl',
  holds: (text) => !text.includes('\0'),
  word: shellWord,
  print: (text) => `printf ${printfWord(text)}`,
};

/** The command prompt of Windows, with the curl that comes with it. */
export const CMD: Shell = {
  name: 'cmd',
  curl: 'curl.exe',
  // Other bytes would be taken for signs of the code page.
  holds: (text) => PRINTABLE.test(text),
  word: cmdWord,
  print: undefined,
};

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

/**
 * One argument for a program started by cmd. Two readers take it apart: cmd, for which a caret takes the meaning from
 * the sign after it, and the C runtime, which joins what stands in quotes. Written with carets, the quotes are for the
 * second alone; a caret within `%name%` leaves no name for cmd to look up.
 */
function cmdWord(text: string): string {
  if (/^[\w@+=:,./-]+$/.test(text)) return text;
  // Before a quote each backslash counts twice, as the C runtime reads it.
  const argument = `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return argument.replace(/[^\w\s@+=:,./-]/g, '^$&').replace(/\^%(?=\w)/g, '^%^');
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
