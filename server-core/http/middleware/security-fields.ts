import type { Middleware } from '../compose.ts';
import type { FieldPair, Response } from '../response.ts';

export interface SecurityFieldsOptions {
  /** A Content-Security-Policy for every response that has none of its own. */
  readonly contentSecurityPolicy?: string;
  /** Seconds for which browsers come back by https only; sent over TLS alone (RFC 6797 §7.2). */
  readonly strictTransportSeconds?: number;
}

/**
 * Adds what a careful site says to browsers, where the handler did not say it itself: no guessing of media types, no
 * frames on other sites, no paths in referrers to them.
 */
export function securityFields(options: SecurityFieldsOptions = {}): Middleware {
  const { contentSecurityPolicy, strictTransportSeconds } = options;
  const plain: FieldPair[] = [
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
  ];
  if (contentSecurityPolicy !== undefined) plain.push(['Content-Security-Policy', contentSecurityPolicy]);
  const secure = [...plain];
  if (strictTransportSeconds !== undefined) {
    secure.push(['Strict-Transport-Security', `max-age=${strictTransportSeconds}`]);
  }
  const overPlain = adder(plain);
  const overTls = adder(secure);
  return (request, next) => {
    const extend = request.peer.secure ? overTls : overPlain;
    const response = next(request);
    return response instanceof Promise ? response.then(extend) : extend(response);
  };
}

/** A response that its handler keeps is extended once, so that the connection can keep its encoded form. */
function adder(added: readonly FieldPair[]): (response: Response) => Response {
  const extended = new WeakMap<Response, Response>();
  return (response) => {
    if (response.status === 101) return response;
    const known = extended.get(response);
    if (known) return known;
    const said = new Set(response.fields.map(([name]) => name.toLowerCase()));
    const missing = added.filter(([name]) => !said.has(name.toLowerCase()));
    const result = Object.freeze({ ...response, fields: [...response.fields, ...missing] });
    if (Object.isFrozen(response)) extended.set(response, result);
    return result;
  };
}
