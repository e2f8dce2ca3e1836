import type { Middleware } from '../compose.ts';
import { errorResponse } from '../error-page.ts';
import type { Request } from '../request.ts';
import type { Response } from '../response.ts';
import { WrappedRequest } from '../wrapped-request.ts';

/**
 * Answers 503 when there is no response after `ms` milliseconds. The handler is told through `onAbort`, as when the
 * client had gone; what it answers later is let go. Content that is sent after that may take longer: it has the
 * connection's own deadlines. As http.TimeoutHandler of Go.
 */
export function timeout(ms: number): Middleware {
  return (request, next) => {
    const timed = new TimedRequest(request);
    const response = next(timed);
    if (!(response instanceof Promise)) return response;
    return new Promise<Response>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        request.mark('timeout', `No response after ${ms} ms, so 503`);
        timed.abort();
        resolve(
          errorResponse(503, 'The server took too long to answer', { section: 'RFC 9110 §15.6.4', request }),
        );
      }, ms);
      request.onAbort(() => clearTimeout(timer));
      response.then(
        (answer) => {
          clearTimeout(timer);
          if (!late) resolve(answer);
          else if (answer.body && !(answer.body instanceof Uint8Array)) answer.body.close();
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  };
}

/** A request that can be given up before its client is gone. */
class TimedRequest extends WrappedRequest {
  #aborted = false;
  #listeners: (() => void)[] = [];

  constructor(request: Request) {
    super(request);
    request.onAbort(() => this.abort());
  }

  override onAbort(listener: () => void): void {
    if (this.#aborted) listener();
    else this.#listeners.push(listener);
  }

  /** Tells the listeners, once. */
  abort(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
