import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icns, ico } from '../../build/packaging/icon-files.ts';
import { ROOT } from '../../build/project.ts';

const ICONS = join(ROOT, 'build', 'packaging', 'icons');
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Width and height as a PNG says them (its IHDR). */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(0, 8)).toEqual(SIGNATURE);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the icons', () => {
  it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('have a PNG of %i pixels', (size) => {
    expect(sizeOf(readFileSync(join(ICONS, `${size}x${size}.png`)))).toEqual([size, size]);
  });

  it('of Windows hold what they say', () => {
    const file = readFileSync(join(ICONS, 'icon.ico'));
    const sizes: number[] = [];
    for (let entry = 0; entry < file.readUInt16LE(4); entry++) {
      const at = 6 + entry * 16;
      const size = file.readUInt8(at) || 256;
      const from = file.readUInt32LE(at + 12);
      expect(sizeOf(file.subarray(from, from + file.readUInt32LE(at + 8)))).toEqual([size, size]);
      sizes.push(size);
    }
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('of macOS hold what they say, to the last byte', () => {
    const file = readFileSync(join(ICONS, 'icon.icns'));
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length]);
    const sizes: Record<string, number> = {};
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      sizes[file.toString('latin1', at, at + 4)] = sizeOf(file.subarray(at + 8))[0];
    }
    expect(sizes).toEqual({
      ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128 },
      ...{ ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 },
    });
  });

  it('leave out sizes that a container has no place for', () => {
    const png = readFileSync(join(ICONS, '24x24.png'));
    expect(icns([{ size: 24, png }])).toHaveLength(8);
    expect(ico([{ size: 512, png }])).toEqual(Buffer.from([0, 0, 1, 0, 0, 0]));
  });
});
