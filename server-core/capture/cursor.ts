import { KIND } from './events.ts';
import type { Trimmed } from './facts.ts';
import { ANCHOR_BYTES, BYTES_HEADER, FLAG, writeAnchor } from './layout.ts';
import type { Segment } from './segment.ts';

/** What a cursor needs of the log. */
export interface CursorSource {
  readonly start: number;
  readonly end: number;
  readonly records: number;
  readonly trimmed: Trimmed;
  segmentAt(position: number): Segment | undefined;
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
 * appended from now on, and tells nothing of what holds then. A position that lies within a record means the next.
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
  /** Records given so far, carried copies not counted. */
  get delivered(): number {
    return this.#delivered;
  }
  /** Records that were trimmed before it came to them. */
  get missed(): number {
    return this.#missed;
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
      if (at + piece.length > to) return at;
      target.set(piece, at);
      at += piece.length;
    }
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
      const segment = this.#log.segmentAt(this.#position);
      if (!segment) return at;
      const end = this.#payloads
        ? this.#copyWhole(segment, target, at, to)
        : this.#copyElided(segment, target, at, to);
      at = end;
      if (this.#position < segment.end) return at;
    }
  }

  /** Records as they lie: one copy for the run that fits. */
  #copyWhole(segment: Segment, target: Uint8Array, at: number, to: number): number {
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
  #copyElided(segment: Segment, target: Uint8Array, from: number, to: number): number {
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
    if (position < log.start) {
      // Which record lay there is no longer known: it stands where the log starts, and is told what holds.
      this.#position = log.start;
      this.#ordinal = log.trimmed.records;
      this.#pieces = log.snapshot();
      return;
    }
    const segment = log.segmentAt(position);
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
