import { FAULTS, type FaultCode, type FaultInfo } from '../wire/faults.ts';
import type { FieldPair } from './response.ts';

export interface HttpErrorOptions {
  /** Sent with the answer, such as `Allow` or `Retry-After`. */
  readonly fields?: readonly FieldPair[];
  /** The wire fault behind it, when there is one. */
  readonly code?: FaultCode | undefined;
  /** The governing clause, such as `RFC 9110 §15.5.5`. */
  readonly section?: string | undefined;
  /** What went wrong inside. It is never sent. */
  readonly cause?: unknown;
}

/**
 * Thrown by a handler to answer with an error status; the connection turns it into a page in one place. Anything
 * else that is thrown becomes a 500 without details.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  /** 400 to 599. */
  readonly status: number;
  /** One sentence that may be shown to whoever asked. It holds no bytes of the peer and no names of this machine. */
  readonly publicText: string;
  readonly fields: readonly FieldPair[];
  readonly code: FaultCode | undefined;
  readonly section: string | undefined;

  constructor(status: number, publicText: string, options: HttpErrorOptions = {}) {
    super(publicText, options.cause === undefined ? undefined : { cause: options.cause });
    if (!(status >= 400 && status <= 599)) throw new RangeError(`${status} is not an error status`);
    this.status = status;
    this.publicText = publicText;
    this.fields = options.fields ?? [];
    this.code = options.code;
    this.section = options.section;
  }
}

/** What a handler gets that reads content with a fault in it; unless it catches this, the client is told as much. */
export function faultError(code: FaultCode): HttpError {
  const { status = 400, sentence, section }: FaultInfo = FAULTS[code];
  return new HttpError(status, sentence, { code, section });
}
