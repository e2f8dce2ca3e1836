/**
 * Files as a ZIP archive, one after the other, not compressed: PKWARE APPNOTE 6.3.10 §4.3. Names are UTF-8. Libraries
 * that write as they go, fflate among them, put the size behind the bytes; Java's reader refuses that of stored files.
 */
import { encodeUtf8 } from '../../capture/text.ts';
import type { BodyFile } from './body-files.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** Without its 64-bit form an archive has 4 GiB and 65 535 files. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;

/** For the list of files at its end. */
const ROOM = 64 * 1024 * 1024;

export type Crc32 = (bytes: Uint8Array) => number;

/** The pieces of the archive. What does not fit any more is left out, and told in a file of its own. */
export async function* zipArchive(files: AsyncIterable<BodyFile>, crc32: Crc32): AsyncGenerator<Uint8Array> {
  const entries: Uint8Array[] = [];
  let at = 0;
  let left = 0;
  const add = (file: BodyFile): Uint8Array[] => {
    const name = encodeUtf8(file.name);
    const fields = entryFields(file, crc32(file.bytes), name.length);
    entries.push(joined([header(CENTRAL, fields, at), name]));
    const local = joined([header(LOCAL, fields, undefined), name]);
    at += local.length + file.bytes.length;
    return [local, file.bytes];
  };
  for await (const file of files) {
    const fits = at + file.bytes.length < MOST_BYTES - ROOM;
    if (fits && entries.length < MOST_FILES - 1) yield* add(file);
    else left++;
  }
  if (left > 0) {
    const text = `${left} more files do not fit into one archive; export fewer requests, or to a folder from the command line.\n`;
    yield* add({ name: 'LEFT OUT.txt', bytes: encodeUtf8(text), timeMs: 0 });
  }
  const size = entries.reduce((sum, entry) => sum + entry.length, 0);
  for (const entry of entries) yield entry;
  yield endRecord(entries.length, size, at);
}

interface EntryFields {
  readonly time: number;
  readonly date: number;
  readonly checksum: number;
  readonly size: number;
  readonly nameLength: number;
}

function entryFields({ bytes, timeMs }: BodyFile, checksum: number, nameLength: number): EntryFields {
  const when = new Date(Math.max(timeMs, Date.UTC(1980, 0, 1)));
  const time = (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1);
  const date = ((when.getUTCFullYear() - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate();
  return { time, date, checksum, size: bytes.length, nameLength };
}

/** Both headers have the same fields in the middle; `offset` is that of the local one. */
function header(signature: number, fields: EntryFields, offset: number | undefined): Uint8Array {
  const isCentral = offset !== undefined;
  const bytes = new Uint8Array(isCentral ? 46 : 30);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  if (isCentral) view.setUint16(4, VERSION, true);
  const at = isCentral ? 6 : 4;
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 6, fields.time, true);
  view.setUint16(at + 8, fields.date, true);
  view.setUint32(at + 10, fields.checksum, true);
  view.setUint32(at + 14, fields.size, true);
  view.setUint32(at + 18, fields.size, true);
  view.setUint16(at + 22, fields.nameLength, true);
  if (isCentral) view.setUint32(42, offset, true);
  return bytes;
}

function endRecord(count: number, size: number, at: number): Uint8Array {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return bytes;
}

function joined([first, second]: readonly [Uint8Array, Uint8Array]): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
