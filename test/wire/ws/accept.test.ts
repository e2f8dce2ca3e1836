import { describe, expect, it } from 'vitest';
import { acceptSteps } from '../../../server-core/wire/ws/accept.ts';

describe('Sec-WebSocket-Accept', () => {
  // RFC 6455 §1.3 walks through this one.
  it('comes about in the steps of the RFC', () => {
    const { joined, digest, accept } = acceptSteps('dGhlIHNhbXBsZSBub25jZQ==');
    expect(joined).toBe('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
    expect(Buffer.from(digest).toString('hex')).toBe('b37a4f2cc0624f1690f64606cf385945b2bec4ea');
    expect(accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});
