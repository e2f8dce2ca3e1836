/**
 * A `.wirescope` file, opened to be read: its blocks are known at once, from the index or by walking the headers,
 * and their bytes are read and checked only when somebody asks for them. Nothing in it is trusted.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { RecordReader } from '../capture/codec.ts';
import { Cursor } from '../capture/cursor.ts';
import { KIND } from '../capture/events.ts';
import { ANCHOR_BYTES, FLAG } from '../capture/layout.ts';
import { isMoment } from '../capture/moment.ts';
import { payloadAt } from '../capture/payload.ts';
import type { Records } from '../capture/segment.ts';
import { type Block, readBlocks } from './capture-file-blocks.ts';
import type { CaptureMeta } from './capture-file-writer.ts';

/** No kind of record: readers pass it over. */
const PASSED_OVER = 0xff;
/** Blocks kept in memory: somebody who looks at a request asks for its bytes piece by piece. */
const KEPT_BLOCKS = 8;

export interface CaptureRun {
  /** Records without payloads, as a feed gives them; empty at the end. */
  readonly records: Uint8Array;
  /** Where to read on. */
  readonly next: number;
}

interface Page extends Records {
  /** Carried copies that come before its records. */
  readonly carried: Uint8Array;
}

export class CaptureFile {
  readonly path: string;
  readonly name: string;
  readonly meta: CaptureMeta;
  readonly blocks: readonly Block[];
  readonly #file: FileHandle;
  /** One sentence on what could not be read when it was opened. */
  readonly #flaw: string | undefined;
  /** Blocks that turned out damaged. */
  readonly #damaged = new Set<Block>();
  readonly #pages = new Map<Block, Promise<Page | undefined>>();

  /** Rejects with PathProblem when it is no capture, or of a newer version. */
  static async open(path: string): Promise<CaptureFile> {
    return CaptureFile.of(await open(path, 'r'), path);
  }

  /** As `open`, of a file that is open already; `path` is what it is shown as. It owns the file from here on. */
  static async of(file: FileHandle, path: string): Promise<CaptureFile> {
    try {
      const { size } = await file.stat();
      const found = await readBlocks({ file, size }, basename(path));
      return new CaptureFile(path, file, found.meta, found.blocks, found.flaw);
    } catch (problem) {
      await file.close();
      throw problem;
    }
  }

  private constructor(
    path: string,
    file: FileHandle,
    meta: CaptureMeta,
    blocks: readonly Block[],
    flaw: string | undefined,
  ) {
    this.path = path;
    this.name = basename(path);
    this.meta = meta;
    this.blocks = blocks;
    this.#file = file;
    this.#flaw = flaw;
  }

  /** Log positions of the first record and after the last. */
  get start(): number {
    return this.blocks[0]?.first ?? 0;
  }
  get end(): number {
    return this.blocks.at(-1)?.end ?? 0;
  }
  get exchanges(): number {
    return this.blocks.reduce((sum, block) => sum + block.exchanges, 0);
  }
  /** What is not shown of it, and why; grows while it is read. */
  get problem(): string | undefined {
    let records = 0;
    for (const block of this.#damaged) records += block.records;
    if (records === 0) return this.#flaw;
    const { size } = this.#damaged;
    const damage = `${records} records in ${size} damaged ${size === 1 ? 'block' : 'blocks'} are left out`;
    return this.#flaw === undefined ? damage : `${this.#flaw}. ${damage}`;
  }

  /** The next run from a position on, of about `bytes`; blocks that are damaged are passed over. */
  async read(from: number, bytes: number): Promise<CaptureRun> {
    for (let i = this.#blockFrom(from); i < this.blocks.length; i++) {
      const block = this.blocks[i]!;
      const page = await this.#page(block);
      if (!page) continue;
      const begin = Math.max(from, block.first);
      // What was carried belongs before the block's first record.
      const carried = begin === block.first ? page.carried.length : 0;
      const cursor = new Cursor(sourceOf(page), begin);
      let target = new Uint8Array(carried + bytes);
      let end = cursor.readInto(target, carried, target.length);
      if (end === carried) {
        // A record of a kind that is not known yet may be of any length.
        target = new Uint8Array(carried + page.used + ANCHOR_BYTES);
        end = cursor.readInto(target, carried, target.length);
      }
      target.set(page.carried.subarray(0, carried));
      const next = cursor.position >= block.end ? this.#after(i) : cursor.position;
      return { records: target.subarray(0, end), next };
    }
    return { records: new Uint8Array(0), next: this.end };
  }

  /** The payload of the `bytes` record at a position; undefined when it is not whole in the file. */
  async payload(position: number): Promise<Uint8Array | undefined> {
    const found = await this.#payloadAt(position);
    // Blocks end where the recording was read, so what it repeats may stand in the one before. It repeats nothing itself.
    const payload = typeof found === 'number' ? await this.#payloadAt(found) : found;
    return typeof payload === 'number' ? undefined : payload;
  }

  async close(): Promise<void> {
    this.#pages.clear();
    await this.#file.close();
  }

  async #payloadAt(position: number): Promise<Uint8Array | number | undefined> {
    const block = this.blocks[this.#blockFrom(position)];
    if (!block || position < block.first) return undefined;
    const page = await this.#page(block);
    return page && payloadAt(page, position);
  }

  /** Position to read on at after a block, so that what is carried before the next is not passed over. */
  #after(index: number): number {
    return this.blocks[index + 1]?.first ?? this.end;
  }

