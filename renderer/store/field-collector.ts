/**
 * Field lines put together from leaf spans as they come, so that a head that is half read or broken shows the
 * lines it has. Offsets are those of the spans.
 */
import type { SpanKind } from '../../server-core/wire/span.ts';
import type { FieldView } from './queries/detail.ts';

interface OpenLine {
  readonly start: number;
  readonly nameEnd: number;
  readonly trailer: boolean;
  valueStart: number;
  valueEnd: number;
}

export class FieldCollector {
  fields: FieldView[] = [];
  startLine: string[] = [];
  #line: OpenLine | undefined;

  /** @param text decodes bytes of the message by offset, one char per byte */
  readonly #text: (start: number, end: number) => string;

  constructor(text: (start: number, end: number) => string) {
    this.#text = text;
  }

  /** A message begins: after an interim response, what was collected belongs to another head. */
  begin(): void {
    this.fields = [];
    this.startLine = [];
    this.#line = undefined;
  }

  span(kind: SpanKind, start: number, end: number): void {
    switch (kind) {
      case 'method':
      case 'target':
      case 'version':
      case 'status':
      case 'reason':
        this.startLine.push(this.#text(start, end));
        return;
      case 'field-name':
      case 'trailer-name':
        this.#line = {
          start,
          nameEnd: end,
          valueStart: end,
          valueEnd: end,
          trailer: kind === 'trailer-name',
        };
        return;
      case 'colon':
      case 'ows':
        // Until there is a value, it is an empty one that stands where this ends.
        if (this.#line !== undefined && this.#line.valueStart === this.#line.valueEnd) {
          this.#line.valueStart = end;
          this.#line.valueEnd = end;
        }
        return;
      case 'field-value':
      case 'trailer-value':
        if (this.#line === undefined) return;
        this.#line.valueStart = start;
        this.#line.valueEnd = end;
        return;
      case 'crlf':
        this.#endLine(end);
        return;
    }
  }

  #endLine(end: number): void {
    const line = this.#line;
    if (line === undefined) return;
    this.#line = undefined;
    const { start, nameEnd, valueStart, valueEnd, trailer } = line;
    const name = this.#text(start, nameEnd);
    const value = this.#text(valueStart, valueEnd);
    this.fields.push({ name, value, start, nameEnd, valueStart, valueEnd, end, trailer });
  }
}
