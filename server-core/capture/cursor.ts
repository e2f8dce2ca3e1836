import { KIND } from './events.ts';
import type { Trimmed } from './facts.ts';
import { ANCHOR_BYTES, BYTES_HEADER, FLAG, writeAnchor } from './layout.ts';
import type { Records } from './segment.ts';

/** What a cursor needs of the log. */
export interface CursorSource {
  readonly start: number;
  readonly end: number;
  readonly records: number;
  readonly trimmed: Trimmed;
  /** What is in memory. */
  segmentAt(position: number): Records | undefined;
  /** What lies elsewhere, read back; undefined when it is in memory, gone or cannot be read. */
  load(position: number): Promise<Records | undefined>;
  snapshot(): Uint8Array[];
}

export interface CursorOptions {
  /** Give `bytes` records with their payload. A read of the log's `segmentBytes` has room for any record. */
  readonly payloads?: boolean;
}

/**
 * One reader of the log. It never holds the log up: when records are trimmed before it came to them, it is first
 * given a tombstone and what held at the log's start (flag `carried`), then goes on from there. So at every moment
 *
 *     records of the log = records before it began + delivered + missed + those still ahead
 *
 * `'start'` begins at the first record ever: what was trimmed before counts as missed. `'end'` gives only what is
 * appended from now on, and tells nothing of what holds then. A position that lies within a record means the next,
 * one that is not in memory the first that is held.
 *
 * What lies on disk has to be brought in: where `onDisk` says so, a read gives nothing until `ready` has resolved.
 */
export class Cursor {
  readonly #log: CursorSource;
  readonly #payloads: boolean;
  #position: number;
  /** Records of the log before `#position`. */
  #ordinal: number;
  #delivered = 0;
  #missed = 0;
  /** The rest of a snapshot that does not fit one read. */
  #pieces: Uint8Array[] = [];
  #piece = 0;
  /** The stretch that was read back for it. */
  #page: Records | undefined;
  #onDisk = false;
  #carriedBytes = 0;

  constructor(log: CursorSource, from: number | 'start' | 'end', options: CursorOptions = {}) {
    this.#log = log;
    this.#payloads = options.payloads ?? false;
    this.#position = from === 'start' ? 0 : log.end;
    this.#ordinal = from === 'start' ? 0 : log.records;
    if (typeof from === 'number') this.#seek(from);
  }

  /** Log position that it has read up to. */
  get position(): number {
    return this.#position;
  }
  /** Log bytes it has not read or missed yet. */
  get behind(): number {
    return this.#log.end - Math.max(this.#position, this.#log.start);
  }
  /** True when a read would give something, room permitting. */
  get pending(): boolean {
    return this.#position < this.#log.end || this.#piece < this.#pieces.length;
  }
  /** True when the last read stopped at what lies on disk: `ready` it, then read on. */
  get onDisk(): boolean {
    return this.#onDisk;
  }
  /** Records of the log before its position. */
  get ordinal(): number {
    return this.#ordinal;
  }
  /** Bytes of the last read, from its start, that are carried copies: the log's own records follow behind an anchor. */
  get carriedBytes(): number {
    return this.#carriedBytes;
  }
  /** Records given so far, carried copies not counted. */
  get delivered(): number {
    return this.#delivered;
  }
  /** Records that were trimmed before it came to them. */
  get missed(): number {
    return this.#missed;
  }

  /** Reads back what lies next on disk; resolves when a read gives something again. */
  async ready(): Promise<void> {
    this.#page = await this.#log.load(this.#position);
    this.#onDisk = false;
  }

  /** The next run of whole records, a copy of at most `maxBytes`; undefined when none is there, or none fits. */
  read(maxBytes: number): Uint8Array | undefined {
    if (!this.pending) return undefined;
    const bytes = new Uint8Array(maxBytes);
    const end = this.readInto(bytes, 0, maxBytes);
    return end === 0 ? undefined : bytes.slice(0, end);
  }

