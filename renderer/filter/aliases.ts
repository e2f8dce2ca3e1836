/** mitmproxy's filters, for hands that know them. Its expressions mind no case. */
import type { FieldName, IsWord } from './fields.ts';

/** What stands for it: a field that takes the next word, of one header field where that is named; or words that need none. */
export type Alias =
  | { readonly takes: FieldName; readonly name?: string }
  | { readonly is: IsWord; readonly negated?: true }
  /** One of these kinds of content. */
  | { readonly types: readonly string[] }
  | { readonly all: true };

export const ALIASES: Readonly<Record<string, Alias>> = {
  a: { types: ['css', 'js', 'img', 'font'] },
  all: { all: true },
  b: { takes: 'body' },
  bq: { takes: 'request-body' },
  bs: { takes: 'response-body' },
  c: { takes: 'status' },
  comment: { takes: 'note' },
  d: { takes: 'host' },
  dst: { takes: 'server' },
  e: { is: 'error' },
  h: { takes: 'header' },
  hq: { takes: 'request' },
  hs: { takes: 'response' },
  http: { is: 'ws', negated: true },
  m: { takes: 'method' },
  marked: { is: 'marked' },
  q: { is: 'answered', negated: true },
  s: { is: 'answered' },
  src: { takes: 'client' },
  t: { takes: 'mime' },
  tq: { takes: 'request', name: 'content-type' },
  ts: { takes: 'mime' },
  u: { takes: 'path' },
  websocket: { is: 'ws' },
};
