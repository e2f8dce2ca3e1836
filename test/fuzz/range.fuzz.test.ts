import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseRanges, MAX_RANGES } from '../../server-core/files/range.ts';
import { fuzz } from './fuzz.ts';

/** RFC 9110 §14.1.2 read anew, with sets of bytes and no cleverness. Sizes are small, positions are not. */
function model(value: string, size: number): 'whole' | 'unsatisfiable' | [number, number][] {
  if (value.slice(0, 6).toLowerCase() !== 'bytes=') return 'whole';
  const members = value
    .slice(6)
    .split(',')
    .map(stripped)
    .filter((member) => member !== '');
  if (members.length === 0) return 'whole';
  const asked: Set<number>[] = [];
  for (const member of members) {
    const dash = member.indexOf('-');
    const first = member.slice(0, dash);
    const last = member.slice(dash + 1);
    if (dash < 0 || !digits(first) || !digits(last) || first + last === '') return 'whole';
    if (first !== '' && last !== '' && BigInt(first) > BigInt(last)) return 'whole';
    const bytes = new Set<number>();
    for (let i = 0; i < size; i++) {
      const at = BigInt(i);
      const inside =
        first === ''
          ? BigInt(size) - at <= BigInt(last)
          : at >= BigInt(first) && (last === '' || at <= BigInt(last));
      if (inside) bytes.add(i);
    }
    asked.push(bytes);
  }
  const there = asked.filter((bytes) => bytes.size > 0);
  if (size === 0 || members.length > MAX_RANGES) return 'whole';
  if (there.length === 0) return 'unsatisfiable';
  if (there.reduce((sum, bytes) => sum + bytes.size, 0) > size) return 'whole';
  return runs(there);
}

/** The bytes of all, as runs without a gap, each in the place of the first that asked for any of it. */
function runs(asked: readonly Set<number>[]): [number, number][] {
  const all = [...new Set(asked.flatMap((bytes) => [...bytes]))].sort((a, b) => a - b);
  const found: [number, number][] = [];
  for (const at of all) {
    const open = found.at(-1);
    if (open?.[1] === at) open[1] = at + 1;
    else found.push([at, at + 1]);
  }
  const place = ([start, end]: [number, number]) =>
    asked.findIndex((bytes) => [...bytes].some((at) => at >= start && at < end));
  return found.sort((a, b) => place(a) - place(b));
}

function digits(text: string): boolean {
  return [...text].every((char) => char >= '0' && char <= '9');
}

/** OWS is space and tab, nothing else. */
function stripped(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && ' \t'.includes(text[from]!)) from++;
  while (to > from && ' \t'.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
}

const position = fc.oneof(
  { weight: 6, arbitrary: fc.nat(45).map(String) },
  fc.constantFrom(
    '',
    '00',
    '007',
    '9007199254740992',
    '9007199254740993',
    '18446744073709551616',
    '9'.repeat(400),
  ),
);
const range = fc.tuple(position, position).map(([first, last]) => `${first}-${last}`);
const member = fc.oneof(
  { weight: 8, arbitrary: range },
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '-',
    '--',
    '1',
    'a-b',
    '+1-2',
    '1 - 2',
    '1-\xa0',
    '\xa01-2',
    '\x0b1-2',
    '0x1-2',
    '1e1-',
  ),
);
const spaced = fc
  .tuple(fc.constantFrom('', ' ', '\t'), member, fc.constantFrom('', ' ', ' \t'))
  .map((parts) => parts.join(''));
const field = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('bytes=') },
      fc.constantFrom('Bytes=', 'bytes', 'items=', ' bytes=', 'bytes ='),
    ),
    fc.array(spaced, { maxLength: 5 }),
    fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, fc.constant(50)),
  )
  .map(
    ([unit, members, times]) =>
      unit +
      Array.from({ length: times }, () => members)
        .flat()
        .join(','),
  );

fuzz('Range against a model', [field, fc.nat(40)], (value, size) => {
  const choice = chooseRanges(value, size);
  const ours = choice.kind === 'parts' ? choice.spans.map(({ start, end }) => [start, end]) : choice.kind;
  assert.deepEqual(ours, model(value, size));
  assert(choice.because !== undefined && choice.because.length > 0);
});
