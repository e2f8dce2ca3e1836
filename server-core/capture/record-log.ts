/**
 * The log as bytes: records are appended to the last of a row of segments, and when the row outgrows its budget
 * the first segment is folded into the facts, emptied and put at the end again. So in the steady state nothing is
 * allocated, and an append costs the same whatever is read or trimmed.
 *
 *     position 0 …… start ─────────────────────────────────── end
 *              gone │ segment │ segment │ … │ segment (filling) │
 *
 * Pure: it has no clock of its own and never does I/O. It never throws at a writer.
 */
import { Cursor, type CursorOptions } from './cursor.ts';
import { KIND } from './events.ts';
import { Facts, type Trimmed } from './facts.ts';
import { ANCHOR_BYTES, BYTES_HEADER, FLAG, HEADER_BYTES, TOMBSTONE_BYTES, writeAnchor } from './layout.ts';
import { Segment } from './segment.ts';

export interface LogOptions {
  /** Microseconds since the log's epoch, monotonic. Read once for each record. */
  now(): number;
  /** See `memoryBudgetBytes`. Default 256 MiB, some 400 000 small exchanges. */
  readonly memoryBudgetBytes?: number;
  /** Default 1 MiB: a trim takes out under a half percent of the default budget. At least 64 KiB. */
  readonly segmentBytes?: number;
}

export const DEFAULT_MEMORY_BUDGET_BYTES = 256 * 1024 * 1024;
const DEFAULT_SEGMENT_BYTES = 1024 * 1024;
const LEAST_SEGMENT_BYTES = 64 * 1024;

/** Tells a listener that the log grew: once, then not again until it is armed. */
export interface AppendSignal {
  /** Asks to be told of the next append. */
  arm(): void;
  close(): void;
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
  #budget: number;

  constructor(options: LogOptions) {
    this.#now = options.now;
    this.segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
    if (!(this.segmentBytes >= LEAST_SEGMENT_BYTES)) {
      throw new RangeError(`A segment of ${this.segmentBytes} bytes cannot hold every record`);
    }
    this.#budget = options.memoryBudgetBytes ?? DEFAULT_MEMORY_BUDGET_BYTES;
    this.segment = new Segment(this.segmentBytes);
    this.#segments = [this.segment];
  }

  /** First position held. */
  get start(): number {
    return this.#segments[0]!.start;
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

  /**
   * Bytes of buffers that may be held. Settable at any time; lowering it trims at once. Two segments are kept
   * whatever it says, so that what was just written can be read.
   */
  get memoryBudgetBytes(): number {
    return this.#budget;
  }
  set memoryBudgetBytes(bytes: number) {
    this.#budget = bytes;
    if (!this.#isOver(this.#segments.length)) return;
    while (this.#isOver(this.#segments.length)) this.#trim();
    this.#entomb();
    this.appended();
  }

  /** A reader of its own, at the first record held, behind the last, or at a position (see Cursor). */
  cursor(from: number | 'start' | 'end', options?: CursorOptions): Cursor {
    return new Cursor(this, from, options);
  }

  /** The payload of the `bytes` record at a position, as a copy; undefined when it was trimmed or is no such record. */
  payload(position: number): Uint8Array | undefined {
    const segment = this.segmentAt(position);
    if (!segment) return undefined;
    const at = position - segment.start;
    if (at + BYTES_HEADER > segment.used || segment.bytes[at + 4] !== KIND.bytes) return undefined;
    const length = segment.view.getUint32(at + 28, true);
    const end = at + BYTES_HEADER + length;
    if (end > segment.used || segment.view.getUint32(at, true) !== BYTES_HEADER + length) return undefined;
    return segment.bytes.slice(at + BYTES_HEADER, end);
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

  /** For cursors: the segment that holds a position, undefined before `start` and from `end` on. */
  segmentAt(position: number): Segment | undefined {
    if (!(position >= this.start && position < this.end)) return undefined;
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
    let next: Segment | undefined;
    while (this.#isOver(this.#segments.length + 1)) next = this.#trim();
    next ??= new Segment(this.segmentBytes);
    const trimmed = next.used > 0;
    next.follow(this.segment);
    this.#segments.push(next);
    this.segment = next;
    if (trimmed) this.#entomb();
  }

  #isOver(segments: number): boolean {
    return segments > 2 && segments * this.segmentBytes > this.#budget;
  }

  #trim(): Segment {
    const oldest = this.#segments.shift()!;
    this.#facts.fold(oldest);
    return oldest;
  }

  /** Notes in the log itself what was trimmed. */
  #entomb(): void {
    const at = this.claim(TOMBSTONE_BYTES, KIND.tombstone, 0, 0);
    // Taken only now: claiming may have trimmed more.
    writeTrimmed(this.segment.view, at, this.trimmed);
  }
}

function writeHeader(
  view: DataView,
  at: number,
  length: number,
  kind: number,
  aux: number,
  conn: number,
  time: number,
): void {
  view.setUint32(at, length, true);
  // Kind, flags (none) and aux in one store.
  view.setUint32(at + 4, kind | (aux << 16), true);
  view.setUint32(at + 8, conn, true);
  view.setFloat64(at + 12, time, true);
}

function writeTrimmed(view: DataView, at: number, trimmed: Trimmed): void {
  view.setFloat64(at + HEADER_BYTES, trimmed.start, true);
  view.setFloat64(at + 28, trimmed.records, true);
  view.setFloat64(at + 36, trimmed.exchanges, true);
  view.setFloat64(at + 44, trimmed.bytes, true);
}
