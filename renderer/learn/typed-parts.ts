/** The text of the editor cut up for drawing: which signs stand for which bytes, and what kind of token those are. */
import type { Span, SpanKind } from '../../server-core/wire/span.ts';
import { escapeAt } from './escapes.ts';

export interface TypedPart {
  readonly text: string;
  readonly kind: SpanKind | undefined;
  /** What an escape is drawn as, of the same width; undefined where the text is shown as it is. */
  readonly sign: string | undefined;
}

const SIGNS: Readonly<Record<string, string>> = { '\\r': 'CR', '\\n': 'LF', '\\t': 'HT', '\\0': '00' };

/** @param spans of the bytes that the text stands for, tiling them from the first on */
export function typedParts(text: string, spans: readonly Span[]): TypedPart[] {
  const parts: { text: string; kind: SpanKind | undefined; sign: string | undefined }[] = [];
  let byte = 0;
  let k = 0;
  const kindAt = (offset: number) => {
    while (k < spans.length && spans[k]!.end <= offset) k++;
    return spans[k]?.kind;
  };
  const add = (piece: string, kind: SpanKind | undefined, sign: string | undefined) => {
    const last = parts.at(-1);
    if (last && sign === undefined && last.sign === undefined && last.kind === kind) last.text += piece;
    else parts.push({ text: piece, kind, sign });
  };
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i)!);
    if (char === '\n' || char === '\r') {
      add(char, undefined, undefined);
      i++;
      continue;
    }
    const found = char === '\\' ? escapeAt(text, i) : undefined;
    const piece = found ? text.slice(i, i + found.length) : char;
    add(piece, kindAt(byte), SIGNS[piece]);
    byte += found || char === '\\' ? 1 : new TextEncoder().encode(char).length;
    i += piece.length;
  }
  return parts;
}
