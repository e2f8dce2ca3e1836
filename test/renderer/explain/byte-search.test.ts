import { describe, expect, it } from 'vitest';
import {
  MOST_MATCHES,
  type Needle,
  needleOf,
  offsetOf,
  searchBytes,
} from '../../../renderer/explain/byte-search.ts';

const PIECE = 1024 * 1024;

async function find(content: string | Uint8Array, words: string, mode: 'text' | 'hex' | 'regex') {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const needle = needleOf(words, mode) as Needle;
  const read = async (from: number, to: number) => bytes.slice(from, to);
  const found = await searchBytes(read, bytes.length, needle, new AbortController().signal);
  return found.map(({ start, end }) => [start, end]);
}

describe('search', () => {
  it('finds text without regard to the case of ASCII letters', async () => {
    expect(await find('Host: HOST', 'host', 'text')).toEqual([
      [0, 4],
      [6, 10],
    ]);
    expect(await find('Ü ü', 'ü', 'text')).toEqual([[3, 5]]);
  });

  it('finds hex, however it is written', async () => {
    expect(await find('a\r\nb\r\n', '0d 0a', 'hex')).toEqual([
      [1, 3],
      [4, 6],
    ]);
    expect(await find('a\r\n', '0x0D,0x0A', 'hex')).toEqual([[1, 3]]);
  });

  it('finds by expression, over line ends, and skips matches of nothing', async () => {
    expect(await find('id=1; id=22', 'id=\\d+', 'regex')).toEqual([
      [0, 4],
      [6, 11],
    ]);
    expect(await find('a\r\nb', 'a..b', 'regex')).toEqual([[0, 4]]);
    expect(await find('aaa', 'b*', 'regex')).toEqual([]);
    expect(await find(Uint8Array.of(0x41, 0xff, 0x41), '[\\x80-\\xff]', 'regex')).toEqual([[1, 2]]);
  });

  it('finds what lies over the edge of a piece, once', async () => {
    const bytes = new Uint8Array(PIECE * 2 + 100).fill(0x2e);
    bytes.set(new TextEncoder().encode('needle'), PIECE - 3);
    bytes.set(new TextEncoder().encode('needle'), PIECE * 2);
    const places = [
      [PIECE - 3, PIECE + 3],
      [PIECE * 2, PIECE * 2 + 6],
    ];
    expect(await find(bytes, 'needle', 'text')).toEqual(places);
    expect(await find(bytes, 'n[e]{2}dle', 'regex')).toEqual(places);
  });

  it('matches do not overlap, also over the edge of a piece', async () => {
    const bytes = new Uint8Array(PIECE + 3).fill(0x61);
    const found = await find(bytes.subarray(PIECE - 5), 'aa', 'text');
    expect(found).toHaveLength(4);
  });

  it('stops at the bound', async () => {
    expect(await find('a'.repeat(MOST_MATCHES + 5), 'a', 'text')).toHaveLength(MOST_MATCHES);
  });

  it('says what is wrong with words that cannot be searched for', () => {
    expect(needleOf('', 'text')).toBeUndefined();
    expect(needleOf('0d0', 'hex')).toMatch(/pairs of digits/);
    expect(needleOf('(', 'regex')).toMatch(/cannot be read/);
  });
});

describe('offsets as they are typed', () => {
  it.each([
    ['120', 120],
    ['0x78', 120],
    ['+16', 66],
    ['-0x10', 34],
    ['1 024', 1024],
    ['ten', undefined],
    ['', undefined],
  ])('%s', (words, offset) => {
    expect(offsetOf(words, 50)).toBe(offset);
  });
});
