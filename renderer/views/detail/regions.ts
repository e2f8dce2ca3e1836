/** What a byte belongs to: a whole field where there is one, else the one token. */
import type { SpanKind } from '../../../server-core/wire/span.ts';
import type { FieldView, MessageView } from '../../store/queries/detail.ts';

export interface Region {
  readonly start: number;
  readonly end: number;
  /** The kind of the byte itself. */
  readonly kind: SpanKind;
  /** Set when the region is a field line, from its name to the end of its value. */
  readonly field: FieldView | undefined;
}

export function regionAt(message: MessageView, offset: number): Region | undefined {
  if (offset < 0 || offset >= message.length) return undefined;
  const { kind, start, end } = spanAt(message, offset);
  const field = message.fields.find((each) => offset >= each.start && offset < each.valueEnd);
  return field
    ? { start: field.start, end: field.valueEnd, kind, field }
    : { start, end, kind, field: undefined };
}

export interface Leaf {
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
}

/** The leaf that holds a byte. Past what was derived a message is its body, or unread bytes after a fault. */
export function spanAt({ spans, length, fault }: MessageView, offset: number): Leaf {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  const found = spans[low];
  if (found && found.start <= offset) return found;
  const last = spans.at(-1);
  const kind = fault ? 'unread' : 'body';
  const start = last === undefined ? 0 : last.kind === kind ? last.start : last.end;
  return { kind, start: Math.min(start, offset), end: length };
}
