/** Finds bytes by text, by hex or by a regular expression, in messages of any length. */
import { latin1 } from './latin1.ts';

export const SEARCH_MODES = ['text', 'hex', 'regex'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** Finds the first match from a place on. */
export interface Needle {
  readonly find: (bytes: Uint8Array, from: number) => Range | undefined;
  /** Bytes that a match may reach over the edge of a piece. */
  readonly reach: number;
}
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A piece of a longer message that is searched at once. */
const PIECE = 1024 * 1024;
/** A match of a regular expression that is longer than this and lies on the edge of a piece is not found whole. */
const REGEX_REACH = 4096;
/** Matches listed; the count then says so. */
export const MOST_MATCHES = 10_000;

/** The needle, or one sentence that says what is wrong with the words. Undefined for an empty one. */
export function needleOf(words: string, mode: SearchMode): Needle | string | undefined {
  if (words === '') return undefined;
  if (mode === 'text')
    return exactly(
      new TextEncoder().encode(words).map((byte) => LOWER[byte]!),
      LOWER,
    );
  if (mode === 'hex') {
    const digits = words.replace(/0x|[\s,:]/gi, '');
    if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) return 'Hex is pairs of digits, such as 0d 0a';
    const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
    return exactly(Uint8Array.from(bytes), AS_IS);
  }
  try {
    return matching(new RegExp(words, 'gs'));
  } catch (error) {
    return `This expression cannot be read: ${(error as Error).message.replace(/^.*: /, '')}`;
  }
}

/** @param fold byte by byte, before they are compared; the needle is folded already */
function exactly(bytes: Uint8Array, fold: Uint8Array): Needle {
  const [first = 0] = bytes;
  return {
    find: (within, from) => {
      const last = within.length - bytes.length;
      for (let start = from; start <= last; start++) {
        if (fold[within[start]!] !== first) continue;
        let i = 1;
        while (i < bytes.length && fold[within[start + i]!] === bytes[i]) i++;
        if (i === bytes.length) return { start, end: start + i };
      }
      return undefined;
    },
    reach: bytes.length - 1,
  };
}

function matching(regex: RegExp): Needle {
  let within: Uint8Array | undefined;
  let text = '';
  return {
    find: (bytes, from) => {
      // One char per byte, so that places in the text are places in the bytes.
      if (bytes !== within) text = latin1(bytes);
      within = bytes;
      regex.lastIndex = from;
      for (let found = regex.exec(text); found !== null; found = regex.exec(text)) {
        if (found[0] !== '') return { start: found.index, end: found.index + found[0].length };
        regex.lastIndex++;
      }
      return undefined;
    },
    reach: REGEX_REACH,
  };
}

/** Each byte as itself. */
const AS_IS = Uint8Array.from({ length: 256 }, (_, byte) => byte);
/** Case of ASCII letters only: other bytes are not letters by themselves. */
const LOWER = AS_IS.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/**
 * Every match in [0, length), without overlaps, up to `MOST_MATCHES`; reads the message in pieces, so that other
 * work is not held up.
 *
 * @param read rejects when bytes cannot be had
 */
export async function searchBytes(
  read: (from: number, to: number) => Promise<Uint8Array>,
  length: number,
  needle: Needle,
  signal: AbortSignal,
): Promise<Range[]> {
  const found: Range[] = [];
  for (let base = 0; base < length && !signal.aborted; base += PIECE) {
    const bytes = await read(base, Math.min(length, base + PIECE + needle.reach));
    let at = Math.max(0, (found.at(-1)?.end ?? 0) - base);
    for (let match = needle.find(bytes, at); match; match = needle.find(bytes, at)) {
      // What begins past the piece is found from the next one.
      if (match.start >= PIECE) break;
      found.push({ start: base + match.start, end: base + match.end });
      if (found.length === MOST_MATCHES) return found;
      at = match.end;
    }
  }
  return found;
}

/** An offset as people type it: decimal, or hex after 0x; relative to `from` with a sign. Undefined when it is none. */
export function offsetOf(words: string, from: number): number | undefined {
  const match = /^([+-]?)(?:0x([0-9a-f]+)|(\d+))$/i.exec(words.replace(/[\s\u2009_]/g, ''));
  if (!match) return undefined;
  const [, sign, hex, decimal] = match;
  const value = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return sign === '+' ? from + value : sign === '-' ? from - value : value;
}
