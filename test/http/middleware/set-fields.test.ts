import { describe, expect, it } from 'vitest';
import { setFields } from '../../../server-core/http/middleware/set-fields.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { handlerRequest } from '../../support/handler-request.ts';

const layer = setFields([['X-Added', '1']]);
const request = handlerRequest('/');

describe('set fields', () => {
  it('adds behind what the handler gave', () => {
    expect(layer(request, () => ({ status: 200, fields: [['A', 'b']] }))).toMatchObject({
      fields: [
        ['A', 'b'],
        ['X-Added', '1'],
      ],
    });
  });

  it('waits for an answer that comes later', async () => {
    const later = Promise.resolve<Response>({ status: 404, fields: [] });
    expect(await layer(request, () => later)).toMatchObject({ status: 404, fields: [['X-Added', '1']] });
  });

  it('gives the same extended response for the same kept one, so that its encoding can be kept', () => {
    const kept: Response = Object.freeze({ status: 200, fields: [] });
    expect(layer(request, () => kept)).toBe(layer(request, () => kept));
  });

  it('leaves a switch of protocols alone', () => {
    const response: Response = { status: 101, fields: [] };
    expect(layer(request, () => response)).toBe(response);
  });
});
