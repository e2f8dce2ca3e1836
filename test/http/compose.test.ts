import { expect, it } from 'vitest';
import { compose, type Middleware } from '../../server-core/http/compose.ts';
import { handlerRequest } from '../support/handler-request.ts';

it('runs the first middleware outermost, and any of them may answer', () => {
  const seen: string[] = [];
  const layer =
    (name: string): Middleware =>
    (request, next) => {
      seen.push(`${name} in`);
      const response = request.head.target === `/${name}` ? { status: 418, fields: [] } : next(request);
      seen.push(`${name} out`);
      return response;
    };
  const handler = compose([layer('a'), layer('b')], () => ({ status: 200, fields: [] }));
  expect(handler(handlerRequest('/'))).toMatchObject({ status: 200 });
  expect(seen).toEqual(['a in', 'b in', 'b out', 'a out']);
  seen.length = 0;
  expect(handler(handlerRequest('/a'))).toMatchObject({ status: 418 });
  expect(seen).toEqual(['a in', 'a out']);
});
