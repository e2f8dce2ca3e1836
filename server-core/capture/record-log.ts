/**
 * The log as bytes: records are appended to the last of a row of segments, and when the row outgrows its budget
 * the first segment is folded into the facts, emptied and put at the end again. So in the steady state nothing is
 * allocated, and an append costs the same whatever is read or trimmed. With a store, what no longer fits in memory
 * is kept on disk (spill.ts) up to a budget of its own, and trimmed from there.
 *
 *     position 0 …… start ──────────────────────────────────────────────────── end
 *              gone │ on disk │ … │ segment │ segment │ … │ segment (filling) │
 *
 * Pure: it has no clock of its own, and only the store does I/O. It never throws at a writer, and no writer waits.
 */
import { Cursor, type CursorOptions } from './cursor.ts';
import { digestOf } from './digest.ts';
import { KIND } from './events.ts';
import { Facts, type Trimmed } from './facts.ts';
import { ANCHOR_BYTES, FLAG, HEADER_BYTES, TOMBSTONE_BYTES, writeAnchor, writeHeader } from './layout.ts';
import { ownPayloadAt } from './payload.ts';
import { type Records, Segment } from './segment.ts';
import type { SegmentStore } from './segment-store.ts';
import { Spill } from './spill.ts';

export interface LogOptions {
  /** Microseconds since the log's epoch, monotonic. Read once for each record. */
  now(): number;
  /** See `memoryBudgetBytes`. Default 256 MiB, some 400 000 small exchanges. */
  readonly memoryBudgetBytes?: number;
  /** Default 1 MiB: a trim takes out under a half percent of the default budget. At least 64 KiB. */
  readonly segmentBytes?: number;
  /** Where segments go that no longer fit in memory. Without one they are trimmed. */
  readonly store?: SegmentStore;
  /** See `diskBudgetBytes`. Default 0: nothing is kept on disk. */
  readonly diskBudgetBytes?: number;
  /** The store is given no more than this on the long run, while memory has room; default no bound. */
  readonly diskBytesPerSecond?: number;
  /** Told in one sentence when keeping on disk came to an end; the log goes on in memory. */
  onDiskTrouble?(sentence: string): void;
}

export const DEFAULT_MEMORY_BUDGET_BYTES = 256 * 1024 * 1024;
const DEFAULT_SEGMENT_BYTES = 1024 * 1024;
const LEAST_SEGMENT_BYTES = 64 * 1024;
/** Share of the memory budget that fills before the disk is used; the rest takes in bursts that it cannot keep up with. */
const SPILL_FROM = 0.5;
/** What was not used of the store's rate in so long a time may be made up for at once. */
const BURST_MICROS = 4e6;

/** Tells a listener that the log grew: once, then not again until it is armed. */
export interface AppendSignal {
  /** Asks to be told of the next append. */
  arm(): void;
  close(): void;
}

interface Follower {
  readonly cursor: Cursor;
  catchUp(): void;
}

export class RecordLog {
  readonly segmentBytes: number;
  /** The segment being filled. */
  protected segment: Segment;
  readonly #now: () => number;
  /** Oldest first; never empty. */
  readonly #segments: Segment[];
  readonly #facts = new Facts();
  readonly #armed = new Set<() => void>();
  readonly #spill: Spill | undefined;
  readonly #followers = new Set<Follower>();
  /** Microseconds between two writes, and when the next may begin. */
  readonly #writeMicros: number;
  #writeAt = -BURST_MICROS;
  #budget: number;
  /** The budget, or what memory held when it was lowered and the disk has yet to take. */
  #limit: number;
  #overruns = 0;
  /** What lies before may have been copied by a reader. */
  #seen = 0;

