import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import { frame } from '../../server-core/wire/ws/writer.ts';
import { framesUntilEnd, masked } from './web-socket-client.ts';
import { deflated, maskingKey, raw } from './web-socket-deflate-setup.ts';
import { echo, session, start } from './web-socket-setup.ts';

it('any messages, packed and cut in any way, come back the same', async () => {
  await start(echo, { deflate: { threshold: 10 } });
  const content = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.uint8Array({ maxLength: 2_000 }),
    fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.nat(3_000)).map(([text, n]) => text.repeat(n)),
  );
  const message = fc.record({ content, compress: fc.boolean(), cuts: fc.array(fc.nat(), { maxLength: 3 }) });
  const takeover = fc.constantFrom('', '; client_no_context_takeover', '; server_no_context_takeover');
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 12 }),
      takeover,
      async (messages, offer) => {
        const sender = await raw(`permessage-deflate${offer}`);
        const keeps = !offer.includes('client');
        const received: unknown[] = [];
        session.onMessage((one) =>
          received.push(typeof one === 'string' ? one : Buffer.from(one).toString('hex')),
        );
        let history = Buffer.alloc(0);
        for (const { content, compress, cuts } of messages) {
          const bytes = Buffer.from(content as string);
          let payload: Uint8Array = bytes;
          if (compress) {
            payload = deflated(bytes, history);
            if (keeps) history = Buffer.concat([history, bytes]).subarray(-32_768);
          }
          const places = [...cuts.map((cut) => cut % (payload.length + 1)), payload.length].sort(
            (a, b) => a - b,
          );
          let from = 0;
          for (const [i, to] of places.entries()) {
            const opcode =
              i > 0 ? OPCODE.continuation : typeof content === 'string' ? OPCODE.text : OPCODE.binary;
            const options = { maskingKey, fin: i === places.length - 1, compressed: compress && i === 0 };
            await sender.send(frame(opcode, payload.subarray(from, to), options));
            from = to;
          }
        }
        await sender.send(masked.close(1000));
        expect(await framesUntilEnd(sender)).toEqual(['8 1000 ']);
        sender.close();
        expect(received).toEqual(
          messages.map(({ content: one }) =>
            typeof one === 'string' ? one : Buffer.from(one).toString('hex'),
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
});
