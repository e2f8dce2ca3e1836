/** Why there is no response from the origin, in words for the one who asked. */
import { errorResponse } from '../../http/error-page.ts';
import type { Request } from '../../http/request.ts';
import type { Response } from '../../http/response.ts';
import { FAULTS, type Fault } from '../../wire/faults.ts';

export const ORIGIN_PROBLEMS = {
  'name-unknown': { status: 502, sentence: 'The name of the origin server cannot be resolved' },
  refused: { status: 502, sentence: 'The origin server refuses the connection: nothing listens on its port' },
  unreachable: { status: 502, sentence: 'The origin server cannot be reached over the network' },
  'tls-failed': { status: 502, sentence: 'No trusted TLS connection to the origin server could be made' },
  reset: { status: 502, sentence: 'The origin server reset the connection instead of answering' },
  closed: { status: 502, sentence: 'The origin server closed the connection instead of answering' },
  'bad-response': { status: 502, sentence: 'The origin server sent a response that cannot be understood' },
  'upgrade-unasked': {
    status: 502,
    sentence: 'The origin server switched to a protocol that was not asked for',
  },
  'connect-timeout': { status: 504, sentence: 'The origin server did not accept a connection in time' },
  'answer-timeout': {
    status: 504,
    sentence: 'The origin server accepted the request but did not answer in time',
  },
  'write-timeout': { status: 504, sentence: 'The origin server stopped taking the content of the request' },
  silence: { status: 504, sentence: 'The origin server stopped in the middle of its response' },
} as const satisfies Record<string, { status: 502 | 504; sentence: string }>;

export type OriginProblemKind = keyof typeof ORIGIN_PROBLEMS;

export class OriginProblem extends Error {
  override readonly name = 'OriginProblem';
  readonly kind: OriginProblemKind;
  /** What the parser could not accept, for `bad-response`; `at` counts from the connection's first byte. */
  readonly fault: Fault | undefined;

  constructor(kind: OriginProblemKind, more: { readonly fault?: Fault; readonly cause?: unknown } = {}) {
    super(ORIGIN_PROBLEMS[kind].sentence, more.cause === undefined ? undefined : { cause: more.cause });
    this.kind = kind;
    this.fault = more.fault;
  }

  /** For the capture: the sentence with what the system or the parser says. */
  get detail(): string {
    if (this.fault) return `${this.message}: ${FAULTS[this.fault.code].sentence}, at byte ${this.fault.at}`;
    const { code } = (this.cause ?? {}) as NodeJS.ErrnoException;
    return code === undefined ? this.message : `${this.message} (${code})`;
  }
}

/** The error page. It says neither the origin's address nor what it sent; the capture's marks do. */
export function problemAnswer(problem: OriginProblem, request: Request): Response {
  const { status, sentence } = ORIGIN_PROBLEMS[problem.kind];
  const { fault } = problem;
  return errorResponse(status, fault ? `${sentence}: ${FAULTS[fault.code].sentence}` : sentence, {
    section: status === 502 ? 'RFC 9110 §15.6.3' : 'RFC 9110 §15.6.5',
    faultCode: fault?.code,
    offset: fault?.at,
    request,
  });
}

const KINDS: Readonly<Record<string, OriginProblemKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  ETIMEDOUT: 'connect-timeout',
};

/** What the system's error means. `handshaking` is true while TLS is being agreed on. */
export function systemProblem(error: NodeJS.ErrnoException, handshaking: boolean): OriginProblem {
  const known = KINDS[error.code ?? ''];
  // Any other error of a handshake is TLS's own: OpenSSL has hundreds of codes.
  return new OriginProblem(known ?? (handshaking ? 'tls-failed' : 'unreachable'), { cause: error });
}
