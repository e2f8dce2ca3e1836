import type { RequestHead } from '../../wire/http1/events.ts';
import type { Middleware } from '../compose.ts';
import type { Request } from '../request.ts';
import type { Response } from '../response.ts';

export interface RequestIdOptions {
  /** The field that carries it, both ways. */
  readonly field?: string;
  /** Takes the id that the request brings. Only behind a proxy that sets it: a client can write what it likes. */
  readonly trust?: boolean;
  readonly make?: () => string;
}

/** Long enough for every scheme in use, and nothing that could break a line of a log. */
const FIT = /^[\w.~+/=:@-]{1,128}$/;

/** By head, which a request keeps when it is wrapped. */
const ids = new WeakMap<RequestHead, string>();

/** Gives each request an id, for handlers (`requestId`), for the capture, and for the client in the response. */
export function giveRequestId(options: RequestIdOptions = {}): Middleware {
  const { field = 'X-Request-Id', trust = false, make = () => crypto.randomUUID() } = options;
  const name = field.toLowerCase();
  return (request, next) => {
    const brought = trust ? request.head.fields.get(name) : undefined;
    const id = brought !== undefined && FIT.test(brought) ? brought : make();
    ids.set(request.head, id);
    if (request.tracing) request.mark('note', `${field} is ${id}`);
    const tell = (response: Response): Response => {
      const others = response.fields.filter(([other]) => other.toLowerCase() !== name);
      return { ...response, fields: [...others, [field, id]] };
    };
    const response = next(request);
    return response instanceof Promise ? response.then(tell) : tell(response);
  };
}

/** The id that `giveRequestId` gave; undefined where it is not in use. */
export function requestId(request: Request): string | undefined {
  return ids.get(request.head);
}
