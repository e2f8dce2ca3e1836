/** A sink that writes down what the parser says, and checks the laws that hold for every stream while it does. */
import assert from 'node:assert/strict';
import { latin1Bytes } from '../../../server-core/wire/bytes.ts';
import type { Fault } from '../../../server-core/wire/faults.ts';
import type { Framing, Head, Http1Sink } from '../../../server-core/wire/http1/events.ts';
import type { Fields } from '../../../server-core/wire/http1/fields.ts';
import type { SpanKind } from '../../../server-core/wire/span.ts';
import { escapeBytes } from '../escapes.ts';

interface SpannedField {
  name: string;
  nameStart: number;
  value: string;
  lineEnd: number;
}

export class Transcript implements Http1Sink {
  /** One line an event, in order; content pieces are left out, as they may come in any cut. */
  readonly lines: string[] = [];
  /** Where the spans so far end: the next must start there. */
  spanned = 0;
  /** Content as it came in pieces, and as it was in the spans: at last the same. */
  readonly content: number[] = [];
  readonly contentSpanned: number[] = [];
  faults = 0;
  /** Final responses read to their end. */
  answered = 0;
  readonly stream: Uint8Array;
  #inMessage = false;
  #final = false;
  #field: SpannedField | undefined;
  #fields: SpannedField[] = [];

  constructor(stream: Uint8Array) {
    this.stream = stream;
  }

  span(kind: SpanKind, start: number, end: number): void {
    assert(start === this.spanned, `the ${kind} at ${start} starts where the span before it ended`);
    assert(end > start, `the ${kind} at ${start} is not empty`);
    assert(this.faults === 0, 'no span follows a fault');
    this.spanned = end;
    if (kind === 'body') {
      for (let i = start; i < end; i++) this.contentSpanned.push(i);
    }
    this.#noteField(kind, start, end);
    this.lines.push(`${kind} ${this.#text(start, end)}`);
  }

  begin(at: number): void {
    assert(!this.#inMessage, 'a message begins after the end of the one before');
    assert.equal(at, this.spanned);
    this.#inMessage = true;
    this.lines.push(`begin @${at}`);
  }

  head(head: Head): void {
    assert.equal(head.end, this.spanned);
    this.#final = head.role === 'response' && head.status >= 200;
    this.#checkFields(head.fields);
    const persists = head.keepAlive ? 'keep-alive' : 'close';
    this.lines.push(
      `head @${head.start}-${head.end} ${startLineText(head)}, ${framingText(head.framing)}, ${persists}`,
    );
  }

  body(start: number, end: number): void {
    assert(end > start, 'no piece of content is empty');
    for (let i = start; i < end; i++) this.content.push(i);
  }

  trailers(fields: Fields): void {
    this.#checkFields(fields);
    this.lines.push(`trailers ${fields.count}`);
  }

  end(at: number): void {
    assert.equal(at, this.spanned, 'every byte of the message has a span');
    this.#inMessage = false;
    if (this.#final) this.answered++;
    this.lines.push(`end @${at}`);
  }

  fault(fault: Fault): void {
    assert.equal(++this.faults, 1, 'there is one fault at most');
    assert.equal(fault.at, this.spanned, 'every byte before the fault has a span');
    this.lines.push(`fault ${fault.code} @${fault.at}`);
  }

  #text(start: number, end: number): string {
    return shown(this.stream.subarray(start, end));
  }

  #noteField(kind: SpanKind, start: number, end: number): void {
    if (kind === 'field-name' || kind === 'trailer-name') {
      this.#field = { name: this.#latin1(start, end), nameStart: start, value: '', lineEnd: 0 };
      this.#fields.push(this.#field);
    } else if (this.#field && (kind === 'field-value' || kind === 'trailer-value')) {
      this.#field.value = this.#latin1(start, end);
    } else if (this.#field && kind === 'crlf') {
      this.#field.lineEnd = end;
      this.#field = undefined;
    }
  }

  /** What `Fields` tells is what the spans showed. */
  #checkFields(fields: Fields): void {
    const spanned = this.#fields.splice(0);
    assert.equal(fields.count, spanned.length);
    spanned.forEach(({ name, nameStart, value, lineEnd }, i) => {
      const position = fields.position(i);
      assert.deepEqual([fields.name(i), fields.value(i)], [name, value]);
      assert.deepEqual([position.nameStart, position.lineEnd], [nameStart, lineEnd]);
      assert.equal(this.#latin1(position.nameStart, position.nameEnd), name);
      assert.equal(this.#latin1(position.valueStart, position.valueEnd), value);
    });
    for (const { name } of spanned) {
      const lower = name.toLowerCase();
      const values = spanned
        .filter((field) => field.name.toLowerCase() === lower)
        .map((field) => field.value);
      assert.equal(fields.has(lower), true);
      assert.equal(fields.get(lower), values[0]);
      assert.equal(fields.all(lower), values.join(', '));
    }
  }

  #latin1(start: number, end: number): string {
    return Buffer.from(this.stream.subarray(start, end)).toString('latin1');
  }
}

function startLineText(head: Head): string {
  if (head.role === 'request') return `${head.method} ${shown(latin1Bytes(head.target))} ${head.version}`;
  return `${head.version} ${head.status} ${shown(latin1Bytes(head.reason))}`;
}

/** The bytes between quotes (which are not escaped in them), or how many there are of a long run. */
function shown(bytes: Uint8Array): string {
  return bytes.length <= 80 ? `"${escapeBytes(bytes)}"` : `${bytes.length} bytes`;
}

function framingText(framing: Framing): string {
  return framing.kind === 'length' ? `length ${framing.length}` : framing.kind;
}
