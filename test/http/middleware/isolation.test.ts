import { describe, expect, it } from 'vitest';
import { isolation } from '../../../server-core/http/middleware/isolation.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

describe('isolation', () => {
  it.each([
    [undefined, 'require-corp'],
    ['require-corp', 'require-corp'],
    ['credentialless', 'credentialless'],
  ] as const)('%s', async (policy, embedder) => {
    const request = handlerRequest('/');
    const response = await isolation(policy)(request, () => ({ status: 404, fields: [['A', 'b']] }));
    expect(response.status).toBe(404);
    expect(fieldOf(response, 'A')).toBe('b');
    expect(fieldOf(response, 'Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(fieldOf(response, 'Cross-Origin-Embedder-Policy')).toBe(embedder);
    expect(request.marks.map(({ detail }) => detail)).toEqual([
      `Cross-Origin-Opener-Policy same-origin and Cross-Origin-Embedder-Policy ${embedder} added by the isolation setting`,
    ]);
  });

  it('gives the same response for the same kept one', () => {
    const layer = isolation();
    const kept: Response = Object.freeze({ status: 200, fields: [] });
    expect(layer(handlerRequest('/'), () => kept)).toBe(layer(handlerRequest('/'), () => kept));
  });
});
