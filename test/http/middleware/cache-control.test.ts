import { describe, expect, it } from 'vitest';
import { cacheControl } from '../../../server-core/http/middleware/cache-control.ts';
import type { FieldPair, Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

async function ask(response: Response | Promise<Response>, value?: string) {
  const request = handlerRequest('/');
  const answer = await cacheControl(value)(request, () => response);
  return { answer, marks: request.marks.map(({ detail }) => detail) };
}

describe('cache control', () => {
  it('is added where the handler said nothing', async () => {
    const { answer, marks } = await ask({ status: 200, fields: [['A', 'b']] });
    expect(fieldOf(answer, 'Cache-Control')).toBe('no-cache');
    expect(marks).toEqual(['The handler set no Cache-Control, so no-cache is added']);
    const late = await ask(Promise.resolve<Response>({ status: 404, fields: [] }), 'no-store');
    expect(fieldOf(late.answer, 'Cache-Control')).toBe('no-store');
  });

  it.each<[string, FieldPair]>([
    ['in the usual case', ['Cache-Control', 'max-age=60']],
    ['in any case', ['cache-CONTROL', 'private']],
  ])('is left as the handler set it, %s', async (_, field) => {
    const response: Response = { status: 200, fields: [field] };
    const { answer, marks } = await ask(response);
    expect(answer).toBe(response);
    expect(marks).toEqual([]);
  });

  it('leaves a switch of protocols alone', async () => {
    const response: Response = { status: 101, fields: [] };
    expect((await ask(response)).answer).toBe(response);
  });

  it('gives the same response for the same kept one', () => {
    const layer = cacheControl();
    const kept: Response = Object.freeze({ status: 200, fields: [] });
    expect(layer(handlerRequest('/'), () => kept)).toBe(layer(handlerRequest('/'), () => kept));
  });
});
