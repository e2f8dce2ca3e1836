import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEscapes, writeEscapes } from '../../../renderer/learn/escapes.ts';
import { recordTape } from '../../../renderer/learn/tape.ts';
import { typedParts } from '../../../renderer/learn/typed-parts.ts';
import { subject } from './subjects.ts';

describe('the drawing of the editor', () => {
  it('every sign of the text is drawn once, and signs are as wide as what they stand for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array().map(writeEscapes)), (text) => {
        const parts = typedParts(text, []);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const { text: piece, sign } of parts) if (sign) expect(sign.length).toBe(piece.length);
      }),
    );
  });

  it('bytes have the colour of their token, escapes of several signs included', () => {
    const text = 'GET /é HTTP/1.1\\r\n\\n\nHost: a\\r\\n\n\\r\\n';
    const { bytes } = parseEscapes(text);
    const tape = recordTape(subject('', { bytes, leniencies: { allowObsTextInTarget: true } }));
    const parts = typedParts(text, tape.spans).filter(({ kind }) => kind !== undefined);
    expect(parts.map((part) => `${part.sign ?? part.text}:${part.kind}`)).toEqual([
      'GET:method',
      ' :sp',
      '/é:target',
      ' :sp',
      'HTTP/1.1:version',
      'CR:crlf',
      'LF:crlf',
      'Host:field-name',
      '::colon',
      ' :ows',
      'a:field-value',
      'CR:crlf',
      'LF:crlf',
      'CR:crlf',
      'LF:crlf',
    ]);
  });
});
