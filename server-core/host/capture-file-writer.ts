/** Makes the bytes of a `.wirescope` file from a cursor over the log, block by block. It does no I/O itself. */
import { crc32 } from 'node:zlib';
import { RecordReader } from '../capture/codec.ts';
import type { Cursor } from '../capture/cursor.ts';
import { KIND } from '../capture/events.ts';
import { ANCHOR_BYTES } from '../capture/layout.ts';
import type { RecordLog } from '../capture/record-log.ts';
import { encodeUtf8 } from '../capture/text.ts';
import {
  BLOCK_HEADER,
  type BlockHeader,
  EMPTY,
  encodeHeader,
  PREAMBLE_BYTES,
  preamble,
  TAG,
} from './capture-file-layout.ts';

/** What a capture is of. All of it is shown to people; only the epoch is needed. */
export interface CaptureMeta {
  /** Of the program that wrote the file. */
  readonly version: string;
  readonly platform: string;
  readonly host: string;
  /** Wall-clock milliseconds at the capture's time 0. */
  readonly epochMs: number;
  readonly createdMs: number;
}

/** Bytes of one block at the most, snapshot included: room for any record, which is a segment. */
const ROOM = 64 * 1024;

export class CaptureFileWriter {
  readonly #cursor: Cursor;
  readonly #index: { readonly at: number; readonly header: Uint8Array }[] = [];
  readonly #blockBytes: number;
  readonly #reader = new RecordReader();
  /** Carried copies that wait for the records they belong before. */
  #carried = new Uint8Array(0);
  #at = 0;

  /** The cursor must give payloads, and be read by nobody else. */
  constructor(log: RecordLog, cursor: Cursor) {
    this.#cursor = cursor;
    this.#blockBytes = log.segmentBytes + ROOM;
  }

  /** Length of the file so far. */
  get length(): number {
    return this.#at;
  }

  start(meta: CaptureMeta): Uint8Array {
    const payload = encodeUtf8(JSON.stringify(meta));
    const header = encodeHeader({
      ...EMPTY,
      tag: TAG.meta,
      length: payload.length,
      checksum: crc32(payload),
    });
    this.#at += PREAMBLE_BYTES + header.length + payload.length;
    return concat([preamble(), header, payload]);
  }

  /** The block of what the cursor reads next; undefined when it has nothing, or must be made `ready` first. */
  next(): Uint8Array | undefined {
    const cursor = this.#cursor;
    const from = BLOCK_HEADER + this.#carried.length;
    const block = new Uint8Array(from + this.#blockBytes);
    block.set(this.#carried, BLOCK_HEADER);
    const before = cursor.delivered;
    const end = cursor.readInto(block, from, block.length);
    if (end === from) return undefined;
    const records = cursor.delivered - before;
    if (records === 0) {
      this.#carried = block.slice(BLOCK_HEADER, end);
      return this.next();
    }
    const payload = block.subarray(BLOCK_HEADER, end);
    const carried = this.#carried.length + cursor.carriedBytes;
    this.#carried = new Uint8Array(0);
    const own = payload.subarray(carried + ANCHOR_BYTES);
    const first = cursor.position - own.length;
    const header = encodeHeader({
      ...this.#figures(own, first),
      tag: TAG.run,
      length: payload.length,
      first,
      end: cursor.position,
      firstRecord: cursor.ordinal - records,
      records,
      carried,
      checksum: crc32(payload),
    });
    block.set(header);
    this.#index.push({ at: this.#at, header });
    this.#at += end;
    return block.subarray(0, end);
  }

  /** The index, and the block that says where it is: without them a reader walks all headers. */
  finish(): Uint8Array {
    const entries = this.#index.map(({ at, header }) => {
      const entry = new Uint8Array(8 + BLOCK_HEADER);
      new DataView(entry.buffer).setFloat64(0, at, true);
      entry.set(header, 8);
      return entry;
    });
    const payload = concat(entries);
    const checksum = crc32(payload);
    const header = encodeHeader({ ...EMPTY, tag: TAG.index, length: payload.length, checksum });
    const end = encodeHeader({ ...EMPTY, tag: TAG.end, first: this.#at });
    this.#at += header.length + payload.length + end.length;
    return concat([header, payload, end]);
  }

  /** The file ends at a length instead: blocks from there on could not be written. */
  cutTo(length: number): void {
    this.#at = length;
    while ((this.#index.at(-1)?.at ?? -1) >= length) this.#index.pop();
  }

  #figures(records: Uint8Array, first: number): BlockHeader {
    const reader = this.#reader.reset(records, first);
    let exchanges = 0;
    let wireBytes = 0;
    let firstTime: number | undefined;
    let lastTime = 0;
    while (reader.next()) {
      firstTime ??= reader.time;
      lastTime = reader.time;
      if (reader.kind === KIND.begin) exchanges++;
      else if (reader.kind === KIND.bytes) wireBytes += reader.length;
    }
    return { ...EMPTY, exchanges, wireBytes, firstTime: firstTime ?? 0, lastTime };
  }
}

/** All that the log holds now, as the pieces of a file. What is trimmed before it is written is missing, and told. */
export async function* captureFile(log: RecordLog, meta: CaptureMeta): AsyncGenerator<Uint8Array> {
  const cursor = log.cursor('start', { payloads: true });
  const writer = new CaptureFileWriter(log, cursor);
  const { end } = log;
  yield writer.start(meta);
  while (cursor.position < end) {
    const block = writer.next();
    if (block) yield block;
    else if (cursor.onDisk) await cursor.ready();
    else break;
  }
  yield writer.finish();
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
