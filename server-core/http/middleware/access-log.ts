import { watchedSource } from '../byte-source.ts';
import type { Middleware } from '../compose.ts';
import { HttpError } from '../errors.ts';
import type { Request } from '../request.ts';
import type { Response } from '../response.ts';

/** One exchange as handlers saw it. Every access-log format is a function of it. Texts have one char per byte. */
export interface AccessEntry {
  readonly remoteAddress: string;
  /** Wall-clock milliseconds when the request's head was complete. */
  readonly beginMs: number;
  readonly method: string;
  readonly target: string;
  /** `1.1` */
  readonly version: string;
  /** Undefined when the client was gone before there was a response. */
  readonly status: number | undefined;
  /** Content bytes, without chunk framing; of a response that broke off, those that were handed over. */
  readonly bodyBytes: number;
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  /** Until the response was given, or its source read to the end. Undefined when there was none. */
  readonly durationMicros: number | undefined;
}

/**
 * Writes an entry for each request that reaches it, once its response is settled. Put it outermost, so that it sees
 * what the others answer. `write` must not throw. What never became a request has no entry: for those, and for bytes
 * as they crossed, there is the capture.
 */
export function accessLog(write: (entry: AccessEntry) => void): Middleware {
  return (request, next) => {
    const entry = newEntry(request, write);
    let answered = false;
    // After the answer its source is closed, and knows how far it came.
    request.onAbort(() => answered || entry(undefined, 0));
    const settle = (response: Response): Response => {
      answered = true;
      const { status, body } = response;
      if (body === undefined || body instanceof Uint8Array) {
        const sent = request.method === 'HEAD' || status === 204 || status === 304 ? 0 : (body?.length ?? 0);
        entry(status, sent);
        return response;
      }
      let sent = 0;
      const watched = watchedSource(
        body,
        (bytes) => {
          sent += bytes;
        },
        () => entry(status, sent),
      );
      return { ...response, body: watched };
    };
    const failed = (error: unknown): never => {
      entry(error instanceof HttpError ? error.status : 500, 0);
      throw error;
    };
    try {
      const response = next(request);
      return response instanceof Promise ? response.then(settle, failed) : settle(response);
    } catch (error) {
      return failed(error);
    }
  };
}

function newEntry(request: Request, write: (entry: AccessEntry) => void) {
  const beginMs = Date.now();
  const begin = performance.now();
  const { head, peer } = request;
  const { remoteAddress } = peer;
  let written = false;
  return (status: number | undefined, bodyBytes: number): void => {
    if (written) return;
    written = true;
    write({
      remoteAddress,
      beginMs,
      method: head.method,
      target: head.target,
      version: head.version,
      status,
      bodyBytes,
      referer: head.fields.get('referer'),
      userAgent: head.fields.get('user-agent'),
      durationMicros: status === undefined ? undefined : (performance.now() - begin) * 1000,
    });
  };
}