  constructor(options: LogOptions) {
    this.#now = options.now;
    this.segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
    if (!(this.segmentBytes >= LEAST_SEGMENT_BYTES)) {
      throw new RangeError(`A segment of ${this.segmentBytes} bytes cannot hold every record`);
    }
    this.#budget = options.memoryBudgetBytes ?? DEFAULT_MEMORY_BUDGET_BYTES;
    this.#limit = this.#budget;
    this.#writeMicros = (this.segmentBytes * 1e6) / (options.diskBytesPerSecond ?? Number.POSITIVE_INFINITY);
    this.segment = new Segment(this.segmentBytes);
    this.#segments = [this.segment];
    if (options.store) {
      this.#spill = new Spill(options.store, this.segmentBytes, options.diskBudgetBytes ?? 0, (sentence) => {
        this.#leaveDisk();
        options.onDiskTrouble?.(sentence);
      });
    }
  }

  /** First position held. */
  get start(): number {
    return this.#spill?.start ?? this.#segments[0]!.start;
  }
  /** Position of the next record. */
  get end(): number {
    return this.segment.end;
  }
  /** Records ever appended. */
  get records(): number {
    return this.segment.endRecord;
  }
  get trimmed(): Trimmed {
    return this.#facts.trimmed;
  }
  /** Bytes of the records held. */
  get usedBytes(): number {
    return this.end - this.start;
  }
  /** Bytes of the buffers held. */
  get memoryBytes(): number {
    return this.#segments.length * this.segmentBytes;
  }

  /** Bytes taken on disk. */
  get diskBytes(): number {
    return this.#spill?.usedBytes ?? 0;
  }
  /** How often all that lay on disk was trimmed at once, because the disk was slower than the traffic. */
  get overruns(): number {
    return this.#overruns;
  }

  /**
   * Bytes of buffers that may be held. Settable at any time; lowering it trims at once, or moves to disk as fast
   * as that writes. Two segments are kept whatever it says, so that what was just written can be read.
   */
  get memoryBudgetBytes(): number {
    return this.#budget;
  }
  set memoryBudgetBytes(bytes: number) {
    this.#budget = bytes;
    this.#limit = this.#spill?.isOn ? Math.max(bytes, this.memoryBytes) : bytes;
    this.#change(() => {
      if (this.#spill?.isOn) this.#writeBehind();
      else while (this.#isOver(this.#segments.length)) this.#release();
    });
  }

  /** Bytes that may be taken on disk; 0 keeps nothing there. Settable at any time; lowering it trims at once. */
  get diskBudgetBytes(): number {
    return this.#spill?.budgetBytes ?? 0;
  }
  set diskBudgetBytes(bytes: number) {
    const spill = this.#spill;
    if (!spill) return;
    spill.budgetBytes = bytes;
    if (!spill.isOn) {
      this.#leaveDisk();
      return;
    }
    this.#change(() => {
      while (spill.isOver && this.#trimStored());
      spill.shrink();
      this.#writeBehind();
    });
  }

  /** A reader of its own, at the first record held, behind the last, or at a position (see Cursor). */
  cursor(from: number | 'start' | 'end', options?: CursorOptions): Cursor {
    this.#seen = this.end;
    return new Cursor(this, from, options);
  }

  /**
   * Slows the writer for a reader that must not miss anything: whenever it is further behind than a part of what
   * memory holds, `catchUp` is called within the append and must read on at once. Returns what ends it.
   */
  follow(cursor: Cursor, catchUp: () => void): () => void {
    const follower = { cursor, catchUp };
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /** The payload of the `bytes` record at a position, as a copy; undefined when it is not in memory or is no such record. */
  payload(position: number): Uint8Array | undefined {
    const segment = this.segmentAt(position);
    return segment && ownPayloadAt(segment, position);
  }

  /** As `payload`, from disk too; undefined when it was trimmed. */
  async pullPayload(position: number): Promise<Uint8Array | undefined> {
    const segment = this.segmentAt(position) ?? (await this.load(position));
    return segment && ownPayloadAt(segment, position);
  }

  /** For cursors: reads back what holds a position. Undefined when it is in memory, was trimmed or cannot be read. */
  async load(position: number): Promise<Records | undefined> {
    return this.#spill?.load(position);
  }

  /**
   * What a reader that begins at `start` must be told first: pieces of whole records, each with its anchor. They
   * are shared: do not write to them. The first is a tombstone; empty when nothing was trimmed.
   */
  snapshot(): Uint8Array[] {
    if (this.start === 0) return [];
    const tombstone = new Uint8Array(ANCHOR_BYTES + TOMBSTONE_BYTES);
    const view = new DataView(tombstone.buffer);
    const at = writeAnchor(tombstone, 0, this.start);
    writeHeader(view, at, TOMBSTONE_BYTES, KIND.tombstone, 0, 0, this.#now());
    view.setUint8(at + 5, FLAG.carried);
    writeTrimmed(view, at, this.trimmed);
    return [tombstone, ...this.#facts.list()];
  }

  /** The listener is called within an append: it may only note that there is something, and must not throw. */
  onAppend(listener: () => void): AppendSignal {
    const armed = this.#armed;
    const entry = () => listener();
    return { arm: () => void armed.add(entry), close: () => void armed.delete(entry) };
  }

  /** For cursors: the segment in memory that holds a position, undefined before those and from `end` on. */
  segmentAt(position: number): Records | undefined {
    this.#seen = this.end;
    if (!(position >= this.#segments[0]!.start && position < this.end)) return undefined;
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.start <= position) low = middle;
      else high = middle - 1;
    }
    return this.#segments[low];
  }

  /** Makes room for a record and writes its header; returns its offset in `this.segment`. At most a segment less a tombstone. */
  protected claim(length: number, kind: number, aux: number, conn: number): number {
    if (this.segment.used + length > this.segmentBytes) this.#roll();
    const segment = this.segment;
    const at = segment.used;
    segment.used = at + length;
    segment.records++;
    writeHeader(segment.view, at, length, kind, aux, conn, this.#now());
    return at;
  }

  /** Whether the last record is of this length, and no reader can have met it: it may then be changed, or taken back. */
  protected isUnseen(length: number): boolean {
    return this.#seen <= this.end - length;
  }

  /** Takes the last record back; see `isUnseen`. */
  protected takeBack(length: number): void {
    this.segment.used -= length;
    this.segment.records--;
  }

  /** The time, for a caller that decides by it. */
  protected now(): number {
    return this.#now();
  }

  /** To be called once a record is whole. */
  protected appended(): void {
    if (this.#armed.size === 0) return;
    const listeners = [...this.#armed];
    this.#armed.clear();
    for (const listener of listeners) listener();
  }

  /** Room that is left in the segment; nothing that was claimed is ever moved. */
  protected get room(): number {
    return this.segmentBytes - this.segment.used;
  }

  /** Goes on in a new segment, made of the oldest when the budget is used up. */
  #roll(): void {
    for (const { cursor, catchUp } of this.#followers) if (cursor.behind > this.#mostBehind) catchUp();
    const { start } = this;
    let next: Segment | undefined;
    while (this.#isOver(this.#segments.length + 1, this.#limit)) next = this.#release();
    next ??= new Segment(this.segmentBytes);
    next.follow(this.segment);
    this.#segments.push(next);
    this.segment = next;
    this.#writeBehind();
    if (this.start !== start) this.#entomb();
  }

  /** Half of what memory holds: a follower then still finds its next segment there. */
  get #mostBehind(): number {
    return Math.max(0, Math.floor(this.#budget / this.segmentBytes / 2) - 1) * this.segmentBytes;
  }

  #isOver(segments: number, limit = this.#budget): boolean {
    return segments > 2 && segments * this.segmentBytes > limit;
  }

  /** Takes the oldest segment out of memory, to disk where it is written already; returns its buffer. */
  #release(): Segment {
    const oldest = this.#segments.shift()!;
    const spill = this.#spill;
    if (spill?.take(oldest)) return oldest;
    if (spill?.isOn) {
      // The disk is slower than the traffic: memory stays bounded, and what is held stays one stretch.
      if (spill.start !== undefined) this.#overruns++;
      while (this.#trimStored());
      spill.forget(oldest);
    }
    this.#facts.fold(digestOf(oldest));
    return oldest;
  }

  #trimStored(): boolean {
    const digest = this.#spill?.trim();
    if (digest) this.#facts.fold(digest);
    return digest !== undefined;
  }

  /** Keeps the disk at work: the oldest full segment that is not there yet, while memory is over its share. */
  #writeBehind(): void {
    const spill = this.#spill;
    if (!spill?.isOn) return;
    while (this.#isOver(this.#segments.length) && spill.hasWritten(this.#segments[0]!)) this.#release();
    this.#limit = Math.max(this.#budget, Math.min(this.#limit, this.memoryBytes));
    const share = Math.max(1, Math.floor((this.#budget * SPILL_FROM) / this.segmentBytes));
    // So many of the oldest are to be there as are over the share.
    const over = Math.min(this.#segments.length - share, this.#segments.length - 1);
    for (let i = 0; i < over && !spill.isBusy; i++) {
      const segment = this.#segments[i]!;
      if (spill.hasTaken(segment)) continue;
      const now = this.#now();
      if (now < this.#writeAt && !this.#isOver(this.#segments.length)) return;
      this.#writeAt = Math.max(now - BURST_MICROS, this.#writeAt) + this.#writeMicros;
      // All of the disk may hold what memory holds too: then there is nothing to trim, and nothing to write.
      if (spill.isFull && !this.#trimStored()) return;
      void spill.write(segment).then(() => this.#change(() => this.#writeBehind()));
    }
  }

  /** Goes on in memory alone. */
  #leaveDisk(): void {
    this.#limit = this.#budget;
    this.#change(() => {
      while (this.#trimStored());
      this.#spill?.clear();
      while (this.#isOver(this.#segments.length)) this.#release();
    });
  }

  /** Runs what may trim outside of an append, and tells of it. */
  #change(trim: () => void): void {
    const { start } = this;
    trim();
    if (this.start === start) return;
    this.#entomb();
    this.appended();
  }

  /** Notes in the log itself what was trimmed. */
  #entomb(): void {
    const at = this.claim(TOMBSTONE_BYTES, KIND.tombstone, 0, 0);
    // Taken only now: claiming may have trimmed more.
    writeTrimmed(this.segment.view, at, this.trimmed);
  }
}

function writeTrimmed(view: DataView, at: number, trimmed: Trimmed): void {
  view.setFloat64(at + HEADER_BYTES, trimmed.start, true);
  view.setFloat64(at + 28, trimmed.records, true);
  view.setFloat64(at + 36, trimmed.exchanges, true);
  view.setFloat64(at + 44, trimmed.bytes, true);
}
