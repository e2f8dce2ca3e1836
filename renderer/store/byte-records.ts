/**
 * Every read and write, without its bytes: when, where in the stream, how many, and where in the log its payload
 * lies. The records of one connection form a chain in the order of time, so that a lane or a message is found
 * without looking at other connections.
 */
import { ChainPool } from './chains.ts';
import type { ConnectionPage } from './connections.ts';
import { grown } from './grown.ts';

/** Slots in a block: most connections make fewer reads and writes than this. */
const BLOCK = 8;

export class ByteRecords {
  time = new Float64Array(BLOCK);
  /** Offset of its first byte in the stream of its direction. */
  offset = new Float64Array(BLOCK);
  length = new Uint32Array(BLOCK);
  /** Log position of the record: what `pull` takes. */
  position = new Float64Array(BLOCK);
  /** 0 for a read, 1 for a write. */
  out = new Uint8Array(BLOCK);
  /** 1 where it goes on with the read or write of the record before it. */
  continued = new Uint8Array(BLOCK);
  readonly #pool = new ChainPool(BLOCK);

  append(
    page: ConnectionPage,
    row: number,
    time: number,
    out: 0 | 1,
    offset: number,
    length: number,
    position: number,
    continued: boolean,
  ): void {
    const slot = this.#pool.append(page.bytesHead, page.bytesTail, row);
    if (slot >= this.time.length) this.#grow();
    this.time[slot] = time;
    this.offset[slot] = offset;
    this.length[slot] = length;
    this.position[slot] = position;
    this.out[slot] = out;
    this.continued[slot] = continued ? 1 : 0;
  }

  /** Frees the blocks that lie wholly before a log position. */
  dropBefore(page: ConnectionPage, row: number, position: number): void {
    for (let block = page.bytesHead[row]!; block !== 0; block = page.bytesHead[row]!) {
      if (this.position[this.#pool.endSlot(block) - 1]! >= position) return;
      this.#pool.dropHead(page.bytesHead, page.bytesTail, row);
    }
  }

  dropAll(page: ConnectionPage, row: number): void {
    this.#pool.dropAll(page.bytesHead, page.bytesTail, row);
  }

  /** Calls back with the slot of each record in the span of time [from, to], in order. */
  eachDuring(
    page: ConnectionPage,
    row: number,
    from: number,
    to: number,
    visit: (slot: number) => void,
  ): void {
    for (let block = page.bytesHead[row]!; block !== 0; block = this.#pool.after(block)) {
      const end = this.#pool.endSlot(block);
      if (this.time[end - 1]! < from) continue;
      for (let slot = this.#pool.firstSlot(block); slot < end; slot++) {
        const time = this.time[slot]!;
        if (time > to) return;
        if (time >= from) visit(slot);
      }
    }
  }

  /**
   * Calls back with the slot of each record of one direction that has bytes in [from, to) of the stream, in
   * order. Records are held from the latest back to the last trim, so gaps can only be at the start.
   */
  eachWithin(
    page: ConnectionPage,
    row: number,
    out: 0 | 1,
    from: number,
    to: number,
    visit: (slot: number) => void,
  ): void {
    for (let block = page.bytesHead[row]!; block !== 0; block = this.#pool.after(block)) {
      const end = this.#pool.endSlot(block);
      for (let slot = this.#pool.firstSlot(block); slot < end; slot++) {
        if (this.out[slot] !== out) continue;
        const offset = this.offset[slot]!;
        if (offset >= to) return;
        if (offset + this.length[slot]! > from) visit(slot);
      }
    }
  }

  #grow(): void {
    const length = this.#pool.capacity;
    this.time = grown(this.time, length);
    this.offset = grown(this.offset, length);
    this.length = grown(this.length, length);
    this.position = grown(this.position, length);
    this.out = grown(this.out, length);
    this.continued = grown(this.continued, length);
  }
}
