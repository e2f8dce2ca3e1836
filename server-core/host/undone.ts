import { createBrotliDecompress, createZstdDecompress } from 'node:zlib';
import { MOST_UNDONE_BYTES, UNDONE, type UndoCall } from '../capture/undo-call.ts';

const PIECES = { chunkSize: 64 * 1024 };

/** Content without its coding, as far as it can be had; the first byte is of UNDONE. */
export async function undone({ coding, content }: UndoCall): Promise<Uint8Array> {
  const stream = coding === 'br' ? createBrotliDecompress(PIECES) : createZstdDecompress(PIECES);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let state: number = UNDONE.whole;
  stream.end(Buffer.from(content, 'base64'));
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length <= MOST_UNDONE_BYTES) continue;
      state = UNDONE.cut;
      break;
    }
  } catch {
    state = UNDONE.broken;
  }
  return Buffer.concat([Uint8Array.of(state), ...pieces]);
}
