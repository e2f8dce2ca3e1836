/**
 * Answers late, slowly, in small pieces, not to their end, or not at all, as a plan says: so that one sees what a
 * client makes of it. What is done on purpose is marked as such.
 */
import { type FaultPlan, type FaultRule, fitsPattern } from '../../capture/fault-plan.ts';
import { ConnectionReset } from '../byte-source.ts';
import type { Middleware } from '../compose.ts';
import { errorResponse } from '../error-page.ts';
import type { Request } from '../request.ts';
import type { ByteSource, Response } from '../response.ts';
import { Sleep } from './sleep.ts';

export function faults(rules: readonly FaultRule[]): Middleware {
  const counts = new Map<FaultRule, number>();
  return async (request, next) => {
    const path = pathOf(request);
    const plan = rules.find((rule) => fitsPattern(rule.path, path));
    if (!plan) return next(request);
    const { delayMs, unavailableEvery } = plan;
    const count = (counts.get(plan) ?? 0) + 1;
    counts.set(plan, count);
    const isDown = unavailableEvery > 0 && count % unavailableEvery === 0;
    if (delayMs > 0) await late(request, delayMs);
    if (!isDown) return withFaults(request, await next(request), plan);
    note(request, `every ${unavailableEvery}. request is answered 503`);
    return errorResponse(503, 'This server was told to answer so now and then', {
      section: 'RFC 9110 §15.6.4',
      request,
    });
  };
}

/** As it was asked for; `*` of a request for the server as a whole. */
function pathOf({ target }: Request): string {
  return target.form === 'origin' || target.form === 'absolute' ? target.path : '*';
}

async function late(request: Request, ms: number): Promise<void> {
  note(request, `${ms} ms before the answer begins`);
  const sleep = new Sleep();
  request.onAbort(() => sleep.end());
  await sleep.for(ms);
}

function withFaults(request: Request, response: Response, plan: FaultPlan): Response {
  const { body, status } = response;
  const shaped = body === undefined || status < 200 || !shapes(plan) ? body : shapedBody(request, body, plan);
  return {
    ...response,
    ...(shaped !== undefined && { body: shaped }),
    ...(plan.close && status >= 200 && { close: true }),
  };
}

/** Whether it bears on content. */
function shapes(plan: FaultPlan): boolean {
  const { bytesPerSecond, writeBytes, stallAfter, truncateAfter, resetAfter, lengthTooLarge } = plan;
  return bytesPerSecond + writeBytes + stallAfter + truncateAfter + resetAfter + lengthTooLarge > 0;
}

function shapedBody(request: Request, body: NonNullable<Response['body']>, plan: FaultPlan): ByteSource {
  const source = body instanceof Uint8Array ? sourceOf(body) : body;
  const { length } = source;
  const sleep = new Sleep();
  // Whoever sends this waits for its next piece, and only then sees that the client has gone.
  request.onAbort(() => sleep.end());
  return {
    length: length === undefined ? undefined : length + plan.lengthTooLarge,
    ...(source.stable === undefined ? {} : { stable: source.stable }),
    ...(source.trailers === undefined ? {} : { trailers: () => source.trailers?.() ?? [] }),
    ...(source.trailerNames === undefined ? {} : { trailerNames: source.trailerNames }),
    chunks: () => shaped(request, source, plan, sleep),
    close() {
      sleep.end();
      source.close();
    },
  };
}

async function* shaped(
  request: Request,
  source: ByteSource,
  plan: FaultPlan,
  sleep: Sleep,
): AsyncGenerator<Uint8Array> {
  const { bytesPerSecond, stallAfter, stallMs, truncateAfter, resetAfter, lengthTooLarge } = plan;
  const began = performance.now();
  let sent = 0;
  if (lengthTooLarge > 0) note(request, `Content-Length says ${lengthTooLarge} B too many`);
  for await (const whole of source.chunks()) {
    for (let at = 0; at < whole.length; ) {
      // A piece ends where something is to happen.
      const edges = [stallAfter, truncateAfter, resetAfter].filter((edge) => edge > sent);
      const most = Math.min(pieceBytes(plan), ...edges.map((edge) => edge - sent));
      const piece = whole.subarray(at, at + most);
      at += piece.length;
      sent += piece.length;
      yield piece;
      if (sent === resetAfter) {
        note(request, `reset after ${sent} B of content`);
        throw new ConnectionReset();
      }
      if (sent === truncateAfter) {
        note(request, `closed after ${sent} B of content`);
        throw new Error('The content is cut off on purpose');
      }
      if (sent === stallAfter && stallMs > 0) {
        note(request, `nothing for ${stallMs} ms after ${sent} B of content`);
        await sleep.for(stallMs);
      }
      if (bytesPerSecond > 0) await sleep.for(began + (sent / bytesPerSecond) * 1000 - performance.now());
    }
  }
}

/** Ten pieces a second where only a pace is given: slow enough to be seen, not so slow that it stutters. */
function pieceBytes({ writeBytes, bytesPerSecond }: FaultPlan): number {
  if (writeBytes > 0) return writeBytes;
  return bytesPerSecond > 0 ? Math.max(1, Math.ceil(bytesPerSecond / 10)) : Number.MAX_SAFE_INTEGER;
}

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    async *chunks() {
      yield bytes;
    },
    close() {},
  };
}

function note(request: Request, words: string): void {
  request.mark('note', `On purpose: ${words}`);
}
