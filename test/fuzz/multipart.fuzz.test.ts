import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MultipartParser } from '../../server-core/http/body/multipart.ts';
import { bytesLike, cuts, fuzz, piecesOf } from './fuzz.ts';

interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  readonly content: number[];
}

/** The parts, or the fault, in whatever pieces they came. */
function read(boundary: string, pieces: readonly Uint8Array[]): Part[] | string {
  const parser = MultipartParser.create(boundary);
  assert(parser);
  const parts: Part[] = [];
  let open = false;
  let ended = false;
  for (const piece of pieces) {
    for (const event of parser.push(piece)) {
      assert(!ended, 'the end is the last event');
      if (event.kind === 'part') {
        assert(!open);
        open = true;
        parts.push({ name: event.head.name, filename: event.head.filename, content: [] });
      } else if (event.kind === 'data') {
        assert(open && event.bytes.length > 0);
        parts.at(-1)!.content.push(...event.bytes);
      } else if (event.kind === 'part-end') {
        assert(open);
        open = false;
      } else {
        ended = true;
        if (event.kind === 'fault') return event.code;
        assert(!open);
      }
    }
    piece.fill(0x2d);
  }
  const unfinished = parser.finish();
  return unfinished?.kind === 'fault' ? unfinished.code : parts;
}

const boundary = fc.constantFrom('b', '--', '----x', "'()+_,-./:=?", 'a b', 'x'.repeat(70));
const name = fc.string({
  unit: fc.constantFrom('a', ' ', 'é', ';', '=', '/', "'", '%'),
  minLength: 1,
  maxLength: 6,
});
const content = bytesLike(
  ['\r\n', '\r', '\n', '-', '--', '\r\n--', '\r\n--b', '\r\n--bx', '\r\n--b-', '\r\n----', 'x', '\0'],
  6,
);
const part = fc.record({ name, filename: fc.option(name, { nil: undefined }), content });

fuzz(
  'multipart content comes back',
  [boundary, fc.array(part, { maxLength: 4 }), cuts, fc.nat(200)],
  (line, parts, shares, kept) => {
    const delimiter = Buffer.from(`\r\n--${line}`);
    // A sender picks a boundary that is not in the content (RFC 2046 §5.1.1).
    const fit = parts.filter((one) => !Buffer.concat([Buffer.from('\r\n'), one.content]).includes(delimiter));
    const stream = Uint8Array.from(
      Buffer.concat([
        ...fit.map((one) =>
          Buffer.concat([
            Buffer.from(
              `--${line}\r\nContent-Disposition: form-data; name="${one.name}"` +
                `${one.filename === undefined ? '' : `; filename="${one.filename}"`}\r\n\r\n`,
            ),
            one.content,
            Buffer.from('\r\n'),
          ]),
        ),
        Buffer.from(`--${line}--\r\n`),
      ]),
    );
    const expected = fit.map((one) => ({ ...one, content: [...one.content] }));
    assert.deepEqual(read(line, piecesOf(stream, shares)), expected);
    // Cut short: the same parts up to there and a fault, never a form that looks whole.
    const short = stream.slice(0, Math.min(kept, stream.length - 4));
    assert.equal(read(line, piecesOf(short, shares)), 'ended-early');
  },
);
