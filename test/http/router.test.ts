import { describe, expect, expectTypeOf, it } from 'vitest';
import { compose } from '../../server-core/http/compose.ts';
import type { Request } from '../../server-core/http/request.ts';
import type { Response } from '../../server-core/http/response.ts';
import { type Route, route, router } from '../../server-core/http/router.ts';
import { fieldOf, handlerRequest } from '../support/handler-request.ts';

/** Answers with the route that took the request, and its parameters. */
const named = (method: string, pattern: string): Route =>
  route(method, pattern, (_, parameters) => ({
    status: 200,
    fields: [['X-Route', `${method} ${pattern} ${JSON.stringify(parameters)}`]],
  }));

/** `GET /a/:id` → a route. */
const table = (...rows: string[]) => rows.map((row) => named(...(row.split(' ') as [string, string])));

const ask = (routes: readonly Route[], target: string, method = 'GET') =>
  router(routes)(handlerRequest(target, {}, method)) as Response;

const taken = (routes: readonly Route[], target: string, method = 'GET') => {
  const response = ask(routes, target, method);
  return fieldOf(response, 'X-Route') ?? `${response.status} ${fieldOf(response, 'Allow') ?? ''}`.trim();
};

describe('which route answers', () => {
  const routes = table(
    'GET /*',
    'GET /users',
    'GET /users/:id',
    'POST /users/me',
    'DELETE /users/:user',
    'GET /users/me/posts',
    'GET /users/:id/*',
    'GET /users/:id/posts/:post',
    'GET /files/*',
    'GET /files/',
    'GET /files/:name/raw',
    '* /any/:what',
    'PUT /any/:what',
  );

  it.each([
    ['GET', '/users', 'GET /users {}', 'a literal'],
    ['GET', '/users/7', 'GET /users/:id {"id":"7"}', 'a parameter'],
    ['GET', '/users/me', 'GET /users/:id {"id":"me"}', 'the literal has another method'],
    ['POST', '/users/me', 'POST /users/me {}', 'the literal comes first'],
    ['DELETE', '/users/me', 'DELETE /users/:user {"user":"me"}', 'each route names its own parameters'],
    ['GET', '/users/me/posts', 'GET /users/me/posts {}', 'literals to the end'],
    [
      'GET',
      '/users/me/posts/3',
      'GET /users/:id/posts/:post {"id":"me","post":"3"}',
      'back from a literal that leads nowhere',
    ],
    [
      'GET',
      '/users/7/photos/a/b',
      'GET /users/:id/* {"id":"7","*":"photos/a/b"}',
      'a tail behind a parameter',
    ],
    [
      'GET',
      '/users/7/posts/3/x',
      'GET /users/:id/* {"id":"7","*":"posts/3/x"}',
      'back to the tail, with its parameter only',
    ],
    ['GET', '/users/7/', 'GET /users/:id/* {"id":"7","*":""}', 'a tail may be empty'],
    ['GET', '/users/', 'GET /* {"*":"users/"}', 'a parameter is not empty'],
    ['GET', '/files/', 'GET /files/ {}', 'an empty segment is a literal'],
    ['GET', '/files/a', 'GET /files/* {"*":"a"}', 'a tail'],
    ['GET', '/files/a/raw', 'GET /files/:name/raw {"name":"a"}', 'a parameter before a tail'],
    ['GET', '/files/a/other', 'GET /files/* {"*":"a/other"}', 'back from a parameter that leads nowhere'],
    ['GET', '/files', 'GET /* {"*":"files"}', 'a trailing slash counts'],
    ['GET', '/', 'GET /* {"*":""}', 'the root'],
    ['GET', '//', 'GET /* {"*":"/"}', 'empty segments count'],
    ['HEAD', '/users', 'GET /users {}', 'HEAD by GET'],
    ['BREW', '/any/pot', '* /any/:what {"what":"pot"}', 'any method'],
    ['PUT', '/any/pot', 'PUT /any/:what {"what":"pot"}', 'a method before any method'],
    ['GET', '/USERS', 'GET /* {"*":"USERS"}', 'paths have case'],
    ['get', '/users', '405 GET, HEAD, OPTIONS', 'methods have case'],
    ['GET', '/users?id=1', 'GET /users {}', 'the query is no part of the path'],
    ['GET', 'http://localhost/users/7', 'GET /users/:id {"id":"7"}', 'an absolute target'],
  ])('%s %s → %s: %s', (method, target, expected) => {
    expect(taken(routes, target, method)).toBe(expected);
    // The order in which routes are given does not matter.
    expect(taken([...routes].reverse(), target, method)).toBe(expected);
  });
});

