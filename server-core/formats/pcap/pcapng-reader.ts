/** The newer format, `.pcapng`: sections of blocks, each with its length at both ends. draft-ietf-opsawg-pcapng. */
import {
  cutShort,
  damagedAt,
  MOST_BLOCK_BYTES,
  type PacketReader,
  type TakePacket,
  view,
  Waiting,
} from './packets.ts';

export const BLOCK = { section: 0x0a0d0d0a, link: 1, oldPacket: 2, simple: 3, packet: 6 } as const;
export const BYTE_ORDER = 0x1a2b3c4d;
const OPTION = { end: 0, resolution: 9, offset: 14 } as const;
/** Type, length, and the length again. */
const LEAST_BLOCK = 12;

interface Link {
  readonly type: number;
  readonly most: number;
  /** Ticks of its clock in a microsecond. */
  readonly perMicro: number;
  readonly offsetMicros: number;
}

export function isPcapng(bytes: Uint8Array): boolean {
  // The same from both ends, so that the order of bytes need not be known yet.
  return bytes.length >= 4 && view(bytes).getUint32(0) === BLOCK.section;
}

export class PcapngReader implements PacketReader {
  flaw: string | undefined;
  readonly #waiting = new Waiting();
  readonly #take: TakePacket;
  #little = true;
  #links: Link[] = [];

  constructor(take: TakePacket) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    if (this.flaw !== undefined) return;
    const waiting = this.#waiting;
    waiting.add(bytes);
    while (waiting.bytes.length >= LEAST_BLOCK) {
      const block = view(waiting.bytes);
      const isSection = block.getUint32(0) === BLOCK.section;
      // Each section may have another order of bytes than the one before.
      if (isSection) this.#little = block.getUint32(8, true) === BYTE_ORDER;
      const isOrdered = !isSection || block.getUint32(8, this.#little) === BYTE_ORDER;
      const length = block.getUint32(4, this.#little);
      if (!isOrdered || length < LEAST_BLOCK || length > MOST_BLOCK_BYTES || length % 4 !== 0) {
        return this.#damaged();
      }
      if (waiting.bytes.length < length) break;
      if (block.getUint32(length - 4, this.#little) !== length) return this.#damaged();
      const body = waiting.bytes.subarray(8, length - 4);
      if (!this.#block(block.getUint32(0, this.#little), body)) return this.#damaged();
      waiting.drop(length);
    }
    waiting.settle();
  }

  end(): void {
    if (this.#waiting.bytes.length > 0) this.flaw ??= cutShort(this.#waiting.bytes.length);
  }

  #damaged(): void {
    this.flaw = damagedAt(this.#waiting.before);
    this.#waiting.drop(this.#waiting.bytes.length);
  }

  /** False when it is not what its type says. Types that are not known are passed over. */
  #block(type: number, body: Uint8Array): boolean {
    switch (type) {
      case BLOCK.section:
        this.#links = [];
        return true;
      case BLOCK.link:
        return this.#link(body);
      case BLOCK.packet:
        return body.length >= 20 && this.#packet(body, view(body).getUint32(0, this.#little));
      case BLOCK.oldPacket:
        return body.length >= 20 && this.#packet(body, view(body).getUint16(0, this.#little));
      case BLOCK.simple:
        return this.#simple(body);
      default:
        return true;
    }
  }

  #packet(body: Uint8Array, number: number): boolean {
    const at = view(body);
    const link = this.#links[number];
    const captured = at.getUint32(12, this.#little);
    if (!link || captured > body.length - 20) return false;
    const ticks = at.getUint32(4, this.#little) * 2 ** 32 + at.getUint32(8, this.#little);
    this.#take({
      micros: ticks / link.perMicro + link.offsetMicros,
      bytes: body.subarray(20, 20 + captured),
      wireLength: Math.max(captured, at.getUint32(16, this.#little)),
      linkType: link.type,
    });
    return true;
  }

  /** A packet without a time: it is of the first link, and as long as there was room for. */
  #simple(body: Uint8Array): boolean {
    const link = this.#links[0];
    if (!link || body.length < 4) return false;
    const wireLength = view(body).getUint32(0, this.#little);
    const most = link.most === 0 ? wireLength : Math.min(wireLength, link.most);
    if (most > body.length - 4) return false;
    this.#take({ micros: 0, bytes: body.subarray(4, 4 + most), wireLength, linkType: link.type });
    return true;
  }

  #link(body: Uint8Array): boolean {
    if (body.length < 8) return false;
    const at = view(body);
    let perMicro = 1;
    let offsetMicros = 0;
    for (let i = 8; i + 4 <= body.length; ) {
      const code = at.getUint16(i, this.#little);
      const length = at.getUint16(i + 2, this.#little);
      if (code === OPTION.end) break;
      if (i + 4 + length > body.length) return false;
      if (code === OPTION.resolution && length === 1) perMicro = ticksPerMicro(body[i + 4]!);
      if (code === OPTION.offset && length === 8) {
        offsetMicros = Number(at.getBigInt64(i + 4, this.#little)) * 1e6;
      }
      i += 4 + Math.ceil(length / 4) * 4;
    }
    const type = at.getUint16(0, this.#little);
    this.#links.push({ type, most: at.getUint32(4, this.#little), perMicro, offsetMicros });
    return true;
  }
}

/** The highest bit says whether the rest is a power of two or of ten. */
function ticksPerMicro(resolution: number): number {
  const power = resolution & 0x7f;
  return (resolution & 0x80 ? 2 ** power : 10 ** power) / 1e6;
}
