/** Captured bytes as a file of the person's. */
import type { Store } from '../../store/queries/store.ts';
import { saveFile } from '../shell/save-file.ts';

/** Pulled at once: rows of the list come in between. */
const PIECE = 4 * 1024 * 1024;
/** What a browser holds of one page's blobs without complaint. */
const MOST_BYTES = 1024 ** 3;

export function saveBytes(pieces: readonly Uint8Array[], name: string): void {
  saveFile(name, new Blob(pieces as Uint8Array<ArrayBuffer>[], { type: 'application/octet-stream' }));
}

/** A message to the byte, framing included. Resolves to one sentence. */
export async function saveMessage(
  store: Store,
  exchange: number,
  direction: 'in' | 'out',
  target: string,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const piece = await store.readBytes(exchange, direction, length, length + PIECE);
      if (piece.length === 0) break;
      pieces.push(piece);
      length += piece.length;
      if (length > MOST_BYTES) return 'It is longer than 1 GiB: save the capture instead';
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const name = `${fileName(target)}.${direction === 'in' ? 'request' : 'response'}.http`;
  saveBytes(pieces, name);
  return `Saved ${name}`;
}

/** The last part of a target, as it can be a name on any disk. */
export function fileName(target: string): string {
  const name = target.split(/[?#]/)[0]!.split('/').at(-1) ?? '';
  return name.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_') || 'content';
}
