/** Content codings, RFC 9110 §8.4.1: their names, the files they come in, and how they are made. */
import {
  type BrotliCompress,
  type BrotliOptions,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  Gzip,
  gzip,
  type ZlibOptions,
  type ZstdCompress,
  type ZstdOptions,
  zstdCompress,
} from 'node:zlib';

export type Coding = 'br' | 'gzip' | 'zstd';

/** Codings with the ends that precompressed files have, the one that is usually smallest first. */
export const SIBLING_ENDS: readonly (readonly [Coding, string])[] = [
  ['br', '.br'],
  ['zstd', '.zst'],
  ['gzip', '.gz'],
];

/** What is made here, the one that takes the least time first: zstd is some three times as fast as the others. */
export const MADE_CODINGS: readonly Coding[] = ['zstd', 'br', 'gzip'];

/** Below this nothing is won: it is one packet either way. Express's `compression` has the same default. */
export const MIN_CODED_BYTES = 1_024;

/** Text, and what is written as text. */
const TEXTUAL = /^text\/|[/+](?:json|xml|javascript|yaml|toml|sql|rtf)$/;

/** Binary, yet with much repeated in it. Other binary types are compressed already, or not known to gain. */
const LOOSE = new Set([
  'application/wasm',
  'application/vnd.ms-fontobject',
  'application/x-ndjson',
  'application/x-sh',
  'application/x-httpd-php',
  'font/otf',
  'font/ttf',
  'image/bmp',
  'image/vnd.microsoft.icon',
  'image/x-icon',
  'model/gltf-binary',
  'model/mtl',
  'model/obj',
  'model/stl',
]);

/** Whether content of a type usually shrinks. `type` may have parameters. */
export function isCompressible(type: string): boolean {
  const essence = type.split(';', 1)[0]!.trim().toLowerCase();
  return TEXTUAL.test(essence) || LOOSE.has(essence);
}

const CHUNK_BYTES = 65_536;

/** zlib's own default level, which is also what most servers use. */
const GZIP: ZlibOptions = { level: 6, chunkSize: CHUNK_BYTES };

/** Quality 4 takes half of gzip's time for a little less than its size; 11, Node's default, takes a hundred times it. */
function brotliOptions(bytes: number | undefined): BrotliOptions {
  return {
    chunkSize: CHUNK_BYTES,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      // 512 KiB, as nginx's module has it: a stream's memory grows with the window.
      [constants.BROTLI_PARAM_LGWIN]: 19,
      [constants.BROTLI_PARAM_SIZE_HINT]: Math.min(bytes ?? 0, 0x3fffffff),
    },
  };
}

/** zstd's own default level; its window is below the 8 MiB that RFC 9659 allows on the web. */
const ZSTD: ZstdOptions = { chunkSize: CHUNK_BYTES, params: { [constants.ZSTD_c_compressionLevel]: 3 } };

export type Encoder = BrotliCompress | Gzip | ZstdCompress;

/**
 * A stream that codes what is written to it. `bytes` is how much will be, undefined when that is not known. The
 * caller ends or destroys it.
 */
export function encoderFor(coding: Coding, bytes: number | undefined): Encoder {
  if (coding === 'br') return createBrotliCompress(brotliOptions(bytes));
  return coding === 'gzip' ? createGzip(GZIP) : createZstdCompress(ZSTD);
}

/** Gives out all that was written so far, to be decoded before more comes. */
export function flushEncoder(encoder: Encoder): void {
  // zlib's own default here forgets its window each time; the other two have one kind only.
  if (encoder instanceof Gzip) encoder.flush(constants.Z_SYNC_FLUSH);
  else encoder.flush();
}

/** All of `content` coded, off the main thread. `content` must not change meanwhile; the result is the caller's. */
export function encodeWhole(coding: Coding, content: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, coded: Uint8Array) => (error ? reject(error) : resolve(coded));
    if (coding === 'br') brotliCompress(content, brotliOptions(content.length), done);
    else if (coding === 'gzip') gzip(content, GZIP, done);
    else zstdCompress(content, ZSTD, done);
  });
}
