/** Range requests, RFC 9110 §14: which bytes are asked for, and whether they may be sent alone. */
import { parseHttpDate } from '../http/date.ts';
import { groupDigits } from './digits.ts';
import { strongMatch } from './entity-tags.ts';
import type { Validators } from './validators.ts';

/** `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type RangeChoice =
  | { readonly kind: 'whole'; readonly because: string | undefined }
  /** None is empty or reaches beyond the end; no two overlap or touch. In the order of the request. */
  | { readonly kind: 'parts'; readonly spans: readonly Span[]; readonly because: string }
  | { readonly kind: 'unsatisfiable'; readonly because: string };

/** Apache's `MaxRanges`. Players and viewers of documents ask for a few. */
export const MAX_RANGES = 200;

const WHOLE: RangeChoice = { kind: 'whole', because: undefined };

/**
 * Reads the Range field of a GET for content of `size` bytes. A field that is malformed, has another unit, or asks
 * for more work than the whole would be is ignored, as §14.2 allows.
 */
export function chooseRanges(value: string | undefined, size: number): RangeChoice {
  if (value === undefined) return WHOLE;
  // §14.1: names of units have no case.
  if (!/^bytes=/i.test(value)) return whole('Range has a unit other than bytes, so all of it is sent');
  // §5.6.1.2: empty members of a list say nothing.
  const members = value
    .slice('bytes='.length)
    .split(',')
    .filter((member) => !EMPTY.test(member));
  const specs = members.map(rangeSpec);
  if (specs.length === 0 || !specs.every((spec) => spec !== undefined))
    return whole('Range is malformed, so all of it is sent');
  // An empty file has no byte to point at; Go and Apache answer whole too, for clients that send Range with everything.
  if (size === 0) return whole('Range is asked of an empty file, so all of it is sent');
  if (specs.length > MAX_RANGES)
    return whole(`Range names ${specs.length} ranges, more than ${MAX_RANGES}, so all of it is sent`);
  const spans = specs.map((spec) => resolve(spec, size)).filter((span) => span !== undefined);
  if (spans.length === 0)
    return {
      kind: 'unsatisfiable',
      because: `Range names none of the ${groupDigits(size)} B there are, so 416`,
    };
  // §17.15: ranges that overlap can ask for a file a hundred times over. nginx and Go draw the same line.
  const asked = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (asked > size)
    return whole(
      `Range asks for ${groupDigits(asked)} B in all, more than the ${groupDigits(size)} B there are, so all of it is sent`,
    );
  const parts = coalesce(spans);
  return { kind: 'parts', spans: parts, because: sentence(specs.length, spans.length, parts, size) };
}

function whole(because: string): RangeChoice {
  return { kind: 'whole', because };
}

/** OWS is space and tab (§5.6.3): what else `trim` would take away is part of a malformed member. */
const EMPTY = /^[\t ]*$/;
const SPEC = /^[\t ]*(\d*)-(\d*)[\t ]*$/;

interface RangeSpec {
  /** Digits; empty for a suffix. */
  readonly first: string;
  /** Digits; empty for all from `first` on. */
  readonly last: string;
}

/** §14.1.1: `first-last` with last not before first, `first-`, or `-suffix`; undefined for anything else. */
function rangeSpec(member: string): RangeSpec | undefined {
  const [, first = '', last = ''] = SPEC.exec(member) ?? [];
  if (first === '' && last === '') return undefined;
  return first === '' || last === '' || BigInt(first) <= BigInt(last) ? { first, last } : undefined;
}

/** Undefined when not one byte of it is there. */
function resolve({ first, last }: RangeSpec, size: number): Span | undefined {
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? undefined : { start: size - length, end: size };
  }
  const start = Number(first);
  if (start >= size) return undefined;
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

/** §15.3.7.2: spans that overlap or touch become one, in the place of the one that was asked for first. */
export function coalesce(spans: readonly Span[]): readonly Span[] {
  const parts: Span[] = [];
  for (const span of spans) {
    let { start, end } = span;
    let at = parts.length;
    for (let i = parts.length - 1; i >= 0; i--) {
      const part = parts[i]!;
      if (part.start > end || part.end < start) continue;
      start = Math.min(start, part.start);
      end = Math.max(end, part.end);
      parts.splice(i, 1);
      at = i;
    }
    parts.splice(at, 0, { start, end });
  }
  return parts;
}

function sentence(named: number, there: number, parts: readonly Span[], size: number): string {
  const [{ start, end }] = parts as [Span];
  const single = `bytes ${groupDigits(start)} to ${groupDigits(end - 1)} of ${groupDigits(size)}`;
  if (named === 1) return `Range asks for ${single}, so 206`;
  const steps = [`Range names ${named} ranges`];
  if (there < named)
    steps.push(`${named - there} beyond the end ${named - there === 1 ? 'is' : 'are'} left out`);
  if (parts.length < there) steps.push('those that overlap or touch become one');
  const outcome = parts.length === 1 ? `so 206 with ${single}` : `so 206 with ${parts.length} parts`;
  return `${steps.join('; ')}; ${outcome}`;
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
