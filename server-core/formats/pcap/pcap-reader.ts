/** The older format, `.pcap`: a header of 24 bytes, then packets with 16 bytes before each. draft-ietf-opsawg-pcap. */
import {
  cutShort,
  damagedAt,
  MOST_BLOCK_BYTES,
  type PacketReader,
  type TakePacket,
  view,
  Waiting,
} from './packets.ts';

const MICROS = 0xa1b2c3d4;
const NANOS = 0xa1b23c4d;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;

export function isPcap(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && formOf(bytes) !== undefined;
}

/** The magic number says the order of bytes and the unit of times. */
function formOf(bytes: Uint8Array): { readonly little: boolean; readonly perMicro: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === MICROS || magic === NANOS) return { little, perMicro: magic === NANOS ? 1000 : 1 };
  }
  return undefined;
}

export class PcapReader implements PacketReader {
  flaw: string | undefined;
  readonly #waiting = new Waiting();
  readonly #take: TakePacket;
  #little = true;
  #perMicro = 1;
  #linkType: number | undefined;

  constructor(take: TakePacket) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    if (this.flaw !== undefined) return;
    this.#waiting.add(bytes);
    if (this.#linkType !== undefined || this.#header()) this.#packets();
    this.#waiting.settle();
  }

  end(): void {
    if (this.#waiting.bytes.length > 0) this.flaw ??= cutShort(this.#waiting.bytes.length);
  }

  #header(): boolean {
    const { bytes } = this.#waiting;
    if (bytes.length < FILE_HEADER) return false;
    const form = formOf(bytes);
    if (!form) {
      this.flaw = damagedAt(0);
      return false;
    }
    this.#little = form.little;
    this.#perMicro = form.perMicro;
    // The upper bits say how long a frame check sequence is.
    this.#linkType = view(bytes).getUint32(20, this.#little) & 0xffff;
    this.#waiting.drop(FILE_HEADER);
    return true;
  }

  #packets(): void {
    const waiting = this.#waiting;
    while (waiting.bytes.length >= PACKET_HEADER) {
      const head = view(waiting.bytes);
      const length = head.getUint32(8, this.#little);
      if (length > MOST_BLOCK_BYTES) {
        this.flaw = damagedAt(waiting.before);
        waiting.drop(waiting.bytes.length);
        return;
      }
      if (waiting.bytes.length < PACKET_HEADER + length) return;
      const seconds = head.getUint32(0, this.#little);
      const fraction = head.getUint32(4, this.#little);
      this.#take({
        micros: seconds * 1e6 + fraction / this.#perMicro,
        bytes: waiting.bytes.subarray(PACKET_HEADER, PACKET_HEADER + length),
        wireLength: Math.max(length, head.getUint32(12, this.#little)),
        linkType: this.#linkType ?? 0,
      });
      waiting.drop(PACKET_HEADER + length);
    }
  }
}
