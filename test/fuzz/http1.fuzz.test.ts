import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Role } from '../../server-core/wire/http1/events.ts';
import { CHUNK_END, chunkHead, type FieldLine, lastChunk } from '../../server-core/wire/http1/writer.ts';
import { bytesLike, cuts, damaged, fuzz, piecesOf, slips } from './fuzz.ts';
import { parse } from './http1-sink.ts';

const WORDS = [
  ...['\r\n', '\r', '\n', ' ', '\t', ':', ';', ',', '=', '"', '\\', '\0', '\x7f', '\xe9', '0', '5', 'a', 'f'],
  ...[
    'GET',
    'POST',
    'HEAD',
    'CONNECT',
    'PRI',
    '/',
    '*',
    'http://a',
    'HTTP/1.1',
    'HTTP/1.0',
    'HTTP/2.0',
    '200',
    'OK',
  ],
  ...['Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'chunked', 'close', 'keep-alive', 'gzip'],
  ...['GET / HTTP/1.1\r\n', 'HTTP/1.1 200 OK\r\n', 'Host: a\r\n', '\r\n\r\n', '5\r\nhello\r\n', '0\r\n\r\n'],
];

const role = fc.constantFrom<Role>('request', 'response');

const startLine: Record<Role, fc.Arbitrary<string>> = {
  request: fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT', 'brew'),
      fc.constantFrom('/', '/a?b', '*', 'http://a/', 'a:1', '//', '/%'),
      fc.constantFrom('1.1', '1.0', '1.2'),
    )
    .map(([method, target, version]) => `${method} ${target} HTTP/${version}`),
  response: fc
    .tuple(
      fc.constantFrom('1.1', '1.0'),
      fc.constantFrom('200', '204', '304', '100', '101', '999'),
      fc.constantFrom(' OK', ' ', '', ' caf\xe9'),
    )
    .map(([version, status, reason]) => `HTTP/${version} ${status}${reason}`),
};

const fieldLine = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host: [::1]:80',
    'Connection: close',
    'Connection: keep-alive, x',
    'X:',
    'X-Y: \t z \t',
  ),
  fc
    .tuple(fc.constantFrom('X', 'Content-Type', 'Te'), fc.constantFrom('', 'a', 'a, b', '\xff'))
    .map((pair) => pair.join(': ')),
);

/** Framing field and content that belong together. */
const framed = fc.oneof(
  fc.constant(['', '']),
  fc.string({ maxLength: 20 }).map((text) => [`Content-Length: ${Buffer.byteLength(text)}\r\n`, text]),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'hello', '\r\n0\r\n\r\n'),
        fc.constantFrom('', ';x', ';x=y', ' ;x="\\""'),
      ),
      { maxLength: 3 },
    )
    .map((chunks) => [
      'Transfer-Encoding: chunked\r\n',
      `${chunks.map(([data, extension]) => `${data!.length.toString(16)}${extension}\r\n${data}\r\n`).join('')}0\r\n\r\n`,
    ]),
);

const message = (of: Role) =>
  fc
    .tuple(startLine[of], fc.array(fieldLine, { maxLength: 4 }), framed)
    .map(([start, lines, [framing, content]]) =>
      Buffer.from(`${[start, ...lines].join('\r\n')}\r\n${framing}\r\n${content}`, 'latin1'),
    );

const messages = (of: Role) =>
  fc.array(message(of), { minLength: 1, maxLength: 3 }).map((list) => Uint8Array.from(Buffer.concat(list)));

const conversation = role.chain((of) => fc.tuple(fc.constant(of), messages(of)));

/** However it is cut, the same is said. */
function cutIndependence(of: Role, stream: Uint8Array, shares: readonly number[]): void {
  const whole = parse(of, stream, [stream.slice()]);
  const cut = parse(of, stream, piecesOf(stream, shares));
  assert.deepEqual(cut.said, whole.said);
  assert.deepEqual(cut.content, whole.content);
}

fuzz('HTTP/1: any bytes', [role, bytesLike(WORDS, 30), cuts], cutIndependence);

fuzz('HTTP/1: messages with slips', [conversation, slips(WORDS), cuts], ([of, stream], damages, shares) => {
  cutIndependence(of, damaged(stream, damages), shares);
});

const SMALL = { maxHeadBytes: 90, maxTargetBytes: 12, maxMethodBytes: 6, maxFields: 4, maxTrailerBytes: 30 };

fuzz(
  'HTTP/1: limits bound what is kept',
  [
    conversation,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(120)), { maxLength: 2 }),
  ],
  ([of, stream], swellings) => {
    // A run of one byte anywhere: a name, a value, a target or a size that does not end.
    const swollen = swellings.reduce((bytes: Uint8Array, [at, length]) => {
      const start = Math.floor(at * bytes.length);
      return damaged(bytes, [{ at, remove: 0, insert: new Uint8Array(length).fill(bytes[start] ?? 0x61) }]);
    }, stream);
    const sink = parse(of, swollen, [swollen.slice()], SMALL);
    for (const { start, end, fields } of sink.heads) {
      assert(end - start <= SMALL.maxHeadBytes);
      assert(fields.count <= SMALL.maxFields);
    }
    const fault = sink.said.at(-3) === 'fault' ? Number(sink.said.at(-1)) : undefined;
    const begun = sink.said.lastIndexOf('begin');
    // A head that was never complete is given up within its limit: no more than that was kept of it.
    if (fault !== undefined && begun >= 0 && !sink.said.includes('head', begun)) {
      assert(fault - Number(sink.said[begun + 1]) <= SMALL.maxHeadBytes);
    }
  },
);

const trailer = fc.tuple(fc.constantFrom('X', 'Digest'), fc.constantFrom('', 'a b', '"\xe9"'));

fuzz(
  'HTTP/1: chunked content comes back',
  [
    fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
    fc.array(trailer, { maxLength: 3 }),
    cuts,
  ],
  (data, trailers, shares) => {
    const stream = Uint8Array.from(
      Buffer.concat([
        Buffer.from('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'),
        ...data.flatMap((piece) => [chunkHead(piece.length), piece, CHUNK_END]),
        lastChunk(trailers as FieldLine[]),
      ]),
    );
    const { said, content } = parse('request', stream, piecesOf(stream, shares));
    assert.deepEqual(content, [...Buffer.concat(data)]);
    assert.deepEqual(said.slice(-2), ['end', stream.length]);
    const at = said.lastIndexOf('trailers');
    const lines = trailers.map(([name, value]) => `${name}:${value}`);
    assert.deepEqual(at < 0 ? [] : said.slice(at + 1, -2), lines);
  },
);
