import { expect, it } from 'vitest';
import { TcpStream } from '../../../server-core/formats/pcap/tcp-stream.ts';

const SYN = 2;
const NONE = new Uint8Array(0);

const segment = (seq: number, flags: number, payload: Uint8Array) => ({
  ...{ source: 'a', sourcePort: 1, target: 'b', targetPort: 2, ack: 0 },
  ...{ seq, flags, payload, length: payload.length },
});

it('holds a bounded number of segments, however short, and takes no longer for them than for others', () => {
  let missing = 0;
  const given: number[] = [];
  const stream = new TcpStream({
    bytes: (data) => given.push(...data),
    missing: (count) => {
      missing += count;
    },
    finish() {},
  });
  stream.push(segment(0, SYN, NONE));
  // Each but the last lies behind the one that comes next, and all behind what never comes.
  for (let n = 400_000; n > 0; n--) {
    stream.push(segment(2 * n, 0, Uint8Array.of(n & 255)));
  }
  stream.flush();
  expect(given).toHaveLength(8193);
  expect(missing).toBe(2 * 400_000 - given.length);
});

it('holds a bounded number of bytes: past it what they wait for is missing', () => {
  const PIECE = 65_536;
  const told: string[] = [];
  const stream = new TcpStream({
    bytes: (data) => told.push(`bytes ${data.length}`),
    missing: (count) => told.push(`missing ${count}`),
    finish() {},
  });
  stream.push(segment(0, SYN, NONE));
  for (let n = 0; n < 128; n++) stream.push(segment(2 + n * PIECE, 0, new Uint8Array(PIECE)));
  expect(told).toEqual([]);
  stream.push(segment(2 + 128 * PIECE, 0, new Uint8Array(1)));
  expect(told).toEqual(['missing 1', ...Array(128).fill(`bytes ${PIECE}`), 'bytes 1']);
});
