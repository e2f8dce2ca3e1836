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
import { jsonResponse } from '../http/content-response.ts';
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
import { listenNear } from './listen-near.ts';
import { PROMETHEUS_TYPE } from './prometheus.ts';
import { type Download, SAVED_PATH } from './saved-captures.ts';

export interface UiServerOptions {
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly token: string;
  attach(transport: Transport): void;
  /** Takes a folder that the page lends. */
  lend?(transport: Transport): void;
  /** Further hosts that it answers for, where it can be reached from other machines. */
  readonly names?: readonly string[];
  /** What may wait for a viewer that does not read; past it the viewer is let go. Default: that of WebSockets. */
  readonly maxWaitingBytes?: number;
  /** Whether as many look on as may. */
  isFull?(): boolean;
  /** A capture file that the page was promised at a path below `/saved/`, once. */
  download?(path: string): Download | undefined;
  /** Opens a capture file that was dropped on the page. Rejects with one sentence for people. */
  open?(name: string, bytes: AsyncIterable<Uint8Array>): Promise<unknown>;
  /** The text of `/metrics`. It tells totals and no traffic, so that a scraper needs no token. */
  metrics?(): string;
}

const FEED_PATH = '/feed';
const LENDING_PATH = '/lend';
const METRICS_PATH = '/metrics';
/** Behind it comes the name of the file. */
const DROPPED_PATH = '/dropped/';
const PROTOCOL = 'wirescope';

/** The page loads nothing from elsewhere, and captured bytes can neither run nor be sent anywhere. */
const PAGE_FIELDS = [
  [
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
      "media-src blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const;
/** Only in a secure context: over plain HTTP from another machine browsers say that they ignore it. */
const OPENER_FIELD = ['Cross-Origin-Opener-Policy', 'same-origin'] as const;

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
            hostGuard(options.names),
            feedRoute(options),
            ...(options.lend ? [lendingRoute(options.token, options.lend)] : []),
            ...(options.metrics ? [metricsRoute(options.metrics)] : []),
            ...(options.download ? [savedRoute(options.download)] : []),
            ...(options.open ? [droppedRoute(options.token, options.open)] : []),
            setFields(options.names ? PAGE_FIELDS : [...PAGE_FIELDS, OPENER_FIELD]),
          ],
          staticFiles(options.renderer, { listing: false }),
        ),
        mustClose: () => false,
      },
      new EventLoop(),
    );
    this.#listener = new Listener(DEFAULT_LIMITS.maxConnections, carrier);
  }

  /** Resolves to the port. Loopback, unless the window is shared. */
  listen(port: number, host = '127.0.0.1'): Promise<number> {
    return this.#listener.listen({ host, port });
  }

  /** As `listen`, on the next port that is free. */
  listenNear(wanted: number, host?: string): Promise<number> {
    return listenNear(wanted, (port) => this.listen(port, host));
  }

  stop(): Promise<void> {
    return this.#listener.stop(0);
  }
}

function feedRoute({ token, attach, isFull, maxWaitingBytes }: UiServerOptions): Middleware {
  return (request, next) => {
    if (request.target.form !== 'origin' || request.target.path !== FEED_PATH) return next(request);
    const refusal = refuse(request, token);
    if (refusal) return refusal;
    if (isFull?.()) return errorResponse(503, 'As many look on as may; try again later', { request });
    return webSocketResponse(request, {
      ...(maxWaitingBytes === undefined ? {} : { maxWaitingBytes }),
      protocols: [PROTOCOL],
      // On loopback zlib would cost more time than it saves.
      deflate: false,
      onSession: (session) => attach(webSocketTransport(session)),
    });
  };
}

/** Beside the feed, so that bytes of files do not hold up what is captured. */
function lendingRoute(token: string, lend: (transport: Transport) => void): Middleware {
  return (request, next) => {
    if (request.target.form !== 'origin' || request.target.path !== LENDING_PATH) return next(request);
    return (
      refuse(request, token) ??
      webSocketResponse(request, {
        protocols: [PROTOCOL],
        deflate: false,
        onSession: (session) => lend(webSocketTransport(session)),
      })
    );
  };
}

function metricsRoute(metrics: () => string): Middleware {
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

function droppedRoute(token: string, open: NonNullable<UiServerOptions['open']>): Middleware {
  return async (request, next) => {
    const { method, target } = request;
    if (target.form !== 'origin' || !target.path.startsWith(DROPPED_PATH)) return next(request);
    const refusal = refuse(request, token);
    if (refusal) return refusal;
    if (method !== 'POST')
      return errorResponse(405, 'A file is posted here', { request, fields: [['Allow', 'POST']] });
    try {
      await open(decodeURIComponent(target.path.slice(DROPPED_PATH.length)), request.body.chunks());
      return jsonResponse({});
    } catch (error) {
      return jsonResponse({ error: (error as Error).message });
    }
  };
}

/** A download carries no token: its address is a secret of its own, told over the feed. */
function savedRoute(download: (path: string) => Download | undefined): Middleware {
  return (request, next) => {
    const { method, target } = request;
    if (target.form !== 'origin' || !target.path.startsWith(SAVED_PATH)) return next(request);
    const file = method === 'GET' ? download(target.path) : undefined;
    if (!file) return errorResponse(404, 'That download was taken already, or is too old', { request });
    const name = `wirescope-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${file.ending}`;
    return {
      status: 200,
      fields: [
        ['Content-Type', 'application/octet-stream'],
        ['Content-Disposition', `attachment; filename="${name}"`],
        ['Cache-Control', 'no-store'],
      ],
      body: byteSource(file.bytes),
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
  // How a page asks why it was refused: of a handshake it is told nothing.
  const bearer = /^Bearer (\S+)$/i.exec(fields.get('authorization') ?? '')?.[1] ?? '';
  if (![...offered, bearer].some((given) => sameText(given, token))) {
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
