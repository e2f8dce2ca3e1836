import { describe, expect, it } from 'vitest';
import {
  type SecurityFieldsOptions,
  securityFields,
} from '../../../server-core/http/middleware/security-fields.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

const plain = handlerRequest('/');
const secure = { ...plain, peer: { ...plain.peer, secure: true } };
const given = (
  options: SecurityFieldsOptions = {},
  response: Response = { status: 200, fields: [] },
  request = plain,
) => securityFields(options)(request, () => response) as Response;

describe('security fields', () => {
  it('are added to what the handler says', () => {
    expect(given({}, { status: 404, fields: [['A', 'b']] }).fields).toEqual([
      ['A', 'b'],
      ['X-Content-Type-Options', 'nosniff'],
      ['X-Frame-Options', 'SAMEORIGIN'],
      ['Referrer-Policy', 'strict-origin-when-cross-origin'],
      ['Cross-Origin-Opener-Policy', 'same-origin'],
    ]);
  });

  it('leave what the handler says itself', () => {
    const response = given(
      { contentSecurityPolicy: "default-src 'self'" },
      {
        status: 200,
        fields: [
          ['content-security-policy', "default-src 'none'"],
          ['x-frame-options', 'DENY'],
        ],
      },
    );
    expect(response.fields.filter(([name]) => /policy$|frame/i.test(name)).slice(0, 2)).toEqual([
      ['content-security-policy', "default-src 'none'"],
      ['x-frame-options', 'DENY'],
    ]);
    expect(response.fields.filter(([name]) => name.toLowerCase() === 'x-frame-options')).toHaveLength(1);
  });

  it('speak of transport security over TLS only', () => {
    const options = { strictTransportSeconds: 3600 };
    expect(fieldOf(given(options), 'Strict-Transport-Security')).toBeUndefined();
    expect(fieldOf(given(options, undefined, secure), 'Strict-Transport-Security')).toBe('max-age=3600');
  });

  it('extend a kept response once, so that its encoding can be kept', () => {
    const layer = securityFields();
    const kept: Response = Object.freeze({ status: 200, fields: [] });
    expect(layer(plain, () => kept)).toBe(layer(plain, () => kept));
  });

  it('wait for an answer that comes later, and leave a switch of protocols alone', async () => {
    const later = await securityFields()(plain, async () => ({ status: 200, fields: [] }));
    expect(fieldOf(later, 'X-Content-Type-Options')).toBe('nosniff');
    const switched: Response = { status: 101, fields: [] };
    expect(given({}, switched)).toBe(switched);
  });
});
