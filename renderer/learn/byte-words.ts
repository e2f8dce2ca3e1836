/** Bytes in words: names of those that cannot be seen, and runs of values put together. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  9: 'HT',
  10: 'LF',
  13: 'CR',
  27: 'ESC',
  32: 'SP',
  127: 'DEL',
};

/** `G`, `CR`, or `\x7f` as the editor has it. */
export function byteWord(byte: number): string {
  const name = NAMES[byte];
  if (name !== undefined) return name;
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hexByte(byte)}`;
}

export function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/**
 * A set of byte values in few words: `0–9 A–F a–f`, `CR`, `all but LF`, `any byte`.
 *
 * @param bytes ascending
 */
export function bytesInWords(bytes: readonly number[]): string {
  if (bytes.length === 256) return 'any byte';
  const runs = runsOf(bytes);
  if (runs.length <= MOST_RUNS) return runs.map(runWord).join(' ');
  const within = new Set(bytes);
  const others = runsOf(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !within.has(byte)));
  if (others.length <= MOST_RUNS) return `all but ${others.map(runWord).join(' ')}`;
  // Letters and digits say most of what a token can hold.
  const telling = runs.filter(([from, to]) => to - from >= 4);
  const shown = (telling.length > 0 ? telling : runs).slice(0, MOST_RUNS - 1);
  const count = bytes.length - shown.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return `${shown.map(runWord).join(' ')} and ${count} more`;
}

/** The same for a narrow column, where lines are not to break within a run. */
export function unbroken(words: string): string {
  return words.replaceAll('–', '\u2060–\u2060');
}

type Run = readonly [from: number, to: number];
const MOST_RUNS = 4;

/** Runs do not go across the edges of digits, letters, and what can be seen. */
function runsOf(bytes: readonly number[]): Run[] {
  const runs: [number, number][] = [];
  for (const byte of bytes) {
    const last = runs.at(-1);
    if (last && last[1] === byte - 1 && classOf(last[0]) === classOf(byte)) last[1] = byte;
    else runs.push([byte, byte]);
  }
  return runs;
}

function classOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return 1;
  if (byte >= 0x41 && byte <= 0x5a) return 2;
  if (byte >= 0x61 && byte <= 0x7a) return 3;
  if (byte <= 0x20) return NAMES[byte] ? 10 + byte : 4;
  return byte < 0x7f ? 5 : byte === 0x7f ? 6 : 7;
}

function runWord([from, to]: Run): string {
  if (from === to) return byteWord(from);
  return to === from + 1 ? `${byteWord(from)} ${byteWord(to)}` : `${byteWord(from)}–${byteWord(to)}`;
}
