/** Range requests, RFC 9110 §14: which bytes are asked for, and whether they may be sent alone. */
import { parseHttpDate } from '../http/date.ts';
import { strongMatch } from './entity-tags.ts';
import type { Validators } from './validators.ts';

export type ByteRange =
  | { readonly kind: 'whole'; readonly because: string | undefined }
  /** `end` is exclusive, and at most the size. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable'; readonly because: string };

const WHOLE: ByteRange = { kind: 'whole', because: undefined };

/**
 * Reads the Range field of a GET for content of `size` bytes. A field that is malformed, has another unit or names
 * several ranges is answered whole, as §14.2 allows.
 */
export function byteRange(value: string | undefined, size: number): ByteRange {
  if (value === undefined) return WHOLE;
  // §14.1: names of units have no case.
  if (!/^bytes=/i.test(value)) return whole('Range has a unit other than bytes, so all of it is sent');
  const specs = value
    .slice('bytes='.length)
    .split(',')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '');
  if (specs.length === 0 || !specs.every(isRangeSpec))
    return whole('Range is malformed, so all of it is sent');
  // An empty file has no byte to point at; Go and Apache answer whole too, for clients that send Range with everything.
  if (size === 0) return whole('Range is asked of an empty file, so all of it is sent');
  const parts = specs.map((spec) => resolve(spec, size)).filter((part) => part !== undefined);
  if (parts.length === 0)
    return { kind: 'unsatisfiable', because: `Range begins beyond the ${size} B there are, so 416` };
  if (specs.length > 1) return whole(`Range names ${specs.length} ranges, so all of it is sent`);
  return parts[0]!;
}

function whole(because: string): ByteRange {
  return { kind: 'whole', because };
}

/** §14.1.1: `first-last` with last not before first, `first-`, or `-suffix`. */
function isRangeSpec(spec: string): boolean {
  const match = /^(\d*)-(\d*)$/.exec(spec);
  if (!match || spec === '-') return false;
  const [, first = '', last = ''] = match;
  return first === '' || last === '' || Number(first) <= Number(last);
}

/** Undefined when not one byte of it is there. */
function resolve(spec: string, size: number): ByteRange | undefined {
  const [first = '', last = ''] = spec.split('-');
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? undefined : { kind: 'part', start: size - length, end: size };
  }
  const start = Number(first);
  if (start >= size) return undefined;
  return { kind: 'part', start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

/**
 * Whether the part that the client has is of this state of the file (§13.1.5). When not, Range must be ignored.
 * `now` is the time of the answer in milliseconds.
 */
export function ifRangeHolds(value: string | undefined, file: Validators, now: number): boolean {
  if (value === undefined) return true;
  if (value.startsWith('"') || value.startsWith('W/')) return strongMatch(value, file.etag);
  // §8.8.2.2: a date is strong only when the second it names was over before the answer was made.
  return parseHttpDate(value, now) === file.lastModified && now - file.lastModified >= 1000;
}