  /** Index of the first block that ends behind a position, or begins at it. */
  #blockFrom(position: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { first, end } = this.blocks[middle]!;
      if (end > position || first >= position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #page(block: Block): Promise<Page | undefined> {
    if (this.#damaged.has(block)) return Promise.resolve(undefined);
    const page = this.#pages.get(block) ?? this.#load(block);
    // Put at the end: the order is that of use.
    this.#pages.delete(block);
    this.#pages.set(block, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_BLOCKS) break;
      this.#pages.delete(oldest);
    }
    return page;
  }

  async #load(block: Block): Promise<Page | undefined> {
    const payload = new Uint8Array(block.length);
    const { bytesRead } = await this.#file.read(payload, 0, payload.length, block.at).catch(() => ({
      bytesRead: 0,
    }));
    const page = bytesRead === payload.length && crc32(payload) === block.checksum && pageOf(block, payload);
    if (page) return page;
    this.#damaged.add(block);
    return undefined;
  }
}

/** Undefined when the bytes are not the records that the header speaks of. */
function pageOf(block: Block, payload: Uint8Array): Page | undefined {
  const carried = payload.subarray(0, block.carried);
  const bytes = payload.slice(block.carried + ANCHOR_BYTES);
  if (bytes.length !== block.end - block.first || !isCarried(carried)) return undefined;
  const { first, end, firstRecord, records } = block;
  const reader = new RecordReader(bytes, first);
  while (reader.next()) {
    // Positions are counted, never looked up: each record must lie whole where its position says.
    if (reader.position !== first + reader.from || (reader.flags & FLAG.elided) !== 0) return undefined;
    if (!isMoment(reader.time)) return undefined;
    // What the log let go of while this was written is in the file all the same.
    if (reader.kind === KIND.tombstone && !reader.carried) bytes[reader.from + 4] = PASSED_OVER;
  }
  if (reader.error !== undefined) return undefined;
  const view = new DataView(bytes.buffer);
  return { carried, bytes, view, used: bytes.length, records, start: first, firstRecord, end };
}

function isCarried(bytes: Uint8Array): boolean {
  const reader = new RecordReader(bytes);
  while (reader.next()) if (!reader.carried || !isMoment(reader.time)) return false;
  return reader.error === undefined;
}

/** One block as if it were all of a log. */
function sourceOf(page: Page) {
  const { start, end, firstRecord, records } = page;
  return {
    start,
    end,
    records: firstRecord + records,
    trimmed: { start, records: firstRecord, exchanges: 0, bytes: 0 },
    segmentAt: (position: number) => (position >= start && position < end ? page : undefined),
    load: async () => undefined,
    snapshot: () => [],
  };
}
