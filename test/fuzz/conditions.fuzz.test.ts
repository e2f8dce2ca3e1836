import assert from 'node:assert/strict';
import fc from 'fast-check';
import { precondition } from '../../server-core/files/conditional.ts';
import { formatHttpDate, parseHttpDate } from '../../server-core/http/date.ts';
import { parsedFields } from '../support/fields.ts';
import { fuzz } from './fuzz.ts';

const NOW = Date.UTC(2026, 10, 21);
const WRITTEN = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Tags of a list, taken char by char, up to the first thing that is none. RFC 9110 §8.8.3, §5.6.1. */
function tagsOf(list: string): { weak: boolean; opaque: string }[] {
  const tags: { weak: boolean; opaque: string }[] = [];
  let i = 0;
  for (;;) {
    while (i < list.length && ' \t,'.includes(list[i]!)) i++;
    const weak = list.startsWith('W/', i);
    if (weak) i += 2;
    if (list[i] !== '"') return tags;
    const end = list.indexOf('"', i + 1);
    const opaque = list.slice(i + 1, end);
    if (end < 0 || /[\0-\x20\x7f]/.test(opaque)) return tags;
    i = end + 1;
    while (i < list.length && ' \t'.includes(list[i]!)) i++;
    if (i < list.length && list[i] !== ',') return tags;
    tags.push({ weak, opaque });
  }
}

type Conditions = Readonly<Record<(typeof NAMES)[number], string | undefined>>;
const NAMES = ['If-Match', 'If-Unmodified-Since', 'If-None-Match', 'If-Modified-Since'] as const;

/** RFC 9110 §13.2.2, step by step. */
function model(asked: Conditions, etag: { weak: boolean; opaque: string }): number {
  const match = asked['If-Match'];
  const unmodified = asked['If-Unmodified-Since'];
  const none = asked['If-None-Match'];
  const modified = asked['If-Modified-Since'];
  if (match !== undefined) {
    const strong = (tag: typeof etag) => !tag.weak && !etag.weak && tag.opaque === etag.opaque;
    if (match !== '*' && !tagsOf(match).some(strong)) return 412;
  } else if (unmodified !== undefined) {
    const date = DATES.get(unmodified);
    if (date !== undefined && WRITTEN > date) return 412;
  }
  if (none !== undefined) {
    if (none === '*' || tagsOf(none).some((tag) => tag.opaque === etag.opaque)) return 304;
  } else if (modified !== undefined) {
    const date = DATES.get(modified);
    if (date !== undefined && WRITTEN <= date) return 304;
  }
  return 200;
}

const DATES = new Map<string, number | undefined>([
  ['Fri, 02 Jan 2026 03:04:04 GMT', WRITTEN - 1000],
  ['Fri, 02 Jan 2026 03:04:05 GMT', WRITTEN],
  ['Friday, 02-Jan-26 03:04:06 GMT', WRITTEN + 1000],
  ['Fri Jan  2 03:04:05 2026', WRITTEN],
  ['Fri, 02 Jan 2026 03:04:05', undefined],
  ['2026-01-02T03:04:05Z', undefined],
  ['', undefined],
]);

const tag = fc.constantFrom(
  '"a"',
  'W/"a"',
  '"b"',
  'W/"b"',
  '""',
  '"a,b"',
  '"a',
  'a',
  'w/"a"',
  '"a b"',
  '"\xe9"',
  '"a""b"',
  '*',
  'W/',
);
const tags = fc
  .tuple(fc.array(tag, { maxLength: 4 }), fc.constantFrom(', ', ',', ' ,\t,', ' '))
  .map(([list, comma]) => list.join(comma));
const date = fc.constantFrom(...DATES.keys());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const conditions: fc.Arbitrary<Conditions> = fc.record({
  'If-Match': maybe(tags),
  'If-Unmodified-Since': maybe(date),
  'If-None-Match': maybe(tags),
  'If-Modified-Since': maybe(date),
});
const etag = fc.record({ weak: fc.boolean(), opaque: fc.constantFrom('a', 'b', '', 'a,b', '\xe9') });

fuzz('conditions against a model', [conditions, etag], (asked, { weak, opaque }) => {
  const lines = NAMES.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]] as const]));
  const file = { etag: `${weak ? 'W/' : ''}"${opaque}"`, lastModified: WRITTEN };
  const { status, because } = precondition(parsedFields(lines), file, NOW);
  // A value comes without the whitespace around it.
  const received = Object.fromEntries(
    lines.map(([name, value]) => [name, value.replace(/^[ \t]+|[ \t]+$/g, '')]),
  );
  assert.equal(status, model(received as Conditions, { weak, opaque }));
  assert.equal(because === undefined, lines.length === 0);
});

const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const noise = fc.tuple(fc.nat(40), fc.constantFrom('', ' ', '0', '9', ':', 'G', '\0', '-', 'x'));

fuzz(
  'dates come back in each form',
  [fc.integer({ min: 0, max: LAST_SECOND }), noise],
  (second, [at, char]) => {
    const ms = second * 1000;
    const imf = formatHttpDate(ms);
    assert.equal(parseHttpDate(imf, NOW), ms);
    const [, day, month, year, time] = imf.split(/,? /) as [string, string, string, string, string];
    const weekday = new Date(ms).getUTCDay();
    const asctime = `${DAYS[weekday]!.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
    assert.equal(parseHttpDate(asctime, NOW), ms);
    const rfc850 = parseHttpDate(`${DAYS[weekday]}, ${day}-${month}-${year.slice(2)} ${time} GMT`, NOW);
    // Two digits of a year mean one of a hundred: from 49 before this one to 50 after it. 29 February may not be in it.
    if (rfc850 !== undefined) {
      const read = new Date(rfc850).getUTCFullYear();
      assert.equal(read % 100, Number(year) % 100);
      assert(read > 2026 - 50 && read <= 2026 + 50);
    } else assert.equal(`${day} ${month}`, '29 Feb');
    const damaged = imf.slice(0, at) + char + imf.slice(at + 1);
    const read = parseHttpDate(damaged, NOW);
    // Whatever is taken for a date says, but for the name of its day and a leap second, just that date.
    if (read !== undefined && !damaged.includes(':60'))
      assert.equal(formatHttpDate(read).slice(4), damaged.slice(4));
  },
);
