import { HttpError } from '../http/errors.ts';
import type { Expectation } from '../http/expectation.ts';
import type { Request } from '../http/request.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { IncomingBody } from './request-body.ts';

/** One request and its response on a connection, from the first byte in to the last byte out. */
export interface Exchange {
  readonly id: number;
  /** Its first byte, as `Counters.now` tells time. */
  readonly since: number;
  /** Undefined until the head was read. */
  request: Request | undefined;
  body: IncomingBody | undefined;
  trailers: Fields | undefined;
  expectation: Expectation;
  /** The request's last byte was read, or will never come. */
  requestEnded: boolean;
  /** 100 (Continue) was sent. */
  continued: boolean;
  /** A response head is on its way out. */
  responseStarted: boolean;
  /** All bytes of the response were handed to the socket. */
  responseSent: boolean;
  /** The response is to end in a reset. */
  reset: boolean;
  /** The connection may serve another request after this one. */
  persist: boolean;
  droppedBytes: number;
  /** Counted as in flight. */
  counted: boolean;
  readonly abortListeners: (() => void)[];
}

export function newExchange(id: number, since: number): Exchange {
  return {
    id,
    since,
    request: undefined,
    body: undefined,
    trailers: undefined,
    expectation: 'none',
    requestEnded: false,
    continued: false,
    responseStarted: false,
    responseSent: false,
    reset: false,
    persist: true,
    droppedBytes: 0,
    counted: false,
    abortListeners: [],
  };
}

/** The client is gone: whoever works for it is told. */
export function abandon(exchange: Exchange): void {
  exchange.body?.fail(new HttpError(400, 'The client is gone'));
  for (const listener of exchange.abortListeners) listener();
}
