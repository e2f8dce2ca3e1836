import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureLog } from '../../../server-core/capture/log.ts';
import { ImportClock } from '../../../server-core/formats/import-clock.ts';
import { PcapImport } from '../../../server-core/formats/pcap/pcap-import.ts';
import { PcapngReader } from '../../../server-core/formats/pcap/pcapng-reader.ts';
import { linkBlock, packetBlock, sectionBlock } from '../../../server-core/formats/pcap/pcapng-writer.ts';
import { ANSWERED, ASKED, handshaken } from '../../support/packets.ts';

/** Words of four bytes, or bytes as they are. */
type Part = number | Uint8Array;

/** A block by hand, in either order of bytes. */
function block(little: boolean, type: number, ...parts: readonly Part[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part !== 'number') return Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
      const word = Buffer.alloc(4);
      if (little) word.writeUInt32LE(part);
      else word.writeUInt32BE(part);
      return word;
    }),
  );
  const ends = Buffer.alloc(12);
  const put = (value: number, at: number) =>
    little ? ends.writeUInt32LE(value, at) : ends.writeUInt32BE(value, at);
  put(type, 0);
  put(body.length + 12, 4);
  put(body.length + 12, 8);
  return Buffer.concat([ends.subarray(0, 8), body, ends.subarray(8)]);
}

/** Two half words in one. */
const pair = (little: boolean, first: number, second: number) =>
  little ? first + second * 65_536 : first * 65_536 + second;

const section = (little: boolean) =>
  block(little, 0x0a0d0d0a, 0x1a2b3c4d, pair(little, 1, 0), 0xffffffff, 0xffffffff);
const link = (little: boolean, type: number, most: number, ...options: readonly Part[]) =>
  block(little, 1, pair(little, type, 0), most, ...options);
const option = (little: boolean, code: number, value: Uint8Array): Part[] => [
  pair(little, code, value.length),
  value,
];
const packet = (little: boolean, number: number, ticks: bigint, bytes: Uint8Array) =>
  block(
    little,
    6,
    number,
    Number(ticks >> 32n),
    Number(ticks & 0xffffffffn),
    bytes.length,
    bytes.length,
    bytes,
  );

interface Found {
  readonly micros: number;
  readonly text: string;
  readonly linkType: number;
  readonly wireLength: number;
}

function read(file: Uint8Array, pieceBytes = file.length): { packets: Found[]; flaw: string | undefined } {
  const packets: Found[] = [];
  const reader = new PcapngReader(({ micros, bytes, linkType, wireLength }) => {
    packets.push({ micros, text: Buffer.from(bytes).toString(), linkType, wireLength });
  });
  for (let at = 0; at < file.length; at += pieceBytes) {
    const piece = Uint8Array.from(file.subarray(at, at + pieceBytes));
    reader.push(piece);
    piece.fill(0xee);
  }
  reader.end();
  return { packets, flaw: reader.flaw };
}

const HELLO = Buffer.from('hello');

describe.each([
  ['little-endian', true],
  ['big-endian', false],
])('a pcapng that is %s', (_name, little) => {
  it('has packets of several links, each with its own clock', () => {
    const file = Buffer.concat([
      section(little),
      link(little, 1, 0),
      link(little, 101, 0, ...option(little, 9, Uint8Array.of(9)), ...option(little, 0, new Uint8Array(0))),
      link(little, 113, 0, ...option(little, 9, Uint8Array.of(0x80 | 10))),
      packet(little, 0, 1_700_000_000_000_001n, HELLO),
      packet(little, 1, 1_700_000_000_000_002_500n, HELLO),
      packet(little, 2, 1024n * 5n, HELLO),
    ]);
    const { packets, flaw } = read(file);
    expect(flaw).toBeUndefined();
    expect(packets.map(({ micros, linkType }) => [micros, linkType])).toEqual([
      [1_700_000_000_000_001, 1],
      [1_700_000_000_000_002.5, 101],
      [5_000_000, 113],
    ]);
    expect(packets[0]).toMatchObject({ text: 'hello', wireLength: 5 });
    for (const size of [1, 5, 33]) expect(read(file, size)).toEqual({ packets, flaw });
  });

  it('may hold blocks that are not known, simple packets and old ones', () => {
    const file = Buffer.concat([
      ...[section(little), link(little, 101, 3), block(little, 0x0bad, HELLO)],
      block(little, 3, 5, HELLO.subarray(0, 3)),
      block(little, 2, pair(little, 0, 7), 0, 42, 5, 9, HELLO),
    ]);
    expect(read(file)).toEqual({
      flaw: undefined,
      packets: [
        { micros: 0, text: 'hel', linkType: 101, wireLength: 5 },
        { micros: 42, text: 'hello', linkType: 101, wireLength: 9 },
      ],
    });
  });

  it('may go on in a section of the other order', () => {
    const part = (order: boolean) => [section(order), link(order, 101, 0), packet(order, 0, 7n, HELLO)];
    expect(
      read(Buffer.concat([...part(little), ...part(!little)])).packets.map(({ micros }) => micros),
    ).toEqual([7, 7]);
  });

  it('that is damaged is read up to there', () => {
    const start = [section(little), link(little, 101, 0), packet(little, 0, 7n, HELLO)];
    const length = Buffer.concat(start).length;
    const at = `It is damaged at byte ${length}: what comes after cannot be read`;
    const unknown = packet(little, 9, 7n, HELLO);
    const crooked = packet(little, 0, 7n, HELLO);
    crooked[crooked.length - 1]! ^= 1;
    crooked[crooked.length - 4]! ^= 1;
    for (const bad of [unknown, crooked, block(little, 6, 0)]) {
      const { packets, flaw } = read(Buffer.concat([...start, bad, ...start]));
      expect([packets.length, flaw]).toEqual([1, at]);
    }
  });
});

describe('a pcapng of ours', () => {
  const file = Buffer.concat([
    ...[sectionBlock('test', 'a comment'), linkBlock('server')],
    ...handshaken([{ in: ASKED }, { out: ANSWERED }]).map((each, i) =>
      packetBlock(1.7e15 + i * 1000, each, 'said'),
    ),
  ]);

  function imported(bytes: Uint8Array): number {
    const clock = new ImportClock();
    const log = new CaptureLog({ now: () => clock.now, segmentBytes: 65_536 });
    const importing = new PcapImport(log, clock, bytes.subarray(0, 4));
    importing.push(bytes);
    importing.end();
    return log.totals.exchanges;
  }

  it('is one for our own reader, and is read as far as it makes sense whatever was changed in it', () => {
    expect(imported(file)).toBe(1);
    for (let end = 4; end < file.length; end += 3)
      expect(imported(file.subarray(0, end))).toBeLessThanOrEqual(1);
    const change = fc.tuple(fc.integer({ min: 4, max: file.length - 1 }), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at] = value;
        expect(imported(damaged)).toBeLessThan(5);
      }),
      { numRuns: 1000 },
    );
  });
});
