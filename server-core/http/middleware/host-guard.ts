/**
 * Answers only requests that name this server. A page of another site can make its own name resolve to
 * 127.0.0.1 and so read what is served here (DNS rebinding); its requests still carry its own name in Host.
 */

import { requestHost } from '../authority.ts';
import type { Middleware } from '../compose.ts';
import { errorResponse } from '../error-page.ts';

const ELSEWHERE =
  'This server answers for localhost and its own addresses; a proxy before it has to send such a Host';
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** `names` are further hosts to answer, such as the machine's addresses when it is reached over the LAN. */
export function hostGuard(names: readonly string[] = []): Middleware {
  const known = new Set([...LOOPBACK_NAMES, ...names.map((name) => name.toLowerCase())]);
  return (request, next) => {
    const host = requestHost(request);
    // HTTP/1.0 may leave Host out; no browser does, and only browsers can be rebound.
    if (host === undefined || known.has(host) || host.endsWith('.localhost')) return next(request);
    if (request.tracing) request.mark('decision', `Host ${host} does not name this server, so 421`);
    return errorResponse(421, ELSEWHERE, {
      section: 'RFC 9110 §15.5.20',
      request,
    });
  };
}
