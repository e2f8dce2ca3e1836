import type { ByteSource } from './response.ts';

/** Thrown by a source that wants its connection reset (RST), rather than closed. */
export class ConnectionReset extends Error {
  constructor() {
    super('The connection is reset on purpose');
  }
}

/**
 * Content from anything that yields bytes, read no faster than the client takes it. `length` is in bytes, undefined
 * when it is not known. When the client goes first, the iterator's `return` is called, so a generator's `finally`
 * runs once what it waits for has come, and a Node stream is destroyed; `closed` is called once in any case, and at
 * once.
 */
export function byteSource(
  bytes: AsyncIterable<Uint8Array> & { destroy?(): unknown },
  length?: number,
  closed: () => void = () => {},
): ByteSource {
  const iterator = bytes[Symbol.asyncIterator]();
  let ended = false;
  return {
    length,
    chunks: () => ({
      [Symbol.asyncIterator]: () => ({
        async next() {
          const result = await iterator.next();
          if (result.done) ended = true;
          return result;
        },
      }),
    }),
    close() {
      closed();
      if (ended) return;
      // Not awaited, since a generator stays where it waits; its failure has nobody left to hear it.
      void iterator.return?.().catch(() => {});
      // So does the iterator of a Node stream, unless the stream is destroyed.
      bytes.destroy?.();
    },
  };
}

/** The same content seen on its way: `passed` gets the length of each piece, `closed` is called when it was let go. */
export function watchedSource(
  source: ByteSource,
  passed: (bytes: number) => void,
  closed: () => void,
): ByteSource {
  return {
    length: source.length,
    ...(source.stable === undefined ? {} : { stable: source.stable }),
    ...(source.trailers === undefined ? {} : { trailers: () => source.trailers?.() ?? [] }),
    ...(source.trailerNames === undefined ? {} : { trailerNames: source.trailerNames }),
    async *chunks() {
      for await (const piece of source.chunks()) {
        passed(piece.length);
        yield piece;
      }
    },
    close() {
      source.close();
      closed();
    },
  };
}
