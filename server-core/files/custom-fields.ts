/** Fields that a setting adds to every file. */
import type { FieldPair } from '../http/response.ts';

/** What only the server can know: wrong values here would break the framing or the cache of a client. */
const OWN: ReadonlySet<string> = new Set([
  'accept-ranges',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NAME = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** RFC 9110 §5.5, one char per byte, without the surrounding space that a recipient would cut off. */
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** The same array when each may be sent. Throws a TypeError that names the first that may not. */
export function checkedFields(fields: readonly FieldPair[]): readonly FieldPair[] {
  for (const [name, value] of fields) {
    if (!NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} is not a name that a field can have`);
    if (OWN.has(name.toLowerCase())) throw new TypeError(`${name} is the server's own to set`);
    if (!VALUE.test(value))
      throw new TypeError(`${JSON.stringify(value)} is not a value that ${name} can have`);
  }
  return fields;
}

/** Ours, then the custom ones; a custom one takes the place of ours of that name. Lists such as Vary grow instead. */
export function withCustom(ours: readonly FieldPair[], custom: readonly FieldPair[]): readonly FieldPair[] {
  if (custom.length === 0) return ours;
  const replaced = new Set(custom.map(([name]) => name.toLowerCase()));
  replaced.delete('vary');
  return [...ours.filter(([name]) => !replaced.has(name.toLowerCase())), ...custom];
}
