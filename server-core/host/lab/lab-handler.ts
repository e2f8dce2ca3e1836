/**
 * What the lab's own server answers: something small, late, computed or large, as the path says. Every answer tells
 * who gave it and when that one began, so that a client can tell waiting from being served.
 */
import { isMainThread, threadId } from 'node:worker_threads';
import { LAB_LIMITS } from '../../capture/lab-scenarios.ts';
import { textResponse } from '../../http/content-response.ts';
import { HttpError } from '../../http/errors.ts';
import { Sleep } from '../../http/middleware/sleep.ts';
import type { ByteSource, FieldPair, Handler, Response } from '../../http/response.ts';
import { route, router } from '../../http/router.ts';

const SMALL = new Uint8Array(1024).fill(0x78);
/** What static files are read in, too. */
const PIECE = new Uint8Array(64 * 1024).fill(0x78);
/** As the scenarios have it. */
const MOST_MS = 1_000;

/** Microseconds of the system's monotonic clock, which all processes of a machine read alike. */
const now = () => Number(process.hrtime.bigint() / 1000n);
const BORN = now() - Math.round(process.uptime() * 1e6);
const WHO = isMainThread ? `process ${process.pid}` : `thread ${threadId} of process ${process.pid}`;

export function labHandler(): Handler {
  const paths = router([
    route('GET', '/', () =>
      textResponse('The server of the lab: /small, /wait/:ms, /compute/:ms, /bytes/:count\n'),
    ),
    route('GET', '/small', () => binary(SMALL)),
    route('GET', '/wait/:ms', async (request, { ms }) => {
      const sleep = new Sleep();
      request.onAbort(() => sleep.end());
      await sleep.for(within(ms, MOST_MS));
      return binary(SMALL);
    }),
    route('GET', '/compute/:ms', (_request, { ms }) => {
      const end = performance.now() + within(ms, MOST_MS);
      while (performance.now() < end);
      return binary(SMALL);
    }),
    route('GET', '/bytes/:count', (_request, { count }) =>
      binary(pieces(within(count, LAB_LIMITS.maxBytes))),
    ),
  ]);
  return async (request) => {
    const served = now();
    const response = await paths(request);
    return { ...response, fields: [...response.fields, ...told(served)] };
  };
}

function told(served: number): readonly FieldPair[] {
  return [
    ['Lab-By', WHO],
    ['Lab-Born', String(BORN)],
    ['Lab-Served', String(served)],
  ];
}

function binary(body: Uint8Array | ByteSource): Response {
  return { status: 200, fields: [['Content-Type', 'application/octet-stream']], body };
}

function within(text: string, most: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && number <= most) return number;
  throw new HttpError(404, `A whole number from 0 to ${most} belongs here`);
}

function pieces(length: number): ByteSource {
  return {
    length,
    stable: true,
    async *chunks() {
      // The same array again and again: the capture holds it once.
      for (let left = length; left > 0; left -= PIECE.length) {
        yield left >= PIECE.length ? PIECE : PIECE.subarray(0, left);
      }
    },
    close() {},
  };
}
