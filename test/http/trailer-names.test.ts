import { describe, expect, it } from 'vitest';
import { mayBeTrailer } from '../../server-core/http/trailer-names.ts';

describe('a trailer', () => {
  it.each(['X-Sum', 'Server-Timing', 'Content-Digest', 'ETag', 'grpc-status'])('may be %s', (name) => {
    expect(mayBeTrailer(name)).toBe(true);
  });

  // RFC 9110 §6.5.1: framing, routing, modifiers, authentication, control data, content format.
  it.each([
    'Content-Length',
    'TRANSFER-ENCODING',
    'Host',
    'Cache-Control',
    'If-Match',
    'if-none-match',
    'Authorization',
    'Set-Cookie',
    'Location',
    'Content-Type',
    'Trailer',
  ])('may not be %s', (name) => {
    expect(mayBeTrailer(name)).toBe(false);
  });
});
