import { randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../../../renderer/views/detail/body-reader.ts';
import { decoded } from '../../../../renderer/views/detail/decoding.ts';

const text = 'wirescope '.repeat(1000);
const utf8 = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

describe('content codings', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    // Without the wrapper of zlib, as some senders have it.
    ['deflate', deflateRawSync(text)],
    ['identity', Buffer.from(text)],
  ])('%s is undone', async (coding, bytes) => {
    const result = await decoded(bytes, [coding], true);
    expect(result.problem).toBeUndefined();
    expect(utf8(result.bytes)).toBe(text);
  });

  it('several are undone from the last one on', async () => {
    expect(utf8((await decoded(gzipSync(deflateSync(text)), ['deflate', 'gzip'], true)).bytes)).toBe(text);
  });

  it('one that nobody knows is said so', async () => {
    const result = await decoded(Buffer.from('x'), ['rot13'], true);
    expect(result).toEqual({ bytes: undefined, problem: expect.stringMatching(/cannot undo rot13/) });
  });

  it('what broke off is shown up to there, and is a problem only where no more comes', async () => {
    const half = gzipSync(randomBytes(50_000)).subarray(0, 30_000);
    const ended = await decoded(half, ['gzip'], true);
    expect(ended.problem).toMatch(/broke off/);
    expect((await decoded(half, ['gzip'], false)).problem).toBeUndefined();
  });

  it('a bomb is defused', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const result = await decoded(bomb, ['gzip'], true);
    expect(result.problem).toMatch(/64 MB/);
    expect(result.bytes!.length).toBeLessThan(80_000_000);
  });
});

describe('a body', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const wire = Buffer.concat([
    Buffer.from(head),
    ...[gzipSync(text).subarray(0, 20), gzipSync(text).subarray(20)].flatMap((piece) => [
      Buffer.from(`${piece.length.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('0\r\n\r\n'),
  ]);

  function reader(asked: [number, number][] = []) {
    return new BodyReader({
      role: 'response',
      method: 'GET',
      codings: ['gzip'],
      read: async (from, to) => {
        asked.push([from, to]);
        return wire.subarray(from, to);
      },
    });
  }
  const { signal } = new AbortController();

  it('has its bytes on the wire, without chunk lines, and decoded', async () => {
    const body = await reader().advance(head.length, wire.length, wire.length, signal);
    expect(utf8(body?.plain)).toBe(text);
    expect(Buffer.from(body!.content)).toEqual(gzipSync(text));
    expect(Buffer.from(body!.wire)).toEqual(wire.subarray(head.length));
    expect(body).toMatchObject({ whole: true, problem: undefined });
  });

  it('is read up to a bound, and on from there without reading twice', async () => {
    const asked: [number, number][] = [];
    const body = reader(asked);
    const first = await body.advance(head.length, head.length + 10, wire.length, signal);
    expect(first).toMatchObject({ whole: false, problem: undefined });
    expect(first?.wire).toHaveLength(10);
    const second = await body.advance(head.length, wire.length, wire.length, signal);
    expect(utf8(second?.plain)).toBe(text);
    expect(asked).toEqual([
      [0, head.length + 10],
      [head.length + 10, wire.length],
    ]);
  });

  it('that breaks off is no problem while more of it may come', async () => {
    const most = wire.length - 30;
    const body = reader();
    const growing = await body.advance(head.length, most, most, signal, true);
    expect(growing).toMatchObject({ whole: true, problem: undefined });
    const ended = await body.advance(head.length, most, most, signal);
    expect(ended?.problem).toMatch(/broke off/);
  });

  it('that nobody wants any more is left alone', async () => {
    const abort = new AbortController();
    abort.abort();
    const body = reader();
    expect(await body.advance(head.length, wire.length, wire.length, abort.signal)).toBeUndefined();
    expect(utf8((await body.advance(head.length, wire.length, wire.length, signal))?.plain)).toBe(text);
  });
});
