/**
 * Serves the window to a browser and feeds it: the built renderer as static files, and the capture over a
 * WebSocket, both from our own server. Captured traffic is reachable with the token only, and never from the
 * port that serves the folder.
 */
import { timingSafeEqual } from 'node:crypto';
import { noTap } from '../capture/tap.ts';
import type { Transport } from '../capture/transport.ts';
import { EventLoop } from '../concurrency/event-loop.ts';
import { staticFiles } from '../files/static.ts';
import { byteSource } from '../http/byte-source.ts';
import { compose, type Middleware } from '../http/compose.ts';
import { errorResponse } from '../http/error-page.ts';
import { hostGuard } from '../http/middleware/host-guard.ts';
import { setFields } from '../http/middleware/set-fields.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { Counters } from '../net/counters.ts';
import { currentDate } from '../net/current-date.ts';
import { Deadlines } from '../net/deadlines.ts';
import { DEFAULT_LIMITS } from '../net/limits.ts';
import { Listener } from '../net/listener.ts';
import { LocalCarrier } from '../net/local-carrier.ts';
import { webSocketResponse } from '../net/web-socket.ts';
import { webSocketTransport } from '../net/web-socket-transport.ts';
import { PROMETHEUS_TYPE } from './prometheus.ts';
import { SAVED_PATH } from './saved-captures.ts';

export interface UiServerOptions {
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly token: string;
  attach(transport: Transport): void;
  /** A capture file that the page was promised at a path below `/saved/`, once. */
  download(path: string): AsyncIterable<Uint8Array> | undefined;
  /** The text of `/metrics`. It tells totals and no traffic, so that a scraper needs no token. */
  metrics(): string;
}

const FEED_PATH = '/feed';
const METRICS_PATH = '/metrics';
const PROTOCOL = 'wirescope';

/** The page loads nothing from elsewhere, and captured bytes can neither run nor be sent anywhere. */
const PAGE_FIELDS = [
  [
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
      "media-src blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const;

export class UiServer {
  readonly #listener: Listener;

  constructor(options: UiServerOptions) {
    const carrier = new LocalCarrier(
      {
        id: 0,
        tap: noTap,
        deadlines: new Deadlines(),
        date: currentDate,
        limits: DEFAULT_LIMITS,
        counters: new Counters(),
        secure: false,
        handler: compose(
          [
            hostGuard(),
            feedRoute(options),
            metricsRoute(options),
            savedRoute(options),
            setFields(PAGE_FIELDS),
          ],
          staticFiles(options.renderer, { listing: false }),
        ),
        mustClose: () => false,
      },
      new EventLoop(),
    );
    this.#listener = new Listener(DEFAULT_LIMITS.maxConnections, carrier);
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
      // On loopback zlib would cost more time than it saves.
      deflate: false,
      onSession: (session) => attach(webSocketTransport(session)),
    });
  };
}

function metricsRoute({ metrics }: UiServerOptions): Middleware {
  return (request, next) => {
    const { method, target } = request;
    if (target.form !== 'origin' || target.path !== METRICS_PATH) return next(request);
    if (method !== 'GET' && method !== 'HEAD') {
      return errorResponse(405, 'The metrics can be read only', {
        request,
        fields: [['Allow', 'GET, HEAD']],
      });
    }
    return {
      status: 200,
      fields: [
        ['Content-Type', PROMETHEUS_TYPE],
        ['Cache-Control', 'no-store'],
      ],
      body: Buffer.from(metrics()),
    };
  };
}

/** A download carries no token: its address is a secret of its own, told over the feed. */
function savedRoute({ download }: UiServerOptions): Middleware {
  return (request, next) => {
    const { method, target } = request;
    if (target.form !== 'origin' || !target.path.startsWith(SAVED_PATH)) return next(request);
    const bytes = method === 'GET' ? download(target.path) : undefined;
    if (!bytes) return errorResponse(404, 'That download was taken already, or is too old', { request });
    const name = `wirescope-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.wirescope`;
    return {
      status: 200,
      fields: [
        ['Content-Type', 'application/octet-stream'],
        ['Content-Disposition', `attachment; filename="${name}"`],
        ['Cache-Control', 'no-store'],
      ],
      body: byteSource(bytes),
    };
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
