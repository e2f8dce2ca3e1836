/** Addresses as bytes. RFC 4291 §2.2, RFC 5737. */

/** For tests and documents, so nobody's: a client and a server whose addresses are not to be told. */
const NOBODY = { client: [198, 51, 100], server: [192, 0, 2, 1] } as const;

export function placeholderServer(): Uint8Array {
  return Uint8Array.from(NOBODY.server);
}

/** One of 254 for each number. */
export function placeholderClient(number: number): Uint8Array {
  return Uint8Array.from([...NOBODY.client, (number % 254) + 1]);
}

/** Four bytes or sixteen; undefined for what is no address. An IPv4 address in IPv6 clothes is one of IPv4. */
export function addressBytes(text: string): Uint8Array | undefined {
  const plain = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^\[|\]$|%.*$/g, '');
  const quads = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain)?.slice(1).map(Number);
  if (quads) return quads.every((quad) => quad < 256) ? Uint8Array.from(quads) : undefined;
  if (!/^[0-9a-f:]+$/i.test(plain) || !plain.includes(':')) return undefined;
  const [before = '', after] = plain.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = 8 - head.length - tail.length;
  const isWhole = after === undefined ? zeros === 0 : zeros > 0;
  const all = [...head, ...Array<number>(Math.max(0, zeros)).fill(0), ...tail];
  if (!isWhole || all.some((group) => !(group <= 0xffff))) return undefined;
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

export function isAny(address: Uint8Array): boolean {
  return address.every((byte) => byte === 0);
}
