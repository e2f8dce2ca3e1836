/** What a file of captured packets holds, whichever of its two formats it has. */
export interface Packet {
  /** Microseconds since 1970, as exact as a number can be. */
  readonly micros: number;
  /** What was captured of it: a view that lasts for the call. */
  readonly bytes: Uint8Array;
  /** How long it was on the wire. */
  readonly wireLength: number;
  /** LINKTYPE_ of what the bytes begin with. */
  readonly linkType: number;
}

export type TakePacket = (packet: Packet) => void;

/** Reads a file piece by piece, however it is cut. */
export interface PacketReader {
  /** Borrows the bytes for the call. */
  push(bytes: Uint8Array): void;
  /** The file is read to its end. */
  end(): void;
  /** Why not all of it can be read: one sentence; undefined while it can. */
  readonly flaw: string | undefined;
}

/** No packet and no block of one is longer: tcpdump takes 256 KiB of a packet at the most, Wireshark the same. */
export const MOST_BLOCK_BYTES = 16 * 1024 * 1024;

/** Bytes that wait for the rest of what they belong to. */
export class Waiting {
  bytes: Uint8Array = new Uint8Array(0);
  /** Bytes of the file before these. */
  before = 0;

  add(more: Uint8Array): void {
    if (this.bytes.length === 0) {
      this.bytes = more;
      return;
    }
    const joined = new Uint8Array(this.bytes.length + more.length);
    joined.set(this.bytes);
    joined.set(more, this.bytes.length);
    this.bytes = joined;
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count);
    this.before += count;
  }

  /** The array that was given may change after the call. */
  settle(): void {
    // A slice of a Buffer would be no copy.
    this.bytes = new Uint8Array(this.bytes);
  }
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function cutShort(left: number): string {
  return `It is cut short: its last ${left} ${left === 1 ? 'byte is' : 'bytes are'} part of a packet`;
}

export function damagedAt(offset: number): string {
  return `It is damaged at byte ${offset}: what comes after cannot be read`;
}
