import { equals, latin1 } from '../bytes.ts';

/** By length: the methods worth recognising without making a new text. Methods are case-sensitive. */
const KNOWN: readonly (readonly string[])[] = [
  [],
  [],
  [],
  ['GET', 'PUT'],
  ['HEAD', 'POST'],
  ['PATCH', 'TRACE'],
  ['DELETE'],
  ['OPTIONS', 'CONNECT'],
];

/** The method spelled by bytes [from, to), which are a token. */
export function methodName(bytes: Uint8Array, from: number, to: number): string {
  const known = KNOWN[to - from];
  if (known) {
    for (const name of known) {
      if (equals(bytes, from, to, name)) return name;
    }
  }
  return latin1(bytes, from, to);
}
