import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { FAULTS } from '../wire/faults.ts';
import { decideHandshake } from '../wire/ws/handshake.ts';
import { DEFLATE_DEFAULTS, type DeflateOptions, type WebSocketLimits } from './web-socket-limits.ts';
import { WebSocketSession } from './web-socket-session.ts';

export interface WebSocketOptions extends Partial<WebSocketLimits> {
  /** Subprotocols spoken here; of those that the client offers, its first is chosen. */
  readonly protocols?: readonly string[];
  /**
   * Whether messages are compressed for clients that offer it, as all browsers do; true by default, as in Python's
   * websockets. ws has it off for the memory that a stream of zlib holds for each connection; here it is 64 KiB at
   * most (web-socket-deflate.ts). Switch it off where secrets and what an attacker chose go into one connection:
   * their lengths tell (CRIME).
   */
  readonly deflate?: boolean | Partial<DeflateOptions>;
  /** Called once the 101 is on its way. Set the listeners before it returns: what the client sent follows at once. */
  onSession(session: WebSocketSession): void;
}

/**
 * A handler's answer at a WebSocket endpoint: 101 and a session, or a refusal that says what the request lacks.
 * Whether this client may connect at all (Origin, a token) is for the handler to settle first.
 */
export function webSocketResponse(request: Request, options: WebSocketOptions): Response {
  const { protocols, deflate = true, onSession, ...limits } = options;
  const compression = deflate && { ...DEFLATE_DEFAULTS, ...(deflate === true ? {} : deflate) };
  const decision = decideHandshake(request.head, {
    ...(protocols ? { protocols } : {}),
    deflate: compression || undefined,
  });
  if (!decision.accepted) {
    const { code, at } = decision.fault;
    const { sentence, section } = FAULTS[code];
    if (request.tracing) request.mark('decision', `${sentence}, so ${decision.status}`);
    const detail = { section, faultCode: code, offset: at, request, fields: decision.fields };
    return errorResponse(decision.status, sentence, detail);
  }
  const { protocol, deflate: agreed } = decision;
  if (request.tracing) {
    const spoken = protocol === undefined ? 'without a subprotocol' : `with the subprotocol ${protocol}`;
    const packed = agreed ? ', messages compressed' : '';
    request.mark('decision', `Upgrade asks for websocket, version 13, so 101 ${spoken}${packed}`);
  }
  return {
    status: 101,
    fields: decision.fields,
    upgrade: (stream) => {
      const session = new WebSocketSession(stream, {
        ...limits,
        protocol,
        deflate: agreed && compression ? { ...compression, ...agreed } : undefined,
      });
      onSession(session);
      session.start();
    },
  };
}
