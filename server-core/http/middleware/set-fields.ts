import type { Middleware } from '../compose.ts';
import type { FieldPair, Response } from '../response.ts';

/** Adds the same fields to every response. A response that is kept by its handler is extended once. */
export function setFields(added: readonly FieldPair[]): Middleware {
  const extended = new WeakMap<Response, Response>();
  const extend = (response: Response): Response => {
    if (response.status === 101) return response;
    const known = extended.get(response);
    if (known) return known;
    const result = Object.freeze({ ...response, fields: [...response.fields, ...added] });
    if (Object.isFrozen(response)) extended.set(response, result);
    return result;
  };
  return (request, next) => {
    const response = next(request);
    return response instanceof Promise ? response.then(extend) : extend(response);
  };
}
