import type { MarkName } from '../../server-core/capture/events.ts';
import type { Request } from '../../server-core/http/request.ts';
import type { Response } from '../../server-core/http/response.ts';
import { parseTarget } from '../../server-core/wire/http1/target.ts';
import { parsedHead } from './fields.ts';

export interface HandlerRequest extends Request {
  /** What the handler noted, in order. */
  readonly marks: readonly { readonly mark: MarkName; readonly detail: string }[];
}

/** A request as a handler is given it, without a connection behind it. `target` has one char per byte. */
export function handlerRequest(
  target: string,
  fields: Readonly<Record<string, string>> = {},
  method = 'GET',
): HandlerRequest {
  const head = parsedHead(method, target, Object.entries({ Host: 'localhost', ...fields }));
  const parsedTarget = parseTarget(method, target);
  if (parsedTarget === undefined) throw new Error(`${target} is no target for ${method}`);
  const marks: { mark: MarkName; detail: string }[] = [];
  return {
    head,
    method: head.method,
    target: parsedTarget,
    peer: { remoteAddress: '127.0.0.1', remotePort: 50_000, localPort: 8080, secure: false },
    body: {
      async *chunks() {},
      bytes: async () => new Uint8Array(),
    },
    trailers: undefined,
    inform() {},
    onAbort() {},
    mark: (mark, detail) => marks.push({ mark, detail }),
    tracing: true,
    marks,
  };
}

export function fieldOf(response: Response, name: string): string | undefined {
  return response.fields.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1];
}

/** Reads the content to its end, and closes it as a connection does. */
export async function contentOf(response: Response): Promise<Buffer> {
  const { body } = response;
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  const pieces: Buffer[] = [];
  try {
    // Copied: a piece is the source's until the next is asked for.
    for await (const piece of body.chunks()) pieces.push(Buffer.from(piece));
  } finally {
    body.close();
  }
  return Buffer.concat(pieces);
}

/** A target as a client writes it for a path in any script. */
export function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
