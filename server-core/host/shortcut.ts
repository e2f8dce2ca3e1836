/** Files that stand for something else: what a person drops who drops a shortcut means what it leads to. */
import { open } from 'node:fs/promises';
import { extname } from 'node:path';

/** Far longer than a shortcut is: whatever is larger only has the name of one. */
const MOST_BYTES = 65_536;

/** The path or URL that a shortcut leads to; undefined for what is none, or leads to neither. */
export async function shortcutTarget(path: string): Promise<string | undefined> {
  const read = READERS[extname(path).toLowerCase()];
  return read?.(await content(path));
}

const READERS: Readonly<Record<string, (bytes: Buffer) => string | undefined>> = {
  /** Windows, and what browsers make when an address is dragged out: an INI file. */
  '.url': (bytes) => address(/^URL=(.+)$/im.exec(bytes.toString())?.[1]),
  /** macOS: a property list, as text. */
  '.webloc': (bytes) => address(/<key>URL<\/key>\s*<string>([^<]+)<\/string>/.exec(bytes.toString())?.[1]),
  /** The Desktop Entry Specification's `Type=Link`. */
  '.desktop': (bytes) => {
    const text = bytes.toString();
    return /^Type=Link$/m.test(text) ? address(/^URL=(.+)$/m.exec(text)?.[1]) : undefined;
  },
  '.lnk': linkTarget,
};

/** Servers alone: a `file:` or a `javascript:` address is nothing to stand in front of. */
function address(text: string | undefined): string | undefined {
  const url = URL.parse((text ?? '').trim().replaceAll('&amp;', '&'));
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : undefined;
}

const HEADER_BYTES = 0x4c;
const FLAGS_AT = 0x14;
const HAS_TARGET_IDS = 1;
const HAS_LINK_INFO = 2;
/** From here on the header of LinkInfo has places of Unicode texts. */
const UNICODE_HEADER_BYTES = 0x24;
const HAS_LOCAL_PATH = 1;

/** [MS-SHLLINK] §2: a header, perhaps a list of ids, and LinkInfo with the local path. */
function linkTarget(bytes: Buffer): string | undefined {
  try {
    if (bytes.readUInt32LE(0) !== HEADER_BYTES) return undefined;
    const flags = bytes.readUInt32LE(FLAGS_AT);
    if (!(flags & HAS_LINK_INFO)) return undefined;
    const at = HEADER_BYTES + (flags & HAS_TARGET_IDS ? 2 + bytes.readUInt16LE(HEADER_BYTES) : 0);
    const info = bytes.subarray(at, at + bytes.readUInt32LE(at));
    if (!(info.readUInt32LE(8) & HAS_LOCAL_PATH)) return undefined;
    const hasUnicode = info.readUInt32LE(4) >= UNICODE_HEADER_BYTES;
    const path = hasUnicode
      ? unicodeAt(info, info.readUInt32LE(0x1c)) + unicodeAt(info, info.readUInt32LE(0x20))
      : ansiAt(info, info.readUInt32LE(0x10)) + ansiAt(info, info.readUInt32LE(0x18));
    return path === '' ? undefined : path;
  } catch (error) {
    // It ends before it should.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** In the system's code page, of which ASCII is sure. */
function ansiAt(info: Buffer, at: number): string {
  const end = info.indexOf(0, at);
  return info.toString('latin1', at, end === -1 ? undefined : end);
}

function unicodeAt(info: Buffer, at: number): string {
  let end = at;
  while (info.readUInt16LE(end) !== 0) end += 2;
  return info.toString('utf16le', at, end);
}

async function content(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
