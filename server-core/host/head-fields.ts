import type { Fields } from '../wire/http1/fields.ts';
import { Http1Parser } from '../wire/http1/parser.ts';

/** Reads a request head again out of captured pieces, by the parser that read it first. */
export function headFields(
  pieces: readonly { readonly offset: number; readonly bytes: Uint8Array }[],
  start: number,
  end: number,
): Fields | undefined {
  let found: Fields | undefined;
  const parser = new Http1Parser('request', {
    span() {},
    begin() {},
    head: (head) => {
      found = head.fields;
    },
    body() {},
    trailers() {},
    end() {},
    fault() {},
  });
  for (const { offset, bytes } of pieces) {
    const from = Math.max(0, start - offset);
    const to = Math.min(bytes.length, end - offset);
    if (from < to) parser.push(bytes, from, to);
  }
  return found;
}
