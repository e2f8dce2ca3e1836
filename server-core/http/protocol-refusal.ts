import { errorResponse } from './error-page.ts';
import type { Expectation } from './expectation.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/** The answer to what no handler could do anything about; undefined for all else. */
export function protocolRefusal(request: Request, expectation: Expectation): Response | undefined {
  // RFC 9110 §9.3.6: a tunnel needs a way to other servers. What follows may be the tunnel's already, so it closes.
  if (request.method === 'CONNECT') {
    return errorResponse(501, 'This server makes no tunnels', {
      section: 'RFC 9110 §9.3.6',
      request,
      close: true,
    });
  }
  // RFC 9110 §10.1.1 lets an unknown expectation pass; then the client would take our answer for a promise.
  if (expectation === 'unknown') {
    return errorResponse(417, 'The only expectation that is met here is 100-continue', {
      section: 'RFC 9110 §15.5.18',
      request,
    });
  }
  return undefined;
}
