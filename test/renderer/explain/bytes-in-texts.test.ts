import { describe, expect, it } from 'vitest';
import { copyAs } from '../../../renderer/explain/copy-formats.ts';
import { characterAt, readingsOf } from '../../../renderer/explain/number-readings.ts';

const bytes = new TextEncoder().encode('GET\r\n"ü\0');

describe('copying bytes', () => {
  it.each([
    ['hex', '47 45 54 0d 0a 22 c3 bc 00'],
    ['base64', 'R0VUDQoiw7wA'],
    ['escaped', '"GET\\r\\n\\"\\xc3\\xbc\\x00"'],
    ['text', 'GET\r\n"ü\0'],
  ] as const)('as %s', (format, text) => {
    expect(copyAs(bytes, format)).toBe(text);
  });

  it('escapes digits that C would take for more of the number before them', () => {
    expect(copyAs(Uint8Array.from([0x00, 0x61, 0x46, 0x67, 0x0d, 0x30]), 'escaped')).toBe(
      '"\\x00\\x61\\x46g\\r0"',
    );
  });

  it('as a C array that compiles', () => {
    expect(copyAs(bytes.subarray(0, 3), 'c')).toBe(
      'static const unsigned char data[3] = {\n  0x47, 0x45, 0x54,\n};\n',
    );
  });

  it('as a dump with the offsets of the message', () => {
    const lines = copyAs(new TextEncoder().encode('0123456789abcdefXY'), 'dump', 0x20).split('\n');
    expect(lines).toEqual([
      '00000020  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|',
      '00000030  58 59                                             |XY|',
      '00000032',
      '',
    ]);
  });

  it('as base64 at any length', () => {
    const many = Uint8Array.from({ length: 20_001 }, (_, i) => i & 0xff);
    expect(copyAs(many, 'base64')).toBe(Buffer.from(many).toString('base64'));
  });
});

describe('readings', () => {
  const read = (values: number[]) =>
    Object.fromEntries(
      readingsOf(Uint8Array.from(values)).map(({ name, little, big }) => [name, [little, big]]),
    );

  it('reads numbers both ways round, and leaves out what the bytes do not reach', () => {
    expect(read([0xfe, 0x01, 0x00, 0x00])).toMatchObject({
      binary: ['1111 1110', undefined],
      u8: ['254', undefined],
      i8: ['-2', undefined],
      u16: ['510', '65025'],
      u32: ['510', '4261478400'],
      i32: ['510', '-33488896'],
    });
    expect(Object.keys(read([1]))).toEqual(['binary', 'u8', 'i8', 'UTF-8']);
    expect(read([0, 0, 0x80, 0x3f, 0, 0, 0, 0]).f32?.[0]).toBe('1');
    expect(read([0x61, 0x72, 0x79, 0x3a]).f32).toEqual(['9.51564e-4', '2.79553e+20']);
    expect(read([0, 0, 0x80, 0x7f]).f32).toEqual(['Infinity', '4.609571e-41']);
    expect(read([1, 0, 0, 0, 0, 0, 0, 0]).u64).toEqual(['1', '72057594037927936']);
  });

  it.each([
    [[0x41], 'A U+0041'],
    [[0xc3, 0xbc], 'ü U+00FC'],
    [[0xf0, 0x9f, 0x98, 0x80], '😀 U+1F600'],
    [[0x0d], 'U+000D'],
    [[0xbc], 'within a character'],
    [[0xc3, 0x41], 'not UTF-8'],
  ])('%j begins %s', (values, name) => {
    expect(characterAt(Uint8Array.from(values))).toBe(name);
  });
});
