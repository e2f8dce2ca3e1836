/** Feeds a case to a parser, cut in any way, as a caller would who takes one message after the other. */
import assert from 'node:assert/strict';
import { Http1Parser } from '../../../server-core/wire/http1/parser.ts';
import type { StateName } from '../../../server-core/wire/http1/states.ts';
import type { MarkdownCase } from '../markdown-cases.ts';
import { Transcript } from './transcript.ts';

export interface Piece {
  readonly chunk: Uint8Array;
  readonly from: number;
  readonly to: number;
}

export interface Run {
  readonly transcript: Transcript;
  readonly parser: Http1Parser;
  /** The transcript and what it came to. */
  readonly lines: readonly string[];
  readonly state: StateName;
  /** Bytes of content that are handed on, but whose span is not complete. */
  readonly unfinishedContent: number;
}

type Subject = Pick<MarkdownCase, 'role' | 'options' | 'answers' | 'bytes'>;

export function drive(subject: Subject, pieces: Iterable<Piece>, close: boolean): Run {
  const transcript = new Transcript(subject.bytes);
  const parser = new Http1Parser(subject.role, transcript, subject.options);
  expectAnswer(subject, transcript, parser);
  for (const { chunk, from, to } of pieces) {
    let i = from;
    while (i < to) {
      const consumed = parser.push(chunk, i, to);
      if (consumed === 0) break;
      i += consumed;
      expectPendingToken(parser, transcript);
      expectAnswer(subject, transcript, parser);
    }
    if (i < to) break;
  }
  if (close) parser.finish();
  const { state } = parser;
  const pending = parser.pending();
  return {
    transcript,
    parser,
    lines: [...transcript.lines, `state ${state}`],
    state,
    unfinishedContent: pending?.kind === 'body' ? parser.offset - pending.start : 0,
  };
}

/** Tells the parser which request the next response answers. */
function expectAnswer(subject: Subject, transcript: Transcript, parser: Http1Parser): void {
  const method = subject.answers[transcript.answered];
  if (method !== undefined) parser.expect({ method });
}

/** The bytes consumed but not spanned yet are the pending token, and there is one only then. */
function expectPendingToken(parser: Http1Parser, transcript: Transcript): void {
  const start = parser.pending()?.start ?? parser.offset;
  assert.equal(start, transcript.spanned);
}

export function whole(bytes: Uint8Array): Piece[] {
  return [{ chunk: bytes, from: 0, to: bytes.length }];
}

/** Cut before each of these offsets, which ascend. */
export function cutAt(bytes: Uint8Array, offsets: readonly number[]): Piece[] {
  const bounds = [0, ...offsets, bytes.length];
  return bounds
    .slice(1)
    .map((to, i) => ({ chunk: bytes.slice(bounds[i]!, to), from: 0, to: to - bounds[i]! }));
}

/** Each piece amid bytes that would change the meaning if they were looked at, and not at the start of its buffer. */
export function poisoned(pieces: readonly Piece[], poison: number): Piece[] {
  const before = 7;
  const after = 9;
  return pieces.map(({ chunk, from, to }) => {
    const larger = new Uint8Array(3 + before + (to - from) + after).fill(poison);
    const view = larger.subarray(3);
    view.set(chunk.subarray(from, to), before);
    return { chunk: view, from: before, to: before + (to - from) };
  });
}
