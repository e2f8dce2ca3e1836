/** Hosts and authorities as bytes: RFC 3986 §3.2.2, as far as http allows it (RFC 9110 §4.2). */
import { CLASS, COLON, DIGIT, DOT, HEX_VALUE, latin1, NOT_HEX } from '../bytes.ts';

/**
 *     reg-name   = *( unreserved / pct-encoded / sub-delims )
 *     unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
 *     sub-delims = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
 *
 * 1 for those bytes; pct-encoded is looked at where "%" turns up.
 */
const REG_NAME: Readonly<Uint8Array> = (() => {
  const table = new Uint8Array(256);
  const chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=";
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
})();

const PERCENT = 0x25;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Whether bytes [from, to) are `uri-host [ ":" port ]` with a host that is not empty. Userinfo is refused:
 * RFC 9110 §4.2.4.
 *
 * An empty Host is grammatical, but the URI it makes is not an http URI (RFC 9110 §4.2.1), so it names nothing
 * that could be served.
 */
export function isAuthority(bytes: Uint8Array, from: number, to: number): boolean {
  const end = hostEnd(bytes, from, to);
  return end > from && isPort(bytes, end, to);
}

/** Where the host that starts at `from` ends; `from` when there is none. */
export function hostEnd(bytes: Uint8Array, from: number, to: number): number {
  if (from < to && bytes[from] === OPEN_BRACKET) return ipLiteralEnd(bytes, from, to);
  let i = from;
  for (; i < to; i++) {
    const byte = bytes[i]!;
    if (REG_NAME[byte] === 1) continue;
    if (byte !== PERCENT || i + 2 >= to || !isHex(bytes[i + 1]!) || !isHex(bytes[i + 2]!)) break;
    i += 2;
  }
  return i;
}

/** Nothing, or ":" and any number of digits: RFC 3986 §3.2.3. */
function isPort(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true;
  if (bytes[from] !== COLON) return false;
  for (let i = from + 1; i < to; i++) if ((CLASS[bytes[i]!]! & DIGIT) === 0) return false;
  return true;
}

/** IP-literal = "[" IPv6address "]"; the IPvFuture of the grammar names no address that exists. */
function ipLiteralEnd(bytes: Uint8Array, from: number, to: number): number {
  let i = from + 1;
  while (i < to && (isHex(bytes[i]!) || bytes[i] === COLON || bytes[i] === DOT)) i++;
  if (bytes[i] !== CLOSE_BRACKET || i >= to) return from;
  return isIpv6(latin1(bytes, from + 1, i)) ? i + 1 : from;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** IPv6address: eight groups of one to four digits, one run of `::` for those left out, IPv4 for the last two. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  let width = groups.length;
  const last = groups.at(-1);
  if (last?.includes('.')) {
    if (text.endsWith('::') || !IPV4.test(last)) return false;
    groups.pop();
    width++;
  }
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? width < 8 : width === 8;
}

function isHex(byte: number): boolean {
  return HEX_VALUE[byte] !== NOT_HEX;
}
