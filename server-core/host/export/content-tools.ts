import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import type { ContentTools } from '../../formats/export/content.ts';
import { MessageInflater } from '../../net/web-socket-deflate.ts';

/** 64 MiB: a few kilobytes can become gigabytes. */
const MOST_DECODED = { maxOutputLength: 64 * 1024 * 1024 };

type Undo = (bytes: Uint8Array) => Promise<Uint8Array>;

const gunzipped = promisify(gunzip) as (bytes: Uint8Array, options: object) => Promise<Uint8Array>;
const inflated = promisify(inflate) as typeof gunzipped;
const rawInflated = promisify(inflateRaw) as typeof gunzipped;
const unbrotli = promisify(brotliDecompress) as typeof gunzipped;
const unzstd = promisify(zstdDecompress) as typeof gunzipped;

/** A map: what a message names may be a name of Object.prototype. */
const UNDO: ReadonlyMap<string, Undo> = new Map<string, Undo>([
  ['gzip', (bytes) => gunzipped(bytes, MOST_DECODED)],
  ['x-gzip', (bytes) => gunzipped(bytes, MOST_DECODED)],
  // RFC 9110 §8.4.1.2: some send it without the zlib wrapper.
  ['deflate', (bytes) => inflated(bytes, MOST_DECODED).catch(() => rawInflated(bytes, MOST_DECODED))],
  ['br', (bytes) => unbrotli(bytes, MOST_DECODED)],
  ['zstd', (bytes) => unzstd(bytes, MOST_DECODED)],
]);

export const CONTENT_TOOLS: ContentTools = {
  decode: async (coding, bytes) => UNDO.get(coding)?.(bytes).catch(() => undefined),
  text: (bytes) => (isUtf8(bytes) ? view(bytes).toString('utf8') : undefined),
  base64: (bytes) => view(bytes).toString('base64'),
  inflater,
};

function inflater(): ReturnType<ContentTools['inflater']> {
  // Who was told to forget the messages before does not refer to them.
  const stream = new MessageInflater({
    ...{ clientNoContextTakeover: false, serverNoContextTakeover: false, serverMaxWindowBits: undefined },
  });
  let isBroken = false;
  return async (message) => {
    if (isBroken) return undefined;
    const found = await stream.inflate(message, MOST_DECODED.maxOutputLength).catch(() => undefined);
    isBroken = found === undefined;
    return found;
  };
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
