/** What the bytes from one place on would be as numbers, as a character and as bits. */
export interface Reading {
  readonly name: string;
  /** Least significant byte first; of one-byte readings the only one. */
  readonly little: string;
  /** Most significant byte first, the order of networks; undefined where there is no order. */
  readonly big: string | undefined;
}

/** @param bytes from the place on; up to eight are looked at, and what they do not reach is left out */
export function readingsOf(bytes: Uint8Array): Reading[] {
  const first = bytes[0];
  if (first === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const readings: Reading[] = [
    {
      name: 'binary',
      little: first
        .toString(2)
        .padStart(8, '0')
        .replace(/^(.{4})/, '$1 '),
      big: undefined,
    },
    { name: 'u8', little: `${first}`, big: undefined },
    { name: 'i8', little: `${view.getInt8(0)}`, big: undefined },
  ];
  const both = (name: string, size: number, read: (little: boolean) => number | bigint | string) => {
    if (bytes.length < size) return;
    readings.push({ name, little: `${read(true)}`, big: `${read(false)}` });
  };
  both('u16', 2, (little) => view.getUint16(0, little));
  both('i16', 2, (little) => view.getInt16(0, little));
  both('u32', 4, (little) => view.getUint32(0, little));
  both('i32', 4, (little) => view.getInt32(0, little));
  both('u64', 8, (little) => view.getBigUint64(0, little));
  both('f32', 4, (little) => short(view.getFloat32(0, little)));
  return [...readings, { name: 'UTF-8', little: characterAt(bytes), big: undefined }];
}

/** The character that begins here: itself and its code point, or why there is none. */
export function characterAt(bytes: Uint8Array): string {
  const first = bytes[0] ?? 0;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (length === 0) return 'within a character';
  try {
    const sign = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length));
    const code = sign.codePointAt(0) ?? 0;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return code < 0x21 || (code >= 0x7f && code < 0xa1) ? name : `${sign} ${name}`;
  } catch {
    return 'not UTF-8';
  }
}

/** As many digits as four bytes hold, and none that only fill up the places. */
function short(value: number): string {
  const rounded = Number(value.toPrecision(7));
  const size = Math.abs(rounded);
  const isPlain = size === 0 || !Number.isFinite(size) || (size >= 0.01 && size < 1e9);
  return isPlain ? `${rounded}` : rounded.toExponential();
}
