/**
 * The part of the log that lies on disk: the oldest stretch of what is held. Full segments are written behind the
 * writers' back, a few at a time; a written one stays readable in memory until its buffer is needed.
 *
 *     start ── stored (disk only) ──┬── written (both) ── writing ── still to write ── filling ──┬ end
 *                                   └──────────────────── memory ────────────────────────────────┘
 */
import { type Digest, digestOf } from './digest.ts';
import type { Records, Segment } from './segment.ts';
import type { SegmentStore } from './segment-store.ts';

/** Pages kept for readers that follow one another; a reader holds the one it is at by itself. */
const KEPT_PAGES = 4;
/** A busy loop hears of a write's end only once a turn: several under way keep the disk at work meanwhile. */
const WRITES_AT_ONCE = 4;

interface Stored {
  readonly start: number;
  readonly end: number;
  readonly firstRecord: number;
  readonly slot: number;
  readonly digest: Digest;
  /** Its slot may hold other bytes by now. */
  gone: boolean;
}

export class Spill {
  readonly #store: SegmentStore;
  readonly #segmentBytes: number;
  readonly #onTrouble: (sentence: string) => void;
  /** Oldest first, from `#first` on. */
  #stored: Stored[] = [];
  #first = 0;
  /** Slot by segment that is in memory too. */
  readonly #written = new Map<Segment, number>();
  /** What is being written, unless it was trimmed meanwhile; each write has a mark of its own. */
  readonly #writing = new Map<Segment, symbol>();
  readonly #free: number[] = [];
  #slots = 0;
  #budget: number;
  readonly #pages = new Map<Stored, Promise<Records | undefined>>();

  constructor(
    store: SegmentStore,
    segmentBytes: number,
    budget: number,
    onTrouble: (sentence: string) => void,
  ) {
    this.#store = store;
    this.#segmentBytes = segmentBytes;
    this.#budget = budget;
    this.#onTrouble = onTrouble;
  }

  get budgetBytes(): number {
    return this.#budget;
  }
  set budgetBytes(bytes: number) {
    this.#budget = bytes;
  }
  /** Bytes of the slots in use. */
  get usedBytes(): number {
    return (this.#slots - this.#free.length) * this.#segmentBytes;
  }
  get isOn(): boolean {
    return this.#budget >= this.#segmentBytes;
  }
  get isBusy(): boolean {
    return this.#writing.size >= WRITES_AT_ONCE;
  }
  get isFull(): boolean {
    return this.usedBytes + this.#segmentBytes > this.#budget;
  }
  get isOver(): boolean {
    return this.usedBytes > this.#budget;
  }
  /** First position that is only on disk; undefined when none is. */
  get start(): number | undefined {
    return this.#stored[this.#first]?.start;
  }

  hasWritten(segment: Segment): boolean {
    return this.#written.has(segment);
  }
  /** It is on disk, or soon will be. */
  hasTaken(segment: Segment): boolean {
    return this.#written.has(segment) || this.#writing.has(segment);
  }

  /** Writes a full segment; resolves, never rejects, once that is done or given up. Not while busy or full. */
  async write(segment: Segment): Promise<void> {
    const slot = this.#free.pop() ?? this.#slots++;
    const mark = Symbol();
    this.#writing.set(segment, mark);
    let problem: unknown;
    await this.#store.write(slot, segment.bytes.subarray(0, segment.used)).catch((reason: unknown) => {
      problem = reason ?? 'unknown';
    });
    const isWanted = this.#writing.get(segment) === mark;
    if (isWanted) this.#writing.delete(segment);
    if (isWanted && problem === undefined && this.isOn) this.#written.set(segment, slot);
    else this.#free.push(slot);
    if (problem !== undefined) this.#fail(problem);
  }

  /** Takes a segment over, so that its buffer is free; false when it is not on disk. */
  take(segment: Segment): boolean {
    const slot = this.#written.get(segment);
    if (slot === undefined) return false;
    this.#written.delete(segment);
    const { start, end, firstRecord } = segment;
    this.#stored.push({ start, end, firstRecord, slot, digest: digestOf(segment), gone: false });
    return true;
  }

  /** Gives up copies of what is in memory too, the newest first, until the budget is met. */
  shrink(): void {
    for (const segment of [...this.#written.keys()].reverse()) if (this.isOver) this.forget(segment);
  }

  /** The log trims a segment that is in memory: what was written of it is void. */
  forget(segment: Segment): void {
    const slot = this.#written.get(segment);
    if (slot !== undefined) this.#free.push(slot);
    this.#written.delete(segment);
    this.#writing.delete(segment);
  }

  /** Trims the oldest stretch on disk; returns what it told. */
  trim(): Digest | undefined {
    const oldest = this.#stored[this.#first];
    if (!oldest) return undefined;
    this.#first++;
    if (this.#first * 2 > this.#stored.length) {
      this.#stored.splice(0, this.#first);
      this.#first = 0;
    }
    oldest.gone = true;
    this.#pages.delete(oldest);
    this.#free.push(oldest.slot);
    return oldest.digest;
  }

  /** Gives the room on disk back, once nothing is kept there. */
  clear(): void {
    for (const segment of [...this.#written.keys()]) this.forget(segment);
    if (this.#first < this.#stored.length) return;
    this.#store.clear();
  }

  /** The stretch that holds a position, read back. Undefined when it is not on disk, was trimmed or cannot be read. */
  async load(position: number): Promise<Records | undefined> {
    const index = this.#indexOf(position);
    const stored = this.#stored[index];
    if (!stored) return undefined;
    const page = this.#page(stored);
    // Whoever reads one stretch most often goes on with the next.
    const next = this.#stored[index + 1];
    if (next) void this.#page(next);
    return page;
  }

  #page(stored: Stored): Promise<Records | undefined> {
    const known = this.#pages.get(stored);
    if (known) {
      // Moves to the end: the order is that of use.
      this.#pages.delete(stored);
      this.#pages.set(stored, known);
      return known;
    }
    const page = this.#read(stored);
    this.#pages.set(stored, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break;
      this.#pages.delete(oldest);
    }
    return page;
  }

  async #read(stored: Stored): Promise<Records | undefined> {
    const { start, end, firstRecord, slot, digest } = stored;
    const bytes = new Uint8Array(end - start);
    try {
      await this.#store.read(slot, bytes);
    } catch (problem) {
      if (stored.gone) return undefined;
      this.#pages.delete(stored);
      this.#fail(problem);
      return undefined;
    }
    // Only now: the slot may have been written again while it was read.
    if (stored.gone) return undefined;
    const view = new DataView(bytes.buffer);
    return { bytes, view, used: bytes.length, records: digest.records, start, firstRecord, end };
  }

  #fail(problem: unknown): void {
    // Several may be under way, and fail together.
    if (!this.isOn) return;
    this.#budget = 0;
    this.#onTrouble(problem instanceof Error ? problem.message : String(problem));
  }

  #indexOf(position: number): number {
    let low = this.#first;
    let high = this.#stored.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { start, end } = this.#stored[middle]!;
      if (position < start) high = middle - 1;
      else if (position >= end) low = middle + 1;
      else return middle;
    }
    return -1;
  }
}
