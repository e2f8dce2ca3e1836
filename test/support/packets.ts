/** Files of packets as other programs write them, byte by byte. */

import { tcpPacket } from '../../server-core/formats/pcap/tcp-packet.ts';
import { TCP_FLAG } from '../../server-core/formats/pcap/tcp-segment.ts';

export const CLIENT = { address: Uint8Array.of(10, 0, 0, 2), port: 40_000 };
export const SERVER = { address: Uint8Array.of(10, 0, 0, 1), port: 80 };
const V6 = (last: number) => Uint8Array.from([0xfe, 0x80, ...Array<number>(13).fill(0), last]);
export const CLIENT6 = { address: V6(2), port: 40_000 };
export const SERVER6 = { address: V6(1), port: 80 };

export const { ack: ACK, fin: FIN, psh: PSH, rst: RST, syn: SYN } = TCP_FLAG;

export interface PcapForm {
  readonly little?: boolean;
  readonly nanos?: boolean;
  readonly linkType?: number;
}

/** Packets a millisecond apart. */
export function pcap(
  frames: readonly Uint8Array[],
  { little = true, nanos = false, linkType = 101 }: PcapForm = {},
): Buffer {
  const file = new DataView(new ArrayBuffer(24));
  file.setUint32(0, nanos ? 0xa1b23c4d : 0xa1b2c3d4, little);
  file.setUint16(4, 2, little);
  file.setUint16(6, 4, little);
  file.setUint32(16, 262_144, little);
  file.setUint32(20, linkType, little);
  const packets = frames.map((frame, i) => {
    const head = new DataView(new ArrayBuffer(16));
    head.setUint32(0, 1_700_000_000, little);
    head.setUint32(4, (i + 1) * (nanos ? 1_000_000 : 1000), little);
    head.setUint32(8, frame.length, little);
    head.setUint32(12, frame.length, little);
    return Buffer.concat([new Uint8Array(head.buffer), frame]);
  });
  return Buffer.concat([new Uint8Array(file.buffer), ...packets]);
}

/** A connection that says these things in turn, from its SYN to its last FIN; `first` is the client's first number. */
export function handshaken(
  said: readonly { readonly in?: string; readonly out?: string }[],
  { v6 = false, first = 1000, close = true } = {},
): Uint8Array[] {
  const [client, server] = v6 ? [CLIENT6, SERVER6] : [CLIENT, SERVER];
  let seq = first;
  let ack = 9000;
  const none = new Uint8Array(0);
  const up = (flags: number, payload: Uint8Array = none) =>
    tcpPacket({ from: client, to: server, seq, ack: flags & ACK ? ack : 0, flags, payload });
  const down = (flags: number, payload: Uint8Array = none) =>
    tcpPacket({ from: server, to: client, seq: ack, ack: seq, flags, payload });
  const packets = [up(SYN)];
  seq = (seq + 1) >>> 0;
  packets.push(down(SYN | ACK));
  ack++;
  packets.push(up(ACK));
  for (const { in: asked, out } of said) {
    if (asked !== undefined) {
      packets.push(up(ACK | PSH, Buffer.from(asked)));
      seq = (seq + asked.length) >>> 0;
    }
    if (out !== undefined) {
      packets.push(down(ACK | PSH, Buffer.from(out)));
      ack += out.length;
    }
  }
  if (!close) return packets;
  packets.push(up(FIN | ACK));
  seq = (seq + 1) >>> 0;
  packets.push(down(FIN | ACK));
  ack++;
  return [...packets, up(ACK)];
}

export const ASKED = 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n';
export const ANSWERED = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi';
