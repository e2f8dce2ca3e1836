/**
 * Conditional requests, RFC 9110 §13, as a table: the steps of §13.2.2 in their order. A step is passed over when
 * its field is absent, cannot be read, or is outranked by the field it names; the first that fails decides.
 * (The last step, If-Range, belongs to range.ts.)
 */
import { formatHttpDate, parseHttpDate } from '../http/date.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { listsTag, strongMatch, weakMatch } from './entity-tags.ts';
import type { Validators } from './validators.ts';

export interface Precondition {
  /** What the answer is; 200 stands for whatever it would have been without conditions. */
  readonly status: 200 | 304 | 412;
  /** One sentence for the decision trace; undefined when nothing was asked. */
  readonly because: string | undefined;
}

interface Step {
  readonly field: string;
  readonly name: string;
  /** With this field present, the step is not looked at. */
  readonly outrankedBy?: string;
  /** Undefined: the value is not valid, and the field must be ignored. */
  readonly holds: (value: string, file: Validators, now: number) => boolean | undefined;
  readonly holdsText: (file: Validators) => string;
  readonly failsText: (file: Validators) => string;
  readonly fails: 304 | 412;
}

const STEPS: readonly Step[] = [
  {
    // §13.1.1: strong comparison, since the client is about to build on exactly these bytes.
    field: 'if-match',
    name: 'If-Match',
    holds: (value, file) => listsTag(value, file.etag, strongMatch),
    holdsText: (file) => `has ETag ${file.etag}`,
    failsText: (file) => `does not have ETag ${file.etag} as a strong tag`,
    fails: 412,
  },
  {
    field: 'if-unmodified-since',
    name: 'If-Unmodified-Since',
    outrankedBy: 'if-match',
    holds: (value, file, now) => unmodifiedSince(value, file, now),
    holdsText: (file) => `is not before Last-Modified ${formatHttpDate(file.lastModified)}`,
    failsText: (file) => `is before Last-Modified ${formatHttpDate(file.lastModified)}`,
    fails: 412,
  },
  {
    // §13.1.2: weak comparison is enough to keep a copy. It holds when the tag is NOT listed.
    field: 'if-none-match',
    name: 'If-None-Match',
    holds: (value, file) => !listsTag(value, file.etag, weakMatch),
    holdsText: (file) => `does not have ETag ${file.etag}`,
    failsText: (file) => `has ETag ${file.etag}`,
    fails: 304,
  },
  {
    field: 'if-modified-since',
    name: 'If-Modified-Since',
    outrankedBy: 'if-none-match',
    holds: (value, file, now) => {
      const unmodified = unmodifiedSince(value, file, now);
      return unmodified === undefined ? undefined : !unmodified;
    },
    holdsText: (file) => `is before Last-Modified ${formatHttpDate(file.lastModified)}`,
    failsText: (file) => `is not before Last-Modified ${formatHttpDate(file.lastModified)}`,
    fails: 304,
  },
];

const UNCONDITIONAL: Precondition = { status: 200, because: undefined };

/** For GET and HEAD of a file that is there. `now` in milliseconds reads two-digit years. */
export function precondition(fields: Fields, file: Validators, now: number): Precondition {
  let because: string | undefined;
  for (const step of STEPS) {
    if (!fields.has(step.field)) continue;
    if (step.outrankedBy !== undefined && fields.has(step.outrankedBy)) continue;
    const holds = step.holds(fields.all(step.field) ?? '', file, now);
    if (holds === false) {
      return { status: step.fails, because: `${step.name} ${step.failsText(file)}, so ${step.fails}` };
    }
    because = holds
      ? `${step.name} ${step.holdsText(file)}, so the answer is sent`
      : `${step.name} is not one HTTP date, so it is ignored`;
  }
  return because === undefined ? UNCONDITIONAL : { status: 200, because };
}

/** Two values joined by a comma do not parse as a date either, which §13.1.3 asks for. */
function unmodifiedSince(value: string, file: Validators, now: number): boolean | undefined {
  const date = parseHttpDate(value, now);
  return date === undefined ? undefined : file.lastModified <= date;
}
