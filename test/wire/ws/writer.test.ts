import { describe, expect, it } from 'vitest';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { closeFrame, frame, headerLength } from '../../../server-core/wire/ws/writer.ts';
import { logFrames, wire } from './frame-log.ts';

describe('a frame', () => {
  // RFC 6455 §5.7
  it.each([
    ['an unmasked text', frame(OPCODE.text, Buffer.from('Hello')), '81 05 "Hello"'],
    [
      'a masked text',
      frame(OPCODE.text, Buffer.from('Hello'), { maskingKey: 0x37fa213d }),
      '81 85 37 fa 21 3d 7f 9f 4d 51 58',
    ],
    ['a fragment', frame(OPCODE.text, Buffer.from('Hel'), { fin: false }), '01 03 "Hel"'],
    ['a ping', frame(OPCODE.ping, Buffer.from('Hello')), '89 05 "Hello"'],
    ['a close', closeFrame(1000, Buffer.from('bye')), '88 05 03 e8 "bye"'],
    ['an empty close', closeFrame(), '88 00'],
    [
      'a compressed text, RFC 7692 §7.2.3.1',
      frame(OPCODE.text, wire('f2 48 cd c9 c9 07 00'), { compressed: true }),
      'c1 07 f2 48 cd c9 c9 07 00',
    ],
    ['a masked close', closeFrame(1000, undefined, { maskingKey: 0xff00ff00 }), '88 82 ff 00 ff 00 fc e8'],
  ])('%s is as in the RFC', (_, written, bytes) => {
    expect([...written]).toEqual([...wire(bytes)]);
  });

  it.each([0, 1, 125, 126, 127, 65_535, 65_536])(
    'of %i bytes is read back, with the shortest header',
    (length) => {
      const payload = Uint8Array.from({ length }, (_, i) => i & 0xff);
      for (const maskingKey of [undefined, 0, 0xdeadbeef]) {
        const bytes = frame(OPCODE.binary, payload, maskingKey === undefined ? {} : { maskingKey });
        const { frames, fault } = logFrames(maskingKey === undefined ? 'client' : 'server', [bytes]);
        expect(fault).toBeUndefined();
        expect(frames).toHaveLength(1);
        expect(frames[0]).toMatchObject({
          length,
          maskingKey,
          payloadStart: headerLength(length, maskingKey !== undefined),
        });
        const octets = Buffer.alloc(4);
        octets.writeUInt32BE(maskingKey ?? 0);
        expect(frames[0]!.payload.every((byte, i) => (byte ^ octets[i % 4]!) === payload[i])).toBe(true);
      }
    },
  );

  it('leaves the payload as it was', () => {
    const payload = Buffer.from('Hello');
    frame(OPCODE.text, payload, { maskingKey: 0x37fa213d });
    expect(payload.toString()).toBe('Hello');
  });

  it.each([
    ['a ping of 126 bytes', () => frame(OPCODE.ping, new Uint8Array(126))],
    ['a close with a reason of 124 bytes', () => closeFrame(1000, new Uint8Array(124))],
    ['a compressed ping', () => frame(OPCODE.ping, new Uint8Array(1), { compressed: true })],
    ['a fragmented pong', () => frame(OPCODE.pong, new Uint8Array(0), { fin: false })],
    ['a close that says it said nothing', () => closeFrame(1005)],
    ['a close with a code of nobody', () => closeFrame(2999)],
    ['a reason without a code', () => closeFrame(undefined, new Uint8Array(1))],
  ])('refuses to be %s', (_, write) => {
    expect(write).toThrow(RangeError);
  });
});
