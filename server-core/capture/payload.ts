import { KIND } from './events.ts';
import { BYTES_HEADER, FLAG, REPEAT_BYTES } from './layout.ts';
import type { Records } from './segment.ts';

/**
 * The payload of the `bytes` record at a position, as a copy; or the position of the record whose payload it
 * repeats, which may lie in a stretch before this one. Undefined when no such record is there.
 */
export function payloadAt(records: Records, position: number): Uint8Array | number | undefined {
  const { bytes, view, used, start } = records;
  const at = position - start;
  if (at + BYTES_HEADER > used || bytes[at + 4] !== KIND.bytes) return undefined;
  const length = view.getUint32(at, true);
  if (at + length > used) return undefined;
  if ((bytes[at + 5]! & FLAG.repeat) !== 0) {
    return length === REPEAT_BYTES ? position - view.getUint32(at + BYTES_HEADER, true) : undefined;
  }
  if (length !== BYTES_HEADER + view.getUint32(at + 28, true)) return undefined;
  return bytes.slice(at + BYTES_HEADER, at + length);
}

/** As `payloadAt`, where what is repeated stands in the same stretch. */
export function ownPayloadAt(records: Records, position: number): Uint8Array | undefined {
  const found = payloadAt(records, position);
  const payload = typeof found === 'number' ? payloadAt(records, found) : found;
  return typeof payload === 'number' ? undefined : payload;
}
