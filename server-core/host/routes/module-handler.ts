/** Makes one handler of whatever a module of the user has as its default export. */
import type { Middleware } from '../../http/compose.ts';
import type { Request } from '../../http/request.ts';
import type { Handler, Response } from '../../http/response.ts';
import { type Route, router } from '../../http/router.ts';
import type { RouteApi } from './route-api.ts';

/**
 * An array is of routes. A function of two parameters is a Middleware. A function of one is called once with the
 * API: when it looks for a request in it, or answers with a response, it is a Handler; otherwise what it returns
 * counts. What a handler returns nothing for, and what a router has no route for, goes to `api.files`. Rejects with
 * what the function threw, or with an Error that says what is expected.
 */
export async function moduleHandler(exported: unknown, api: RouteApi): Promise<Handler> {
  if (exported === undefined) throw new Error('The module has no default export');
  if (typeof exported !== 'function' || exported.length > 1) return handlerFrom(exported, api);
  const made = await madeWith(exported as (given: unknown) => unknown, api);
  return handlerFrom(made === HANDLER ? exported : made, api);
}

const HANDLER = Symbol('it is a handler');

/** Parts of a Request, which the API has none of. */
const OF_REQUESTS: ReadonlySet<string> = new Set<keyof Request>([
  'head',
  'method',
  'target',
  'peer',
  'body',
  'trailers',
  'inform',
  'onAbort',
  'mark',
  'tracing',
]);

async function madeWith(make: (given: unknown) => unknown, api: RouteApi): Promise<unknown> {
  const watched = new Proxy(api, {
    get(known, name) {
      if (typeof name === 'symbol' || name in known) return Reflect.get(known, name);
      if (OF_REQUESTS.has(name)) throw HANDLER;
      throw new Error(`There is no ${name} in what a module is given: ${Object.keys(known).join(', ')}`);
    },
  });
  try {
    const made = await make(watched);
    return isResponse(made) ? HANDLER : made;
  } catch (error) {
    if (error === HANDLER) return HANDLER;
    throw error;
  }
}

function handlerFrom(made: unknown, api: RouteApi): Handler {
  const { files } = api;
  if (Array.isArray(made)) return checkedHandler(router(made.map(checkedRoute), files), files);
  if (typeof made !== 'function') {
    throw new TypeError(
      `The default export is ${kindOf(made)}; routes, a handler or a middleware is expected`,
    );
  }
  if (made.length < 2) return checkedHandler(made as Handler, files);
  return checkedHandler((request) => (made as Middleware)(request, files), files);
}

function checkedRoute(made: unknown, at: number): Route {
  const { method, pattern, handler } = (made ?? {}) as Partial<Route>;
  if (typeof method === 'string' && typeof pattern === 'string' && typeof handler === 'function')
    return made as Route;
  throw new TypeError(
    `Item ${at} of the routes is ${kindOf(made)}; route(method, pattern, handler) makes one`,
  );
}

function checkedHandler(handler: Handler, files: Handler): Handler {
  const check = (response: Response | undefined, request: Request) =>
    response === undefined ? files(request) : checkedResponse(response);
  return (request) => {
    const response = handler(request) as Response | Promise<Response> | undefined;
    return response instanceof Promise
      ? response.then((made) => check(made, request))
      : check(response, request);
  };
}

/** The connection would find out as well, but could only say that sending failed. */
function checkedResponse(response: Response): Response {
  if (!isResponse(response))
    throw new TypeError(
      `The handler answered with ${kindOf(response)}; textResponse(…) and the like make responses`,
    );
  const { status, fields, body } = response;
  if (!Number.isInteger(status) || status < 100 || status > 599)
    throw new TypeError(`The handler answered with the status ${status}, which is none`);
  if (!Array.isArray(fields) || !fields.every(isPair))
    throw new TypeError('The fields of the response must be a list of [name, value]');
  if (body !== undefined && !(body instanceof Uint8Array) && typeof body?.chunks !== 'function')
    throw new TypeError(`The body of the response is ${kindOf(body)}; bytes or byteSource(…) are expected`);
  return response;
}

function isResponse(made: unknown): made is Response {
  return typeof made === 'object' && made !== null && 'status' in made;
}

function isPair(field: unknown): boolean {
  return Array.isArray(field) && field.length === 2 && field.every((text) => typeof text === 'string');
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
