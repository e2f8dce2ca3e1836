/**
 * Every read and write, without its bytes: when, where in the stream, how many, and where in the log its payload
 * lies. The records of one connection form a chain in the order of time, so that a lane or a message is found
 * without looking at other connections. A block keeps where it begins, and its records how far they lie after
 * that; a record that lies too far begins a new block.
 */
import { ChainPool } from './chains.ts';
import type { ConnectionPage } from './connections.ts';
import { NumberPages } from './number-pages.ts';

/** One read or write. The object is the callee's for the call only: it is used again for the next one. */
export interface ByteRecord {
  time: number;
  /** Offset of its first byte in the stream of its direction. */
  offset: number;
  length: number;
  /** Log position of the record: what `pull` takes. */
  position: number;
  /** 0 for a read, 1 for a write. */
  out: 0 | 1;
  /** It goes on with the read or write of the record before it. */
  continued: boolean;
}

/** Slots in a block: most connections make fewer reads and writes than this. */
const BLOCK = 8;
/** A time after that of its block is a 32-bit float: to the microsecond within this span. */
const MOST_AFTER = 2 ** 23;
const MOST_BEHIND = 2 ** 32 - 1;

/** Bits of `what` below the length. */
const OUT = 1;
const CONTINUED = 2;
const LENGTH_SHIFT = 2;

