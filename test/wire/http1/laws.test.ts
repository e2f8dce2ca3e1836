import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1Bytes } from '../../../server-core/wire/bytes.ts';
import type { Head } from '../../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../../server-core/wire/http1/parser.ts';
import { STATES, type StateName } from '../../../server-core/wire/http1/states.ts';
import {
  CHUNK_END,
  chunkHead,
  encodeRequestHead,
  type FieldLine,
  lastChunk,
  responseHeadText,
} from '../../../server-core/wire/http1/writer.ts';
import { loadCases } from '../markdown-cases.ts';
import { cutAt, drive, whole } from './drive.ts';
import { Transcript } from './transcript.ts';

const SEED = 20_110_619;
const cases = loadCases(import.meta.dirname);

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Ascending offsets within `length` from fractions. */
function cuts(fractions: readonly number[], length: number): number[] {
  return [...new Set(fractions.map((fraction) => Math.floor(fraction * length)))].sort((a, b) => a - b);
}
const fractions = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 12 });

// ---- messages to write -----------------------------------------------------------------------------------

const tchar = fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ");
const fieldChar = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
const fieldName = fc.string({ unit: tchar, minLength: 1, maxLength: 20 }).map((name) => `x${name}`);
const fieldValue = fc
  .string({ unit: fieldChar.map((code) => String.fromCharCode(code)), maxLength: 40 })
  .map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ''));
const fields = fc.array(fc.tuple(fieldName, fieldValue), { maxLength: 8 });
const target = fc
  .array(
    fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x23),
    { maxLength: 40 },
  )
  .map((codes) => `/${String.fromCharCode(...codes)}`);
const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 4 });

interface Message {
  readonly start: readonly string[];
  readonly fields: readonly FieldLine[];
  readonly content: Uint8Array;
  readonly trailers: readonly FieldLine[];
  readonly wire: Uint8Array;
}

/** How the content is framed, and the field that says so. */
function framed(chunked: boolean, content: readonly Uint8Array[], trailers: readonly FieldLine[]) {
  if (!chunked) {
    const body = join(content);
    const line: FieldLine = ['Content-Length', String(body.length)];
    return { line, body, trailers: [] as readonly FieldLine[] };
  }
  const body = join([
    ...content.flatMap((piece) => [chunkHead(piece.length), piece, CHUNK_END]),
    lastChunk(trailers),
  ]);
  const line: FieldLine = ['Transfer-Encoding', 'chunked'];
  return { line, body, trailers };
}

const request: fc.Arbitrary<Message> = fc
  .tuple(
    fc.string({ unit: tchar, minLength: 1, maxLength: 32 }),
    target,
    fields,
    fc.boolean(),
    pieces,
    fields,
  )
  .filter(([method]) => method !== 'CONNECT' && method !== 'PRI')
  .map(([method, path, own, chunked, content, rest]) => {
    const { line, body, trailers } = framed(chunked, content, rest);
    const all: FieldLine[] = [['Host', 'localhost:8080'], ...own, line];
    return {
      start: [method, path],
      fields: all,
      content: join(content),
      trailers,
      wire: join([encodeRequestHead(method, path, all), body]),
    };
  });

const response: fc.Arbitrary<Message> = fc
  .tuple(fc.integer({ min: 200, max: 999 }), fieldValue, fields, fc.boolean(), pieces, fields)
  .filter(([status]) => status !== 204 && status !== 304)
  .map(([status, reason, own, chunked, content, rest]) => {
    const { line, body, trailers } = framed(chunked, content, rest);
    const all: FieldLine[] = [...own, line];
    return {
      start: [String(status), reason],
      fields: all,
      content: join(content),
      trailers,
      wire: join([latin1Bytes(responseHeadText(status, all, reason)), body]),
    };
  });

/** What was read of each message, put together as a reader would. */
class Reader extends Transcript {
  readonly messages: { start: string[]; fields: FieldLine[]; content: number[]; trailers: FieldLine[] }[] =
    [];

