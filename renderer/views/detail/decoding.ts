/** Content codings undone by the browser itself, RFC 9110 §8.4.1, or by the host where it knows no way. */
import {
  HOST_CODINGS,
  type HostCoding,
  MOST_CODED_BYTES,
  UNDONE,
} from '../../../server-core/capture/undo-call.ts';
import { joined } from './joined-bytes.ts';

export interface Decoded {
  /** As much as could be had; undefined when nothing could. */
  readonly bytes: Uint8Array | undefined;
  /** One sentence. */
  readonly problem: string | undefined;
}

/** Names for DecompressionStream, the first that the browser knows is taken. */
const FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ['gzip', ['gzip']],
  ['x-gzip', ['gzip']],
  ['deflate', ['deflate', 'deflate-raw']],
  ['br', ['brotli', 'br']],
  ['zstd', ['zstd']],
]);
/** A bomb of 64 MB is defused here; Chrome shows as much of a body at most. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Resolves to what could be had behind a byte of UNDONE. */
export type HostUndo = (coding: HostCoding, content: Uint8Array) => Promise<Uint8Array>;

/** @param whole false where the content goes on: that it stops in the middle is then no fault */
export async function decoded(
  content: Uint8Array,
  codings: readonly string[],
  whole: boolean,
  atHost?: HostUndo,
): Promise<Decoded> {
  let bytes = content;
  for (const coding of [...codings].reverse()) {
    if (coding === 'identity' || bytes.length === 0) continue;
    const formats = (FORMATS.get(coding) ?? []).filter(isKnown);
    const byHost = formats.length === 0 && atHost ? await undoneAtHost(bytes, coding, atHost) : undefined;
    if (formats.length === 0 && byHost === undefined) {
      return { bytes: undefined, problem: `This browser cannot undo ${coding}, so the content stays coded` };
    }
    const results: Undone[] = byHost ? [byHost] : [];
    for (const format of formats) {
      results.push(await undone(bytes, format));
      // Some senders leave the wrapper of zlib out; nothing of it then is readable.
      if (results.at(-1)!.bytes.length > 0) break;
    }
    const best = results.at(-1)!.bytes.length > 0 ? results.at(-1)! : results[0]!;
    bytes = best.bytes;
    if (best.cut) return { bytes, problem: `Shown up to ${byHost ? 4 : 64} MB` };
    if (best.failed && whole)
      return { bytes, problem: `The content is not whole or not ${coding}: it broke off here` };
  }
  return { bytes, problem: undefined };
}

interface Undone {
  readonly bytes: Uint8Array;
  readonly failed: boolean;
  readonly cut: boolean;
}

/** Undefined when the host cannot either, or is gone. */
async function undoneAtHost(bytes: Uint8Array, coding: string, ask: HostUndo): Promise<Undone | undefined> {
  const known = HOST_CODINGS.find((each) => each === coding);
  if (known === undefined || bytes.length > MOST_CODED_BYTES) return undefined;
  const answer = await ask(known, bytes).catch(() => undefined);
  if (answer === undefined) return undefined;
  const [state] = answer;
  return { bytes: answer.subarray(1), failed: state === UNDONE.broken, cut: state === UNDONE.cut };
}

async function undone(bytes: Uint8Array, format: string): Promise<Undone> {
  const stream = new DecompressionStream(format as CompressionFormat);
  const writer = stream.writable.getWriter();
  // A failure shows on the side that is read.
  void writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      length += next.value.length;
      if (length <= MOST_BYTES) continue;
      void reader.cancel().catch(() => undefined);
      return { bytes: joined(pieces), failed: false, cut: true };
    }
    return { bytes: joined(pieces), failed: false, cut: false };
  } catch {
    return { bytes: joined(pieces), failed: true, cut: false };
  }
}

function isKnown(format: string): boolean {
  try {
    new DecompressionStream(format as CompressionFormat);
    return true;
  } catch {
    return false;
  }
}
