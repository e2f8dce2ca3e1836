/** Close codes, RFC 6455 §7.4.1 and the registry of §11.7. */
import type { FaultCode } from '../faults.ts';

export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  /** Never on the wire: the peer's Close frame had no code. */
  noStatus: 1005,
  /** Never on the wire: the connection ended without a Close frame. */
  abnormal: 1006,
  invalidPayload: 1007,
  policyViolation: 1008,
  messageTooBig: 1009,
  mandatoryExtension: 1010,
  internalError: 1011,
  serviceRestart: 1012,
  tryAgainLater: 1013,
  badGateway: 1014,
} as const;

/** Whether a Close frame may carry the code: not 1004 to 1006 and 1015, which stand for what no frame said. */
export function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/** The code to fail the connection with after a fault in its frames, RFC 6455 §7.1.7. */
export function closeCodeFor(fault: FaultCode): number {
  switch (fault) {
    case 'ws-text-not-utf8':
    case 'ws-close-reason-not-utf8':
      return CLOSE.invalidPayload;
    case 'ws-message-too-big':
      return CLOSE.messageTooBig;
    default:
      return CLOSE.protocolError;
  }
}
