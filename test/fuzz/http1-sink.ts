import assert from 'node:assert/strict';
import type { Head, Http1Sink, Role } from '../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import type { Http1Options } from '../../server-core/wire/limits.ts';
import type { SpanKind } from '../../server-core/wire/span.ts';

/** Writes down what the parser says, and holds the laws of every stream while it does. Lean: it runs very often. */
export class LawfulSink implements Http1Sink {
  /** Events but content, and content by itself: it comes in any pieces. */
  readonly said: (string | number)[] = [];
  readonly content: number[] = [];
  readonly heads: Head[] = [];
  readonly #stream: Uint8Array;
  #spanned = 0;
  #open = false;
  #faulted = false;

  constructor(stream: Uint8Array) {
    this.#stream = stream;
  }

  get spanned(): number {
    return this.#spanned;
  }

  span(kind: SpanKind, start: number, end: number): void {
    this.#speak();
    assert.equal(start, this.#spanned, 'spans tile the stream');
    assert(end > start, 'no span is empty');
    this.#spanned = end;
    this.said.push(kind, start, end);
  }

  begin(at: number): void {
    this.#speak();
    assert(!this.#open, 'a message begins behind the end of another');
    this.#open = true;
    this.said.push('begin', at);
  }

  head(head: Head): void {
    this.#speak();
    assert.equal(head.end, this.#spanned);
    this.heads.push(head);
    const names = Array.from(
      { length: head.fields.count },
      (_, i) => `${head.fields.name(i)}:${head.fields.value(i)}`,
    );
    this.said.push('head', head.start, head.end, head.framing.kind, String(head.keepAlive), ...names);
  }

  body(start: number, end: number): void {
    this.#speak();
    assert(end > start, 'no piece of content is empty');
    for (let i = start; i < end; i++) this.content.push(this.#stream[i]!);
  }

  trailers(fields: Head['fields']): void {
    this.#speak();
    assert(fields.count > 0);
    this.said.push(
      'trailers',
      ...Array.from({ length: fields.count }, (_, i) => `${fields.name(i)}:${fields.value(i)}`),
    );
  }

  end(at: number): void {
    this.#speak();
    assert.equal(at, this.#spanned, 'every byte of a message has its span');
    this.#open = false;
    this.said.push('end', at);
  }

  fault({ code, at }: { code: string; at: number }): void {
    this.#speak();
    assert.equal(at, this.#spanned, 'every byte before a fault has its span');
    this.#faulted = true;
    this.said.push('fault', code, at);
  }

  #speak(): void {
    assert(!this.#faulted, 'a fault is the last event');
  }
}

/** Pushes the pieces, each forgotten once it was pushed, then closes. */
export function parse(
  role: Role,
  stream: Uint8Array,
  pieces: readonly Uint8Array[],
  options: Partial<Http1Options> = {},
): LawfulSink {
  const sink = new LawfulSink(stream);
  const parser = new Http1Parser(role, sink, options);
  pushing: for (const piece of pieces) {
    for (let i = 0; i < piece.length; ) {
      const consumed = parser.push(piece, i);
      if (consumed === 0) break pushing;
      i += consumed;
    }
    assert.equal(
      parser.pending()?.start ?? parser.offset,
      sink.spanned,
      'what has no span yet is the pending token',
    );
    piece.fill(0x0d);
  }
  parser.finish();
  assert.equal(sink.spanned, parser.offset, 'what was consumed has its span');
  return sink;
}
