/** The TCP segment in an IP packet. RFC 791, RFC 8200, RFC 9293. Checksums are not checked: cards write them later. */
import { MOST_BLOCK_BYTES } from './packets.ts';

export const TCP_FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

export interface TcpSegment {
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  readonly targetPort: number;
  readonly seq: number;
  readonly ack: number;
  /** Sum of TCP_FLAG. */
  readonly flags: number;
  /** What was captured of the payload. */
  readonly payload: Uint8Array;
  /** How long it was on the wire. */
  readonly length: number;
}

const PROTOCOL_TCP = 6;
/** Extension headers that a TCP header may stand behind: hop-by-hop, routing, destination options. RFC 8200 §4. */
const PASSED = [0, 43, 60];
const FRAGMENT = 44;

interface Carried {
  readonly source: string;
  readonly target: string;
  /** Index of the TCP header, and of the first byte behind the packet. */
  readonly at: number;
  readonly end: number;
}

/** Undefined for what is not TCP; `fragment` for a part of a packet, `broken` for what is not as its lengths say. */
export function tcpSegment(
  frame: Uint8Array,
  ipAt: number,
  wireLength: number,
): TcpSegment | undefined | 'fragment' | 'broken' {
  const version = (frame[ipAt] ?? 0) >> 4;
  const carried =
    version === 4
      ? inIpv4(frame, ipAt, wireLength)
      : version === 6
        ? inIpv6(frame, ipAt, wireLength)
        : undefined;
  if (typeof carried !== 'object') return carried;
  const { source, target, at, end } = carried;
  if (at + 20 > frame.length) return 'broken';
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const dataAt = at + (frame[at + 12]! >> 4) * 4;
  // Lengths that IP leaves open are said by the file, which may say anything.
  if (dataAt < at + 20 || dataAt > end || end - dataAt > MOST_BLOCK_BYTES) return 'broken';
  return {
    ...{ source, target },
    sourcePort: view.getUint16(at),
    targetPort: view.getUint16(at + 2),
    seq: view.getUint32(at + 4),
    ack: view.getUint32(at + 8),
    flags: frame[at + 13]! & 31,
    payload: frame.subarray(Math.min(dataAt, frame.length), Math.min(end, frame.length)),
    length: end - dataAt,
  };
}

function inIpv4(
  frame: Uint8Array,
  ipAt: number,
  wireLength: number,
): Carried | undefined | 'fragment' | 'broken' {
  if (ipAt + 20 > frame.length) return 'broken';
  const headerLength = (frame[ipAt]! & 15) * 4;
  // A card that cuts large segments itself leaves the total length at 0.
  const total = u16(frame, ipAt + 2) || wireLength - ipAt;
  if (headerLength < 20 || total < headerLength) return 'broken';
  if (frame[ipAt + 9] !== PROTOCOL_TCP) return undefined;
  // RFC 791 §3.1: more fragments, or not the first.
  if ((u16(frame, ipAt + 6) & 0x3fff) !== 0) return 'fragment';
  return {
    source: ipv4Text(frame, ipAt + 12),
    target: ipv4Text(frame, ipAt + 16),
    at: ipAt + headerLength,
    end: ipAt + total,
  };
}

function inIpv6(
  frame: Uint8Array,
  ipAt: number,
  wireLength: number,
): Carried | undefined | 'fragment' | 'broken' {
  if (ipAt + 40 > frame.length) return 'broken';
  // RFC 2675: a jumbogram has 0 there.
  const length = u16(frame, ipAt + 4) || wireLength - ipAt - 40;
  let next = frame[ipAt + 6]!;
  let at = ipAt + 40;
  while (PASSED.includes(next)) {
    if (at + 8 > frame.length) return 'broken';
    next = frame[at]!;
    at += (frame[at + 1]! + 1) * 8;
  }
  if (next === FRAGMENT) return 'fragment';
  if (next !== PROTOCOL_TCP) return undefined;
  const end = ipAt + 40 + length;
  return { source: ipv6Text(frame, ipAt + 8), target: ipv6Text(frame, ipAt + 24), at, end };
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of zeros left out. */
function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => u16(bytes, at + 2 * i));
  let best = { from: 0, count: 1 };
  for (let from = 0; from < 8; from++) {
    let count = 0;
    while (from + count < 8 && groups[from + count] === 0) count++;
    if (count > best.count) best = { from, count };
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (best.count === 1) return text(groups);
  return `${text(groups.slice(0, best.from))}::${text(groups.slice(best.from + best.count))}`;
}
