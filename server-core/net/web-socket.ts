import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { FAULTS } from '../wire/faults.ts';
import { decideHandshake } from '../wire/ws/handshake.ts';
import type { WebSocketLimits } from './web-socket-limits.ts';
import { WebSocketSession } from './web-socket-session.ts';

export interface WebSocketOptions extends Partial<WebSocketLimits> {
  /** Subprotocols spoken here; of those that the client offers, its first is chosen. */
  readonly protocols?: readonly string[];
  /** Called once the 101 is on its way. Set the listeners before it returns: what the client sent follows at once. */
  onSession(session: WebSocketSession): void;
}

/**
 * A handler's answer at a WebSocket endpoint: 101 and a session, or a refusal that says what the request lacks.
 * Whether this client may connect at all (Origin, a token) is for the handler to settle first.
 */
export function webSocketResponse(request: Request, options: WebSocketOptions): Response {
  const { protocols, onSession, ...limits } = options;
  const decision = decideHandshake(request.head, protocols);
  if (!decision.accepted) {
    const { code, at } = decision.fault;
    const { sentence, section } = FAULTS[code];
    if (request.tracing) request.mark('decision', `${sentence}, so ${decision.status}`);
    const detail = { section, faultCode: code, offset: at, request, fields: decision.fields };
    return errorResponse(decision.status, sentence, detail);
  }
  const { protocol } = decision;
  if (request.tracing) {
    const agreed = protocol === undefined ? 'without a subprotocol' : `with the subprotocol ${protocol}`;
    request.mark('decision', `Upgrade asks for websocket, version 13, so 101 ${agreed}`);
  }
  return {
    status: 101,
    fields: decision.fields,
    upgrade: (stream) => {
      const session = new WebSocketSession(stream, { ...limits, protocol });
      onSession(session);
      session.start();
    },
  };
}