  override head(head: Head): void {
    super.head(head);
    const start = head.role === 'request' ? [head.method, head.target] : [String(head.status), head.reason];
    this.messages.push({ start, fields: linesOf(head.fields), content: [], trailers: [] });
  }

  override trailers(list: Head['fields']): void {
    super.trailers(list);
    this.messages.at(-1)?.trailers.push(...linesOf(list));
  }

  override body(start: number, end: number): void {
    super.body(start, end);
    this.messages.at(-1)?.content.push(...this.stream.subarray(start, end));
  }
}

function linesOf(list: Head['fields']): FieldLine[] {
  return Array.from({ length: list.count }, (_, i) => [list.name(i), list.value(i)] as const);
}

describe.each([
  ['request', request],
  ['response', response],
] as const)('what was written as a %s', (role, message) => {
  it('is read as it was meant, however it is cut', () => {
    const property = fc.property(
      fc.array(message, { minLength: 1, maxLength: 3 }),
      fractions,
      (messages, at) => {
        const wire = join(messages.map((one) => one.wire));
        const reader = new Reader(wire);
        const parser = new Http1Parser(role, reader);
        for (const { chunk } of cutAt(wire, cuts(at, wire.length))) {
          let i = 0;
          while (i < chunk.length) {
            const consumed = parser.push(chunk, i);
            expect(consumed).toBeGreaterThan(0);
            i += consumed;
          }
          // The chunk was only lent: what is kept of it must be a copy.
          chunk.fill(0x58);
        }
        expect(parser.state).toBe('idle');
        expect(reader.messages).toEqual(
          messages.map(({ start, fields: lines, content, trailers }) => ({
            start,
            fields: lines,
            content: [...content],
            trailers,
          })),
        );
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 150 });
  });
});

describe('any stream', () => {
  const damage = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.integer({ min: 0, max: 3 }),
      insert: fc.array(
        fc.oneof(fc.constantFrom(0x0d, 0x0a, 0x20, 0x09, 0x3a, 0x30, 0x00), fc.integer({ min: 0, max: 255 })),
        {
          maxLength: 3,
        },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  );

  it('says the same however it is cut, also when damaged', () => {
    const property = fc.property(fc.constantFrom(...cases), damage, fractions, (fixture, damages, at) => {
      const bytes = [...fixture.bytes];
      for (const { at: where, remove, insert } of damages) {
        bytes.splice(Math.floor(where * bytes.length), remove, ...insert);
      }
      const subject = { ...fixture, bytes: Uint8Array.from(bytes) };
      const entire = drive(subject, whole(subject.bytes), true);
      const cut = drive(subject, cutAt(subject.bytes, cuts(at, bytes.length)), true);
      expect(cut.lines).toEqual(entire.lines);
      expect(cut.transcript.content).toEqual(entire.transcript.content);
      expect(entire.transcript.spanned).toBe(entire.parser.offset);
    });
    fc.assert(property, { seed: SEED, numRuns: 400 });
  });

  it('never makes the parser throw', () => {
    const role = fc.constantFrom('request' as const, 'response' as const);
    const property = fc.property(role, fc.uint8Array({ maxLength: 200 }), (which, bytes) => {
      const run = drive({ role: which, options: {}, answers: [], bytes }, whole(bytes), true);
      expect(run.transcript.spanned).toBe(run.parser.offset);
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});

describe('the state table', () => {
  it('has a fixture that reaches each state', () => {
    const reached = new Set<StateName>();
    for (const fixture of cases) {
      const transcript = new Transcript(fixture.bytes);
      const parser = new Http1Parser(fixture.role, transcript, fixture.options);
      if (fixture.answers[0]) parser.expect({ method: fixture.answers[0] });
      for (let i = 0; i < Math.min(fixture.bytes.length, 1000); i++) {
        reached.add(parser.state);
        parser.push(fixture.bytes, i, i + 1);
      }
      if (fixture.close) parser.finish();
      reached.add(parser.state);
    }
    expect([...reached].sort()).toEqual(Object.keys(STATES).sort());
  });
});
