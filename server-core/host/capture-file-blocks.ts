/** Finds what blocks a `.wirescope` file has: by its index, or header by header where that is missing or wrong. */
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { isMoment } from '../capture/moment.ts';
import { readUtf8 } from '../capture/text.ts';
import {
  BLOCK_HEADER,
  type BlockHeader,
  decodeHeader,
  FILE_VERSION,
  PREAMBLE_BYTES,
  SIGNATURE,
  TAG,
} from './capture-file-layout.ts';
import type { CaptureMeta } from './capture-file-writer.ts';
import { PathProblem } from './served-path.ts';

export interface Block extends BlockHeader {
  /** Offset of the payload in the file. */
  readonly at: number;
}

interface Source {
  readonly file: FileHandle;
  readonly size: number;
}

export interface Found {
  readonly meta: CaptureMeta;
  /** The runs, in the order of their positions. */
  readonly blocks: readonly Block[];
  /** One sentence when the file does not go on as it should. */
  readonly flaw: string | undefined;
}

const INDEX_ENTRY = 8 + BLOCK_HEADER;

/** Rejects with PathProblem when the file is no capture, or of a newer version. */
export async function readBlocks(source: Source, name: string): Promise<Found> {
  await checkPreamble(source, name);
  const meta = await readMeta(source, name);
  const indexed = await fromIndex(source);
  if (indexed) return { meta, blocks: indexed, flaw: undefined };
  return { meta, ...(await fromHeaders(source)) };
}

async function checkPreamble(source: Source, name: string): Promise<void> {
  const bytes = await bytesAt(source, 0, PREAMBLE_BYTES);
  if (!bytes || SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new PathProblem(`${name} is not a Wirescope capture`);
  }
  const version = new DataView(bytes.buffer).getUint16(SIGNATURE.length, true);
  if (version > FILE_VERSION) {
    throw new PathProblem(`${name} was written by a newer Wirescope (format ${version}); update to open it`);
  }
}

async function readMeta(source: Source, name: string): Promise<CaptureMeta> {
  const header = await headerAt(source, PREAMBLE_BYTES);
  const payload =
    header?.tag === TAG.meta
      ? await bytesAt(source, PREAMBLE_BYTES + BLOCK_HEADER, header.length)
      : undefined;
  const meta = payload && crc32(payload) === header?.checksum ? metaOf(payload) : undefined;
  if (!meta) throw new PathProblem(`${name} is damaged where it says what it holds, so it cannot be opened`);
  return meta;
}

function metaOf(payload: Uint8Array): CaptureMeta | undefined {
  let value: Partial<Record<keyof CaptureMeta, unknown>> | null;
  try {
    value = JSON.parse(readUtf8(payload, 0, payload.length));
  } catch {
    return undefined;
  }
  const epochMs = Number(value?.epochMs);
  if (!value || !isMoment(epochMs * 1000)) return undefined;
  const text = (field: unknown) => (typeof field === 'string' ? field : '');
  return {
    version: text(value.version),
    platform: text(value.platform),
    host: text(value.host),
    epochMs,
    createdMs: Number.isFinite(Number(value.createdMs)) ? Number(value.createdMs) : epochMs,
  };
}

/** Undefined when the file has no index, or one that does not fit it. */
async function fromIndex(source: Source): Promise<Block[] | undefined> {
  const { size } = source;
  const end = await headerAt(source, size - BLOCK_HEADER);
  if (end?.tag !== TAG.end) return undefined;
  const header = await headerAt(source, end.first);
  if (header?.tag !== TAG.index) return undefined;
  const payload = await bytesAt(source, end.first + BLOCK_HEADER, header.length);
  if (!payload || crc32(payload) !== header.checksum || payload.length % INDEX_ENTRY !== 0) return undefined;
  const view = new DataView(payload.buffer);
  const blocks: Block[] = [];
  for (let at = 0; at < payload.length; at += INDEX_ENTRY) {
    const run = decodeHeader(payload.subarray(at + 8, at + INDEX_ENTRY));
    const blockAt = view.getFloat64(at, true) + BLOCK_HEADER;
    const isSound = run?.tag === TAG.run && follows(blocks, run) && blockAt + run.length <= size;
    if (!isSound) return undefined;
    blocks.push({ ...run, at: blockAt });
  }
  return blocks;
}

/** Walks the headers up to the first that is not whole: what comes after it cannot be found. */
async function fromHeaders(source: Source): Promise<Pick<Found, 'blocks' | 'flaw'>> {
  const { size } = source;
  const blocks: Block[] = [];
  let at = PREAMBLE_BYTES;
  while (at < size) {
    const header = await headerAt(source, at);
    const end = at + BLOCK_HEADER + (header?.length ?? 0);
    if (!header || end > size) return { blocks, flaw: flawAt(at, size, header !== undefined) };
    if (header.tag === TAG.run) {
      if (!follows(blocks, header)) return { blocks, flaw: flawAt(at, size, false) };
      blocks.push({ ...header, at: at + BLOCK_HEADER });
    }
    if (header.tag === TAG.end) return { blocks, flaw: undefined };
    at = end;
  }
  return { blocks, flaw: 'It was not finished: the program that wrote it was ended' };
}

function flawAt(at: number, size: number, isCut: boolean): string {
  const left = `its last ${size - at} of ${size} bytes`;
  return isCut ? `It is cut short: ${left} are part of a block` : `It is damaged: ${left} cannot be read`;
}

function follows(blocks: readonly Block[], next: BlockHeader): boolean {
  const before = blocks.at(-1);
  return !before || next.first >= before.end;
}

async function headerAt(source: Source, at: number): Promise<BlockHeader | undefined> {
  const bytes = await bytesAt(source, at, BLOCK_HEADER);
  return bytes && decodeHeader(bytes);
}

/** Undefined when they are not all there. */
async function bytesAt({ file, size }: Source, at: number, length: number): Promise<Uint8Array | undefined> {
  if (!Number.isSafeInteger(at) || at < 0) return undefined;
  if (at + length > size) return undefined;
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytesRead === length ? bytes : undefined;
}
