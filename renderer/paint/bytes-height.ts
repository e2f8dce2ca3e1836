/**
 * Height of a tick by its bytes, on a log scale: a head of some hundred bytes is clearly seen, and a thousand times
 * more is two or three times as high. From 3 px (anything at all) to `most`.
 */
export function bytesHeight(bytes: number, most: number): number {
  if (!(bytes > 0)) return 0;
  return Math.round(Math.min(most, 3 + (Math.log2(1 + bytes / 64) / LARGEST) * (most - 3)));
}

/** log2 of the bytes that reach full height, in units of 64: 16 MB. */
const LARGEST = 18;
