/**
 * How a `.wirescope` file lies in bytes, version 1 (notes/capture-file.md): a signature, then blocks. Every block is
 * a header of 80 bytes and its payload; header and payload each have their own checksum, so that a reader can walk
 * the headers without touching what lies between, and trust the lengths.
 */
import { crc32 } from 'node:zlib';

/** As PNG's (ISO/IEC 15948 §5.2): not text, and a transfer that changes line ends or stops at ^Z shows. */
export const SIGNATURE = Uint8Array.of(0x89, 0x57, 0x53, 0x43, 0x4f, 0x50, 0x45, 0x0d, 0x0a, 0x1a, 0x0a, 0);
export const FILE_VERSION = 1;
/** Signature, u16 version, u16 nothing. */
export const PREAMBLE_BYTES = 16;
export const BLOCK_HEADER = 80;
/** A run is at most a segment, and what was carried before it. One that claims more than this is none. */
const MOST_RUN_BYTES = 256 * 1024 * 1024;

/** Four letters each; blocks of other tags are passed over. */
export const TAG = {
  meta: tagOf('META'),
  run: tagOf('RUN '),
  index: tagOf('INDX'),
  end: tagOf('END '),
} as const;

export interface BlockHeader {
  readonly tag: number;
  /** Bytes of the payload. */
  readonly length: number;
  /** Of `RUN `: log positions of its first record and after its last. Of `END `: where the index is in the file. */
  readonly first: number;
  readonly end: number;
  /** Records of the log before it, records in it, and exchanges that begin in it. */
  readonly firstRecord: number;
  readonly records: number;
  readonly exchanges: number;
  /** Microseconds since the capture's epoch; both 0 without records. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Bytes that crossed the wire. */
  readonly wireBytes: number;
  /** Bytes at the payload's start that are carried copies (feed: `carried`), each with its anchor. */
  readonly carried: number;
  readonly checksum: number;
}

export const EMPTY: BlockHeader = {
  tag: 0,
  length: 0,
  first: 0,
  end: 0,
  firstRecord: 0,
  records: 0,
  exchanges: 0,
  firstTime: 0,
  lastTime: 0,
  wireBytes: 0,
  carried: 0,
  checksum: 0,
};

export function preamble(): Uint8Array {
  const bytes = new Uint8Array(PREAMBLE_BYTES);
  bytes.set(SIGNATURE);
  new DataView(bytes.buffer).setUint16(SIGNATURE.length, FILE_VERSION, true);
  return bytes;
}

export function encodeHeader(header: BlockHeader): Uint8Array {
  const bytes = new Uint8Array(BLOCK_HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.tag, true);
  view.setUint32(4, header.length, true);
  view.setFloat64(8, header.first, true);
  view.setFloat64(16, header.end, true);
  view.setFloat64(24, header.firstRecord, true);
  view.setUint32(32, header.records, true);
  view.setUint32(36, header.exchanges, true);
  view.setFloat64(40, header.firstTime, true);
  view.setFloat64(48, header.lastTime, true);
  view.setFloat64(56, header.wireBytes, true);
  view.setUint32(64, header.carried, true);
  view.setUint32(72, header.checksum, true);
  view.setUint32(76, crc32(bytes.subarray(0, 76)), true);
  return bytes;
}

/** Undefined when the bytes are no header: cut short, changed, or of figures that no writer writes. */
export function decodeHeader(bytes: Uint8Array): BlockHeader | undefined {
  if (bytes.length < BLOCK_HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, BLOCK_HEADER);
  if (crc32(bytes.subarray(0, 76)) !== view.getUint32(76, true)) return undefined;
  const header: BlockHeader = {
    tag: view.getUint32(0, true),
    length: view.getUint32(4, true),
    first: view.getFloat64(8, true),
    end: view.getFloat64(16, true),
    firstRecord: view.getFloat64(24, true),
    records: view.getUint32(32, true),
    exchanges: view.getUint32(36, true),
    firstTime: view.getFloat64(40, true),
    lastTime: view.getFloat64(48, true),
    wireBytes: view.getFloat64(56, true),
    carried: view.getUint32(64, true),
    checksum: view.getUint32(72, true),
  };
  const isSound =
    header.length <= MOST_RUN_BYTES &&
    header.carried < header.length &&
    Number.isSafeInteger(header.first) &&
    Number.isSafeInteger(header.end) &&
    Number.isSafeInteger(header.firstRecord) &&
    header.first >= 0 &&
    header.end > header.first;
  return isSound || header.tag !== TAG.run ? header : undefined;
}

function tagOf(letters: string): number {
  return [...letters].reduceRight((tag, letter) => tag * 256 + letter.charCodeAt(0), 0);
}
