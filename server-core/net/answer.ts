import { problemResponse } from '../http/error-page.ts';
import { protocolRefusal } from '../http/protocol-refusal.ts';
import type { Request } from '../http/request.ts';
import type { Handler, Response } from '../http/response.ts';
import type { Exchange } from './exchange.ts';

/** The answer to a request: the handler's, or the page that tells of its failure. Never throws or rejects. */
export function answerTo(
  request: Request,
  { expectation }: Exchange,
  handler: Handler,
): Response | Promise<Response> {
  try {
    const answer = protocolRefusal(request, expectation) ?? handler(request);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => problemResponse(error, request));
  } catch (error) {
    return problemResponse(error, request);
  }
}

/** Frees what a response holds that will not be sent. */
export function discard({ body }: Response): void {
  if (body && !(body instanceof Uint8Array)) body.close();
}
