/** One char per byte, in pieces: a call takes only so many arguments. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = '';
  for (let at = from; at < to; at += 8192) {
    // `apply` takes the bytes as they are; spreading would make an array of them first.
    const piece = bytes.subarray(at, Math.min(to, at + 8192)) as unknown as number[];
    text += String.fromCharCode.apply(undefined, piece);
  }
  return text;
}
