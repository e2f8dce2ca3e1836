/** The two containers that icons of a platform come in. Both hold plain PNG files. */

export interface Picture {
  /** Pixels on a side. */
  readonly size: number;
  readonly png: Buffer;
}

/** What an `icns` calls a picture of that many pixels: some stand for a smaller one on a dense screen. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};
const ICO_ENTRY = 16;

/** Apple's Icon Image format; pictures of other sizes than it has names for are left out. */
export function icns(pictures: readonly Picture[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) => {
    const types = ICNS_TYPES[size] ?? [];
    return types.flatMap((type) => [tagged(type, png.length), png]);
  });
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([tagged('icns', length), ...entries]);
}

/** Windows' icon format; at most 256 pixels on a side, which it writes as 0. */
export function ico(pictures: readonly Picture[]): Buffer {
  const fitting = pictures.filter(({ size }) => size <= 256);
  const head = Buffer.alloc(6 + fitting.length * ICO_ENTRY);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(fitting.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of fitting.entries()) {
    const at = 6 + index * ICO_ENTRY;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...fitting.map(({ png }) => png)]);
}

/** Four letters, and the length with these eight bytes. */
function tagged(type: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + length, 4);
  return head;
}
