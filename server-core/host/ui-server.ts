/**
 * Serves the window to a browser and feeds it: the built renderer as static files, and the capture over a
 * WebSocket, both from our own server. Captured traffic is reachable with the token only, and never from the
 * port that serves the folder.
 */
import { timingSafeEqual } from 'node:crypto';
import { noTap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import { createModel } from '../concurrency/model.ts';
import { staticFiles } from '../files/static.ts';
import { compose, type Middleware } from '../http/compose.ts';
import { errorResponse } from '../http/error-page.ts';
import { hostGuard } from '../http/middleware/host-guard.ts';
import { setFields } from '../http/middleware/set-fields.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import { DEFAULT_LIMITS } from '../net/limits.ts';
import { Listener } from '../net/listener.ts';
import { webSocketResponse } from '../net/web-socket.ts';
import { webSocketTransport } from '../net/web-socket-transport.ts';

export interface UiServerOptions {
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly token: string;
  attach(transport: Transport): void;
}

const FEED_PATH = '/feed';
const PROTOCOL = 'wirescope';

/** The page loads nothing from elsewhere, and captured bytes can neither run nor be sent anywhere. */
const PAGE_FIELDS = [
  [
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
      "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const;

export class UiServer {
  readonly #listener: Listener;

  constructor(options: UiServerOptions) {
    const admission = createModel('event-loop');
    this.#listener = new Listener(
      {
        id: 0,
        tap: noTap,
        deadlines: new Deadlines(),
        date: currentDate,
        limits: DEFAULT_LIMITS,
        counters: { inFlight: 0 },
        secure: false,
        handler: compose(
          [hostGuard(), feedRoute(options), setFields(PAGE_FIELDS)],
          staticFiles(options.renderer, { listing: false }),
        ),
        mustClose: () => false,
      },
      admission,
    );
  }

  /** Resolves to the port. Always loopback: whoever watches from elsewhere brings a tunnel. */
  listen(port: number): Promise<number> {
    return this.#listener.listen({ host: '127.0.0.1', port });
  }

  stop(): Promise<void> {
    return this.#listener.stop(0);
  }
}

function feedRoute({ token, attach }: UiServerOptions): Middleware {
  return (request, next) => {
    if (request.target.form !== 'origin' || request.target.path !== FEED_PATH) return next(request);
    const refusal = refuse(request, token);
    if (refusal) return refusal;
    return webSocketResponse(request, {
      protocols: [PROTOCOL],
      onSession: (session) => attach(webSocketTransport(session)),
    });
  };
}

function refuse(request: Request, token: string): Response | undefined {
  const { fields } = request.head;
  // RFC 6455 §10.2: any page may open a WebSocket to loopback, and only its Origin tells on it.
  const origin = fields.get('origin');
  if (origin !== undefined && origin !== `http://${fields.get('host')}`) {
    return errorResponse(403, 'The feed can be opened by its own page only', { request });
  }
  const offered = (fields.all('sec-websocket-protocol') ?? '').split(',').map((protocol) => protocol.trim());
  if (!offered.some((protocol) => sameText(protocol, token))) {
    return errorResponse(403, 'The feed needs the token from the address that the command printed', {
      request,
    });
  }
  return undefined;
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
