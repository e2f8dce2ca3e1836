import { describe, expect, it } from 'vitest';
import { byteSource, watchedSource } from '../../server-core/http/byte-source.ts';

/** Two pieces from a generator that says when it ends. */
function twoPieces() {
  const said: string[] = [];
  async function* pieces() {
    try {
      yield Uint8Array.of(1);
      yield Uint8Array.of(2, 3);
      said.push('whole');
    } finally {
      said.push('finally');
    }
  }
  return { said, pieces: pieces() };
}

/** The generator's `finally` runs in a later turn. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a byte source', () => {
  it('gives the pieces in order, and is closed once', async () => {
    const { said, pieces } = twoPieces();
    const source = byteSource(pieces, 3, () => said.push('closed'));
    const read: number[] = [];
    for await (const piece of source.chunks()) read.push(...piece);
    source.close();
    await turn();
    expect([source.length, read, said]).toEqual([3, [1, 2, 3], ['whole', 'finally', 'closed']]);
  });

  it('that is left in the middle runs the generator’s finally', async () => {
    const { said, pieces } = twoPieces();
    const source = byteSource(pieces);
    for await (const _ of source.chunks()) break;
    source.close();
    await turn();
    expect(said).toEqual(['finally']);
  });

  it('that is never read starts nothing', async () => {
    const { said, pieces } = twoPieces();
    byteSource(pieces).close();
    await turn();
    expect(said).toEqual([]);
  });

  it('asks for no piece before the one before was taken', async () => {
    let asked = 0;
    async function* counted() {
      for (;;) {
        asked++;
        yield Uint8Array.of(asked);
      }
    }
    const source = byteSource(counted());
    for await (const piece of source.chunks()) {
      expect(asked).toBe(piece[0]);
      if (asked === 5) break;
    }
    source.close();
  });
});

it('a watched source tells what passes and when it is let go', async () => {
  const { said, pieces } = twoPieces();
  const passed: number[] = [];
  const source = watchedSource(
    byteSource(pieces, 3),
    (bytes) => passed.push(bytes),
    () => said.push('closed'),
  );
  for await (const _ of source.chunks());
  source.close();
  expect([source.length, passed, said.at(-1)]).toEqual([3, [1, 2], 'closed']);
});
