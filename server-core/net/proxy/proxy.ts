import { errorResponse } from '../../http/error-page.ts';
import type { Request } from '../../http/request.ts';
import type { Handler, Response } from '../../http/response.ts';
import { Deadlines } from '../deadlines.ts';
import type { TlsTrust } from './connect.ts';
import type { ForwardedForm } from './forwarded.ts';
import { listed } from './hop-by-hop.ts';
import { originUrl, parseOrigin } from './origin.ts';
import { OriginPool } from './origin-pool.ts';
import { PROXY_DEFAULTS, type ProxyLimits } from './proxy-limits.ts';
import { Relay } from './relay.ts';
import { maxForwards } from './request-head.ts';

export interface ProxyOptions extends Partial<ProxyLimits>, TlsTrust {
  /**
   * The Host that the origin sees: its own (the default, which sites with a name need), or the client's. Redirects to
   * the origin's own name are then rewritten to the proxy's.
   */
  readonly host?: 'origin' | 'client';
  /** How the origin learns who the client is; `x` by default. */
  readonly forwarded?: ForwardedForm;
  /** Keeps what the request says about earlier hops. Only behind a proxy of one's own: anyone can write it. */
  readonly trustForwarded?: boolean;
  /**
   * Protocols to switch to; only `websocket` by default. Others bypass every check that this server makes of
   * requests: through an h2c connection the client asks for what it likes.
   */
  readonly upgrades?: readonly string[];
  /** The name in Via, a token; one made up for this proxy by default, so that a loop is told from a chain. */
  readonly pseudonym?: string;
}

export interface ProxyHandler extends Handler {
  /** The origin's address as it was understood. */
  readonly origin: string;
  /** Ends the connections to the origin that serve no request. */
  close(): void;
}

/**
 * A handler that has another server answer: `http://localhost:3000`, or `https:`, with or without a path that then
 * stands before every request's. Throws when that is no URL of an origin.
 *
 * - Content streams both ways, no faster than the slower side, and neither is kept whole.
 * - Hop-by-hop fields stay on their hop (RFC 9110 §7.6.1); Via and X-Forwarded-* are added.
 * - Interim responses are forwarded as they come, trailers where the content goes chunked.
 * - 502 and 504 say what went wrong in words.
 *
 * What client and proxy say to each other is captured as ever; what proxy and origin say to each other is not. The
 * request's marks tell of it.
 */
export function proxy(originAddress: string, options: ProxyOptions = {}): ProxyHandler {
  const origin = parseOrigin(originAddress);
  const limits: ProxyLimits = { ...PROXY_DEFAULTS, ...options };
  const deadlines = new Deadlines();
  const pool = new OriginPool(origin, options, limits, deadlines);
  const pseudonym = options.pseudonym ?? `wirescope-${crypto.randomUUID().slice(0, 8)}`;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(pseudonym)) throw new Error(`${pseudonym} is no token`);
  const fields = {
    host: options.host ?? 'origin',
    forwarded: options.forwarded ?? 'x',
    trustForwarded: options.trustForwarded ?? false,
    upgrades: (options.upgrades ?? ['websocket']).map((protocol) => protocol.toLowerCase()),
    pseudonym,
  } as const;

  const handler = (request: Request): Response | Promise<Response> =>
    ownAnswer(request, pseudonym) ?? new Relay(request, { origin, pool, limits, deadlines, fields }).run();
  return Object.assign(handler, { close: () => pool.close(), origin: originUrl(origin) });
}

/** What is not for the origin to answer. */
function ownAnswer(request: Request, pseudonym: string): Response | undefined {
  // RFC 9110 §9.3.6: a gateway to one origin is no way to all others.
  if (request.target.form === 'authority') {
    return errorResponse(501, 'This server makes no tunnels', { section: 'RFC 9110 §9.3.6', request });
  }
  // RFC 9110 §9.3.8: the echo would hold what proxies added, and credentials. As nginx and Apache do on advice.
  if (request.method === 'TRACE') {
    return errorResponse(405, 'Requests are not echoed here', {
      section: 'RFC 9110 §9.3.8',
      fields: [['Allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS']],
      request,
    });
  }
  // RFC 9110 §7.6.2
  if (maxForwards(request) === 0) return { status: 204, fields: [] };
  // RFC 9110 §7.6.3: a request that was here before goes round for ever, and takes a connection on each round.
  const hops = listed(request.head.fields.all('via')).map((hop) => hop.split(/\s+/)[1]);
  if (hops.includes(pseudonym.toLowerCase())) {
    if (request.tracing) request.mark('decision', 'Via names this proxy already, so 508');
    return errorResponse(508, 'The origin server of this proxy leads back to it', {
      section: 'RFC 9110 §7.6.3',
      request,
    });
  }
  return undefined;
}