  /** Writes the next run of whole records into `target` between two offsets; returns where it ends. */
  readInto(target: Uint8Array, from: number, to: number): number {
    if (this.#position < this.#log.start) this.#skipAhead();
    let at = from;
    for (let piece = this.#pieces[this.#piece]; piece !== undefined; piece = this.#pieces[++this.#piece]) {
      if (at + piece.length > to) {
        this.#carriedBytes = at - from;
        return at;
      }
      target.set(piece, at);
      at += piece.length;
    }
    this.#carriedBytes = at - from;
    if (this.#pieces.length > 0) {
      this.#pieces = [];
      this.#piece = 0;
    }
    const records = at + ANCHOR_BYTES;
    if (records > to) return at;
    const position = this.#position;
    const end = this.#copy(target, records, to);
    if (end === records) return at;
    writeAnchor(target, at, position);
    return end;
  }

  /** What was trimmed is missed; the snapshot takes its place. */
  #skipAhead(): void {
    const { start, records } = this.#log.trimmed;
    this.#missed += records - this.#ordinal;
    this.#ordinal = records;
    this.#position = start;
    this.#pieces = this.#log.snapshot();
    this.#piece = 0;
  }

  #copy(target: Uint8Array, from: number, to: number): number {
    let at = from;
    for (;;) {
      const segment = this.#segment();
      if (!segment) return at;
      const end = this.#payloads
        ? this.#copyWhole(segment, target, at, to)
        : this.#copyElided(segment, target, at, to);
      at = end;
      if (this.#position < segment.end) return at;
    }
  }

  #segment(): Records | undefined {
    const position = this.#position;
    const page = this.#page;
    if (page && position >= page.start && position < page.end) return page;
    this.#page = undefined;
    const segment = this.#log.segmentAt(position);
    this.#onDisk = segment === undefined && position < this.#log.end;
    return segment;
  }

  /** Records as they lie: one copy for the run that fits. */
  #copyWhole(segment: Records, target: Uint8Array, at: number, to: number): number {
    const first = this.#position - segment.start;
    const room = to - at;
    let next = first;
    let records = 0;
    while (next < segment.used) {
      const length = segment.view.getUint32(next, true);
      if (next + length - first > room) break;
      next += length;
      records++;
    }
    target.set(segment.bytes.subarray(first, next), at);
    this.#advance(next - first, records);
    return at + next - first;
  }

  /** As `copyWhole`, but of `bytes` records only the header. */
  #copyElided(segment: Records, target: Uint8Array, from: number, to: number): number {
    const { bytes, view, used } = segment;
    const first = this.#position - segment.start;
    let next = first;
    let at = from;
    let records = 0;
    // Runs of records without payload are copied together: from `run` up to `next`.
    let run = first;
    while (next < used) {
      const length = view.getUint32(next, true);
      const elided = bytes[next + 4] === KIND.bytes;
      const size = elided ? BYTES_HEADER : length;
      if (at + (next - run) + size > to) break;
      records++;
      next += length;
      if (!elided) continue;
      const header = next - length + BYTES_HEADER;
      target.set(bytes.subarray(run, header), at);
      at += header - run;
      target[at - BYTES_HEADER] = BYTES_HEADER;
      target.fill(0, at - BYTES_HEADER + 1, at - BYTES_HEADER + 4);
      target[at - BYTES_HEADER + 5]! |= FLAG.elided;
      run = next;
    }
    target.set(bytes.subarray(run, next), at);
    at += next - run;
    this.#advance(next - first, records);
    return at;
  }

  #advance(bytes: number, records: number): void {
    this.#position += bytes;
    this.#ordinal += records;
    this.#delivered += records;
  }

  #seek(position: number): void {
    const log = this.#log;
    const segment = log.segmentAt(position);
    if (!segment && position < log.end) {
      // Which record lay there cannot be looked up: it stands where the log starts, and is told what holds.
      this.#position = log.start;
      this.#ordinal = log.trimmed.records;
      this.#pieces = log.snapshot();
      return;
    }
    if (!segment) return;
    let at = 0;
    this.#ordinal = segment.firstRecord;
    while (segment.start + at < position) {
      at += segment.view.getUint32(at, true);
      this.#ordinal++;
    }
    this.#position = segment.start + at;
  }
}
