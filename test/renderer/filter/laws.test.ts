import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Compare, Expr, Test } from '../../../renderer/filter/ast.ts';
import { termCompletions, wantedAt } from '../../../renderer/filter/completion.ts';
import { withTerm } from '../../../renderer/filter/edits.ts';
import {
  FIELD_NAMES,
  type FieldName,
  type FieldType,
  fieldOf,
  IS_WORDS,
  NAMED_FIELDS,
} from '../../../renderer/filter/fields.ts';
import { inkRuns } from '../../../renderer/filter/inks.ts';
import { parseFilter } from '../../../renderer/filter/parser.ts';
import { printFilter } from '../../../renderer/filter/printer.ts';
import { tokenize } from '../../../renderer/filter/tokens.ts';
import { strip } from './strip.ts';

const PLACE = { start: 0, end: 0 };

/** Texts with what is special in the language in them. */
const piece = fc.constantFrom(
  ...'ab/ -!~()"\\*:=<>.|&',
  'or',
  'and',
  'not',
  'status',
  'path:',
  '4xx',
  'ä',
  '😀',
);
const someText = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const typedText = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const glob = fc.constantFrom('*', '*.png', 'a*b', '/x/*');
const quantity = fc.integer({ min: 0, max: 5_000_000 });

function textTest(equals: boolean): fc.Arbitrary<Test> {
  const how = equals
    ? fc.constantFrom('contains' as const, 'equals' as const)
    : fc.constant('contains' as const);
  return fc.oneof(
    fc.record({ kind: how, text: someText, glob: fc.constant(false) }),
    fc.record({ kind: how, text: glob, glob: fc.constant(true) }),
    fc.record({
      kind: fc.constant('matches' as const),
      source: fc.constantFrom('a', '^\\/a$', '[\\/]', 'a\\u0020b', '(a|b)+', '(?:)', 'x"y'),
      flags: fc.constantFrom('' as const, 'i' as const),
    }),
  );
}

const timeOfDay = fc.integer({ min: 0, max: 86_399_999_999 });
const moment = fc.integer({ min: Date.UTC(1971, 0) * 1000, max: Date.UTC(2200, 0) * 1000 });
/** A single time of day is a span of it, down to the microsecond. */
const clockTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    compare: fc.constantFrom<Compare>('<', '<=', '>', '>='),
    value: fc.oneof(timeOfDay, moment),
  }),
  fc
    .oneof(fc.tuple(timeOfDay, timeOfDay), fc.tuple(moment, moment))
    .map(([a, b]) => ({ kind: 'between' as const, from: Math.min(a, b), to: Math.max(a, b) })),
);
const bytesTest: fc.Arbitrary<Test> = fc
  .uint8Array({ minLength: 1, maxLength: 4 })
  .map((bytes) => ({ kind: 'bytes' as const, hex: Buffer.from(bytes).toString('hex') }));

function numberTest(): fc.Arbitrary<Test> {
  return fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      compare: fc.constantFrom<Compare>('=', '<', '<=', '>', '>='),
      value: quantity,
    }),
    fc
      .tuple(quantity, quantity)
      .map(([a, b]) => ({ kind: 'between' as const, from: Math.min(a, b), to: Math.max(a, b) })),
  );
}

const TESTS: Readonly<Partial<Record<FieldType, fc.Arbitrary<Test>>>> = {
  text: textTest(true),
  words: fc.constantFrom(...Object.keys(IS_WORDS)).map((word) => ({ kind: 'word' as const, word })),
  clock: clockTest,
  bytes: bytesTest,
};

const term: fc.Arbitrary<Expr> = fc.oneof(
  textTest(false).map((test) => ({ kind: 'term' as const, field: 'any' as const, test, ...PLACE })),
  fc.constantFrom<FieldName>(...FIELD_NAMES).chain((field) => {
    const { type } = fieldOf(field);
    const tests = TESTS[type] ?? numberTest();
    const named = NAMED_FIELDS.includes(field)
      ? fc.constantFrom(undefined, 'etag', 'x-a')
      : fc.constant(undefined);
    return fc.tuple(tests, named).map(([test, name]) => ({
      kind: 'term' as const,
      field,
      ...(name !== undefined && { name }),
      test,
      ...PLACE,
    }));
  }),
);

const filter = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    term,
    tie('expr').map((of) => ({ kind: 'not' as const, of, ...PLACE })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('expr'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, parts]) => ({
        kind,
        // The parser makes one level of a joint, and so does this.
        parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])),
        ...PLACE,
      })),
  ),
})).expr;

describe('a filter', () => {
  it('that is printed is read as what it was', () => {
    fc.assert(
      fc.property(filter, (expr) => {
        const text = printFilter(expr);
        const read = parseFilter(text);
        expect(read.error).toBeUndefined();
        expect(strip(read.expr)).toEqual(strip(expr));
      }),
      { numRuns: 2000 },
    );
  });

  it('of any text is read or refused at a place within it', () => {
    fc.assert(
      fc.property(typedText, (text) => {
        const { expr, error } = parseFilter(text);
        if (error === undefined) {
          expect(strip(parseFilter(printFilter(expr)).expr)).toEqual(strip(expr));
          return;
        }
        expect(error.start).toBeGreaterThanOrEqual(0);
        expect(error.end).toBeGreaterThan(error.start);
        expect(error.end).toBeLessThanOrEqual(text.length);
        expect(error.message).toMatch(/^\S.*[^.]$/s);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('pieces', () => {
  it('stand in order, and the inks put together are the text', () => {
    fc.assert(
      fc.property(typedText, (text) => {
        let reached = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(reached);
          expect(token.end).toBeGreaterThan(token.start);
          reached = token.end;
        }
        expect(
          inkRuns(text, parseFilter(text).error)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a completion', () => {
  it('replaces a piece that holds the caret', () => {
    fc.assert(
      fc.property(typedText, fc.nat(40), (text, at) => {
        const caret = Math.min(at, text.length);
        const wanted = wantedAt(text, caret);
        if (wanted === undefined) return;
        expect(wanted.start).toBeLessThanOrEqual(caret);
        expect(wanted.end).toBeGreaterThanOrEqual(caret);
        expect(text.slice(0, caret).endsWith(wanted.typed)).toBe(true);
        if (wanted.want === 'term') termCompletions(wanted.typed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a term added to a filter', () => {
  it('is there after it, once, with what was there before', () => {
    fc.assert(
      fc.property(filter, term, (before, added) => {
        const text = printFilter(before);
        const wanted = printFilter(added);
        const after = withTerm(text, wanted);
        expect(parseFilter(after).error).toBeUndefined();
        const { expr } = parseFilter(after);
        const parts = expr?.kind === 'and' ? expr.parts : [expr];
        expect(
          parts.map((part) => printFilter(part)).filter((part) => part === wanted).length,
        ).toBeGreaterThan(0);
        expect(withTerm(after, wanted)).toBe(after);
      }),
      { numRuns: 1000 },
    );
  });
});
