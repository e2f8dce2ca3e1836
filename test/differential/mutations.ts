/** Requests that are wrong in small ways, made from good ones. The same seed makes the same requests for ever. */

/** mulberry32: whole numbers below `bound`. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

/** Bytes and words on which readers have disagreed. */
const WORDS = [
  ...['\0', '\t', '\n', '\r', '\r\n', ' ', '\x0b', '\x7f', '\x80', '\xff', ':', ';', ',', '"', '0', '#', '%'],
  ...['\r\n\r\n', ' HTTP/1.1', '0\r\n\r\n', 'Content-Length: 5\r\n', 'Content-Length: +5\r\n'],
  ...['Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', 'Transfer-Encoding:\r\n'],
  ...['Transfer-Encoding: chunked, chunked\r\n', 'Transfer-Encoding\t: chunked\r\n', 'Connection: close\r\n'],
  ...['Host: b\r\n', 'Host:\r\n', ' folded\r\n', 'X-Y: z\r\n', ';a=b', ';a="b"', 'GET / HTTP/1.1\r\n'],
].map((word) => Buffer.from(word, 'latin1'));

export function mutations(requests: readonly Uint8Array[], count: number, seed: number): Uint8Array[] {
  const below = random(seed);
  return Array.from({ length: count }, () => {
    let bytes = Buffer.from(requests[below(requests.length)]!);
    for (let changes = 1 + below(2); changes > 0; changes--) bytes = changed(bytes, requests, below);
    return bytes;
  });
}

type Below = (bound: number) => number;

function changed(bytes: Buffer, requests: readonly Uint8Array[], below: Below): Buffer<ArrayBuffer> {
  const at = below(bytes.length + 1);
  const lines = bytes.toString('latin1').split(/(?<=\r\n)/);
  const line = below(lines.length);
  switch (below(8)) {
    case 0:
      return joined(bytes.subarray(0, at), WORDS[below(WORDS.length)]!, bytes.subarray(at));
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + below(3)));
    case 2:
      return joined(bytes.subarray(0, at), Buffer.of(below(256)), bytes.subarray(at + 1));
    case 3:
      return joined(bytes.subarray(0, at));
    case 4:
      return text(lines.toSpliced(line, 0, lines[line]!));
    case 5:
      return text(lines.toSpliced(line, 0, WORDS[below(WORDS.length)]!.toString('latin1')));
    case 6:
      return text(lines.map((one, i) => (i === line ? one.replace('\r\n', '\n') : one)));
    default:
      return joined(bytes, Buffer.from(requests[below(requests.length)]!));
  }
}

function joined(...parts: Uint8Array[]): Buffer<ArrayBuffer> {
  return Buffer.concat(parts);
}

function text(lines: readonly string[]): Buffer<ArrayBuffer> {
  return Buffer.from(lines.join(''), 'latin1');
}
