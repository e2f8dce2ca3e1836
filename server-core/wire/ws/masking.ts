/**
 * Copies payload bytes `from`…`to` of `source` into `target` at `at`, XORed with a masking key (RFC 6455 §5.3):
 * the same call masks and unmasks. `position` is the payload offset of the first of them. Source and target may
 * be the same array when the bytes keep their place.
 */
export function applyMask(
  key: number,
  position: number,
  source: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  at: number,
): void {
  // Turned so that the first byte meets its own octet of the key wherever the payload was cut.
  const shift = (position & 3) * 8;
  const turned = shift === 0 ? key : (key << shift) | (key >>> (32 - shift));
  const a = turned >>> 24;
  const b = (turned >>> 16) & 0xff;
  const c = (turned >>> 8) & 0xff;
  const d = turned & 0xff;
  let out = at;
  let i = from;
  for (; i + 3 < to; i += 4, out += 4) {
    target[out] = source[i]! ^ a;
    target[out + 1] = source[i + 1]! ^ b;
    target[out + 2] = source[i + 2]! ^ c;
    target[out + 3] = source[i + 3]! ^ d;
  }
  if (i < to) target[out] = source[i]! ^ a;
  if (i + 1 < to) target[out + 1] = source[i + 1]! ^ b;
  if (i + 2 < to) target[out + 2] = source[i + 2]! ^ c;
}
