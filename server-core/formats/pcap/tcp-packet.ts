/** An IP packet with a TCP segment, as it could have been on the wire. RFC 791, RFC 8200, RFC 9293; checksums by RFC 1071. */

export interface Endpoint {
  /** Four or sixteen bytes; both ends have the same kind. */
  readonly address: Uint8Array;
  readonly port: number;
}

export interface Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly seq: number;
  readonly ack: number;
  /** Sum of TCP_FLAG. */
  readonly flags: number;
  readonly payload: Uint8Array;
}

const TCP = 6;
const TCP_HEADER = 20;
const HOPS = 64;
const WINDOW = 65_535;

export function tcpPacket({ from, to, seq, ack, flags, payload }: Segment): Uint8Array {
  const isV6 = from.address.length === 16;
  const ipHeader = isV6 ? 40 : 20;
  const packet = new Uint8Array(ipHeader + TCP_HEADER + payload.length);
  const view = new DataView(packet.buffer);
  const tcpLength = TCP_HEADER + payload.length;
  if (isV6) writeIpv6(view, tcpLength);
  else writeIpv4(view, packet.length);
  const addressAt = isV6 ? 8 : 12;
  packet.set(from.address, addressAt);
  packet.set(to.address, addressAt + from.address.length);
  if (!isV6) view.setUint16(10, checksum(packet.subarray(0, 20), 0));

  view.setUint16(ipHeader, from.port);
  view.setUint16(ipHeader + 2, to.port);
  view.setUint32(ipHeader + 4, seq >>> 0);
  view.setUint32(ipHeader + 8, ack >>> 0);
  view.setUint16(ipHeader + 12, ((TCP_HEADER / 4) << 12) | flags);
  view.setUint16(ipHeader + 14, WINDOW);
  packet.set(payload, ipHeader + TCP_HEADER);
  // RFC 9293 §3.1: the pseudo header is the addresses, the protocol and the length.
  const pseudo = sum(packet.subarray(addressAt, ipHeader), TCP + tcpLength);
  view.setUint16(ipHeader + 16, checksum(packet.subarray(ipHeader), pseudo));
  return packet;
}

function writeIpv4(view: DataView, length: number): void {
  view.setUint8(0, 0x45);
  view.setUint16(2, length);
  // Do not fragment.
  view.setUint16(6, 0x4000);
  view.setUint8(8, HOPS);
  view.setUint8(9, TCP);
}

function writeIpv6(view: DataView, length: number): void {
  view.setUint8(0, 0x60);
  view.setUint16(4, length);
  view.setUint8(6, TCP);
  view.setUint8(7, HOPS);
}

function checksum(bytes: Uint8Array, start: number): number {
  let total = sum(bytes, start);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}

/** Of 16-bit words, not folded: a packet has too few to pass 2^53. */
function sum(bytes: Uint8Array, start: number): number {
  let total = start;
  for (let i = 0; i + 1 < bytes.length; i += 2) total += (bytes[i]! << 8) | bytes[i + 1]!;
  return bytes.length % 2 === 1 ? total + (bytes.at(-1)! << 8) : total;
}
