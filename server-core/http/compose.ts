import type { Request } from './request.ts';
import type { Handler, Response } from './response.ts';

/** Wraps a handler: answers itself, or calls `next` (once) and returns or changes what it gives. */
export type Middleware = (request: Request, next: Handler) => Response | Promise<Response>;

/** The first middleware is the outermost. Composed once, so a request costs one call per layer. */
export function compose(middleware: readonly Middleware[], handler: Handler): Handler {
  return middleware.reduceRight<Handler>((next, layer) => (request) => layer(request, next), handler);
}