describe('percent-encoding', () => {
  const routes = table('GET /k%C3%B6ln/:name', 'GET /müsli', 'GET /files/*');

  it.each([
    ['/k%c3%b6ln/a%20b', 'GET /k%C3%B6ln/:name {"name":"a b"}'],
    ['/m%C3%BCsli', 'GET /müsli {}'],
    ['/m\xc3\xbcsli', 'GET /müsli {}'],
    ['/k%C3%B6ln/a%2Fb', 'GET /k%C3%B6ln/:name {"name":"a/b"}'],
    ['/%66iles/a%2Fb/%2e%2e', 'GET /files/* {"*":"a%2Fb/%2e%2e"}'],
    ['/k%C3%B6ln/__proto__', 'GET /k%C3%B6ln/:name {"name":"__proto__"}'],
  ])('of %s is undone in segments, and left in a tail', (target, expected) => {
    expect(taken(routes, target)).toBe(expected);
  });

  it.each(['/k%F6ln/x', '/%', '/%zz', '/%80'])('that is none, as in %s, is 400', (target) => {
    expect(() => ask(routes, target)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('a path without the method', () => {
  const routes = table('GET /a', 'POST /a', 'DELETE /:x', 'PATCH /*');

  it('is 405 with the methods of every route that fits the path', () => {
    const response = ask(routes, '/a', 'PUT');
    expect(response.status).toBe(405);
    expect(fieldOf(response, 'Allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH, POST');
    expect(fieldOf(ask(routes, '/b/c', 'PUT'), 'Allow')).toBe('OPTIONS, PATCH');
  });

  it('is asked for by OPTIONS, and answered with them', () => {
    const response = ask(routes, '/a', 'OPTIONS');
    expect([response.status, fieldOf(response, 'Allow')]).toEqual([
      204,
      'DELETE, GET, HEAD, OPTIONS, PATCH, POST',
    ]);
  });

  it('is answered by a route for OPTIONS where there is one', () => {
    expect(taken([...routes, named('OPTIONS', '/a')], '/a', 'OPTIONS')).toBe('OPTIONS /a {}');
  });

  it('is the whole server for OPTIONS *', () => {
    const response = ask(routes, '*', 'OPTIONS');
    expect(fieldOf(response, 'Allow')).toBe('DELETE, GET, HEAD, OPTIONS, PATCH, POST');
  });
});

describe('a path without a route', () => {
  it('is 404, for OPTIONS too', () => {
    expect(ask(table('GET /a'), '/b').status).toBe(404);
    expect(ask(table('GET /a'), '/b', 'OPTIONS').status).toBe(404);
  });

  it('goes to whom the router is told', () => {
    const response: Response = { status: 200, fields: [] };
    expect(router([], () => response)(handlerRequest('/'))).toBe(response);
  });

  it('that is none goes there too', () => {
    const response: Response = { status: 501, fields: [] };
    const handler = router(table('* /*'), () => response);
    expect(handler(handlerRequest('example.org:443', {}, 'CONNECT'))).toBe(response);
  });
});

describe('a table that cannot be meant', () => {
  it.each([
    ['the same route twice', table('GET /a', 'GET /a'), /same route/],
    ['the same but for names', table('GET /:a/x', 'GET /:b/x'), /GET \/:b\/x and \/:a\/x are the same route/],
    ['the same but for escapes', table('GET /a', 'GET /%61'), /same route/],
    ['a * that is not the last', table('GET /*/a'), /goes on behind its \*/],
    ['no slash', table('GET a'), /start with a slash/],
    ['a parameter without a name', table('GET /:'), /without a name/],
    ['a name twice', table('GET /:a/:a'), /without a name of its own/],
  ])('is refused when it is built: %s', (_, routes, message) => {
    expect(() => router(routes)).toThrow(message);
  });

  it.each([
    ['one method each', table('GET /a', 'POST /a')],
    ['a tail beside a parameter', table('GET /:a', 'GET /*')],
    ['a parameter that is a method’s own', table('GET /:a', 'PUT /:b')],
    ['a star that is part of a literal', table('GET /a*b', 'GET /a:b')],
  ])('is not %s', (_, routes) => {
    expect(() => router(routes)).not.toThrow();
  });
});

it('parameters have types by their names', () => {
  const handler = router([
    route('GET', '/users/:id/*', (_, parameters) => {
      expectTypeOf(parameters).toEqualTypeOf<{ readonly id: string; readonly '*': string }>();
      return { status: 200, fields: [['X', `${parameters.id} ${parameters['*']}`]] };
    }),
  ]);
  expect(fieldOf(handler(handlerRequest('/users/1/a/b')) as Response, 'X')).toBe('1 a/b');
});

it('routers and middleware go into each other', async () => {
  const tag =
    (name: string) => async (request: Request, next: (request: Request) => Response | Promise<Response>) => {
      const response = await next(request);
      return { ...response, fields: [...response.fields, ['X-By', name] as const] };
    };
  const inner = router(table('GET /api/:x'));
  const handler = compose([tag('outer')], router(table('GET /'), compose([tag('inner')], inner)));
  const response = await handler(handlerRequest('/api/1'));
  expect(response.fields).toEqual([
    ['X-Route', 'GET /api/:x {"x":"1"}'],
    ['X-By', 'inner'],
    ['X-By', 'outer'],
  ]);
});

it('the route is said in the capture', () => {
  const request = handlerRequest('/users/7');
  router(table('GET /users/:id'))(request);
  expect(request.marks).toEqual([{ mark: 'route', detail: 'GET /users/:id' }]);
});
