import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

/** Content with its coding (a value of Content-Encoding) taken off; as it is where there is none. */
export function decoded(coding: string | undefined, content: Uint8Array): Buffer {
  switch (coding) {
    case undefined:
      return Buffer.from(content);
    case 'br':
      return brotliDecompressSync(content);
    case 'gzip':
      return gunzipSync(content);
    case 'zstd':
      return zstdDecompressSync(content);
    default:
      throw new Error(`${coding} is not a coding that this server sends`);
  }
}