export class ByteRecords {
  readonly #after = new NumberPages(Float32Array);
  readonly #behind = new NumberPages(Uint32Array);
  readonly #what = new NumberPages(Uint32Array);
  /** Time and position of a block's first record; offsets of its first read and write. */
  readonly #blockTime = new NumberPages(Float64Array);
  readonly #blockPosition = new NumberPages(Float64Array);
  readonly #blockIn = new NumberPages(Float64Array);
  readonly #blockOut = new NumberPages(Float64Array);
  readonly #pool = new ChainPool(BLOCK);
  readonly #record: ByteRecord = {
    time: 0,
    offset: 0,
    length: 0,
    position: 0,
    out: 0,
    continued: false,
  };

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
    let block = page.bytesTail[row]!;
    if (block === 0 || !this.#fits(block, time, out, offset, position)) {
      block = this.#pool.extend(page.bytesHead, page.bytesTail, row);
      this.#blockTime.reserve(block + 1);
      this.#blockPosition.reserve(block + 1);
      this.#blockIn.reserve(block + 1);
      this.#blockOut.reserve(block + 1);
      this.#blockTime.set(block, time);
      this.#blockPosition.set(block, position);
      this.#blockIn.set(block, Number.NaN);
      this.#blockOut.set(block, Number.NaN);
    }
    const first = out === 1 ? this.#blockOut : this.#blockIn;
    if (Number.isNaN(first.get(block))) first.set(block, offset);
    const slot = this.#pool.append(page.bytesHead, page.bytesTail, row);
    this.#after.reserve(this.#pool.capacity);
    this.#behind.reserve(this.#pool.capacity);
    this.#what.reserve(this.#pool.capacity);
    this.#after.set(slot, time - this.#blockTime.get(block));
    this.#behind.set(slot, position - this.#blockPosition.get(block));
    this.#what.set(slot, (length << LENGTH_SHIFT) | (continued ? CONTINUED : 0) | out);
  }

  /** Frees the blocks that lie wholly before a log position. */
  dropBefore(page: ConnectionPage, row: number, position: number): void {
    for (let block = page.bytesHead[row]!; block !== 0; block = page.bytesHead[row]!) {
      const last = this.#pool.endSlot(block) - 1;
      if (this.#blockPosition.get(block) + this.#behind.get(last) >= position) return;
      this.#pool.dropHead(page.bytesHead, page.bytesTail, row);
    }
  }

  dropAll(page: ConnectionPage, row: number): void {
    this.#pool.dropAll(page.bytesHead, page.bytesTail, row);
  }

  /** Calls back with each record in the span of time [from, to], in order. */
  eachDuring(
    page: ConnectionPage,
    row: number,
    from: number,
    to: number,
    visit: (record: ByteRecord) => void,
  ): void {
    for (let block = page.bytesHead[row]!; block !== 0; block = this.#pool.after(block)) {
      const start = this.#blockTime.get(block);
      if (start > to) return;
      if (start + this.#after.get(this.#pool.endSlot(block) - 1) < from) continue;
      this.#eachOf(block, (record) => {
        if (record.time >= from && record.time <= to) visit(record);
      });
    }
  }

  /**
   * Calls back with each record of one direction that has bytes in [from, to) of the stream, in order. Records are
   * held from the latest back to the last trim, so gaps can only be at the start.
   */
  eachWithin(
    page: ConnectionPage,
    row: number,
    out: 0 | 1,
    from: number,
    to: number,
    visit: (record: ByteRecord) => void,
  ): void {
    const starts = out === 1 ? this.#blockOut : this.#blockIn;
    for (let block = page.bytesHead[row]!; block !== 0; block = this.#pool.after(block)) {
      if (starts.get(block) >= to) return;
      this.#eachOf(block, (record) => {
        if (record.out === out && record.offset < to && record.offset + record.length > from) visit(record);
      });
    }
  }

  /** How far each direction of a connection had come by a moment: one past its last byte, 0 before any. */
  reachedBy(page: ConnectionPage, row: number, time: number): { readonly in: number; readonly out: number } {
    const reached = [0, 0];
    const before = [0, 0];
    let last = 0;
    for (let block = page.bytesHead[row]!; block !== 0; block = this.#pool.after(block)) {
      if (this.#blockTime.get(block) > time) break;
      if (last !== 0 && !Number.isNaN(this.#blockIn.get(last))) before[0] = last;
      if (last !== 0 && !Number.isNaN(this.#blockOut.get(last))) before[1] = last;
      last = block;
    }
    if (before[0] !== 0) reached[0] = this.#reached(before[0]!, 0, this.#blockIn.get(before[0]!));
    if (before[1] !== 0) reached[1] = this.#reached(before[1]!, 1, this.#blockOut.get(before[1]!));
    // Only of the last block can a part lie after that moment.
    if (last !== 0) {
      this.#eachOf(last, ({ out, offset, length, time: at }) => {
        if (at <= time) reached[out] = offset + length;
      });
    }
    return { in: reached[0]!, out: reached[1]! };
  }

  /** Whether a record can join the last block of its connection: near enough, and where its stream goes on. */
  #fits(block: number, time: number, out: 0 | 1, offset: number, position: number): boolean {
    if (time < this.#blockTime.get(block) || time - this.#blockTime.get(block) > MOST_AFTER) return false;
    const behind = position - this.#blockPosition.get(block);
    if (behind < 0 || behind > MOST_BEHIND || this.#pool.isFull(block)) return false;
    const first = (out === 1 ? this.#blockOut : this.#blockIn).get(block);
    return Number.isNaN(first) || this.#reached(block, out, first) === offset;
  }

  /** Where the next byte of a direction would be, after the block's records. */
  #reached(block: number, out: 0 | 1, first: number): number {
    let offset = first;
    const end = this.#pool.endSlot(block);
    for (let slot = this.#pool.firstSlot(block); slot < end; slot++) {
      const what = this.#what.get(slot);
      if ((what & OUT) === out) offset += what >>> LENGTH_SHIFT;
    }
    return offset;
  }

  #eachOf(block: number, visit: (record: ByteRecord) => void): void {
    const record = this.#record;
    const time = this.#blockTime.get(block);
    const position = this.#blockPosition.get(block);
    const next = [this.#blockIn.get(block), this.#blockOut.get(block)];
    const end = this.#pool.endSlot(block);
    for (let slot = this.#pool.firstSlot(block); slot < end; slot++) {
      const what = this.#what.get(slot);
      record.out = (what & OUT) === 0 ? 0 : 1;
      record.continued = (what & CONTINUED) !== 0;
      record.length = what >>> LENGTH_SHIFT;
      record.time = time + this.#after.get(slot);
      record.position = position + this.#behind.get(slot);
      record.offset = next[record.out]!;
      next[record.out]! += record.length;
      visit(record);
    }
  }
}
