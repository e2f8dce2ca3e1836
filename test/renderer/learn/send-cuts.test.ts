import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT_WAYS, cutsOf, fromBase64, toBase64 } from '../../../renderer/learn/send-cuts.ts';
import { checkSend } from '../../../server-core/capture/send-call.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('cuts', () => {
  it('whole: none; lines: behind every LF; every: each so many bytes', () => {
    expect(cutsOf(bytes('a\r\nb\r\n'), 'whole', 1)).toEqual([]);
    expect(cutsOf(bytes('a\r\nb\r\n'), 'lines', 1)).toEqual([3]);
    expect(cutsOf(bytes('abcdefg'), 'every', 3)).toEqual([3, 6]);
    expect(cutsOf(bytes('abc'), 'every', 3)).toEqual([]);
  });

  it('are always ones that the engine takes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom(...CUT_WAYS),
        fc.integer({ min: 0, max: 400 }),
        (content, way, every) => {
          const call = {
            ...{ op: 'send', server: 1, pauseMs: 0, connections: 1, times: 1, patienceMs: 1000 },
            ...{ inTurn: true, halfClose: false, plain: false },
            ...{ bytes: toBase64(content), cuts: cutsOf(content, way, every) },
          };
          expect(checkSend(call)).toEqual(call);
        },
      ),
    );
  });
});

it('base64 gives the bytes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (content) => {
      expect(fromBase64(toBase64(content))).toEqual(content);
      expect(toBase64(content)).toBe(Buffer.from(content).toString('base64'));
    }),
    { numRuns: 30 },
  );
});
