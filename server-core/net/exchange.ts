import type { Request } from '../http/request.ts';
import type { IncomingBody } from './request-body.ts';

/** One request and its response on a connection, from the first byte in to the last byte out. */
export interface Exchange {
  readonly id: number;
  /** Undefined until the head was read. */
  request: Request | undefined;
  body: IncomingBody | undefined;
  /** The request's last byte was read, or will never come. */
  requestEnded: boolean;
  /** 100 (Continue) was sent. */
  continued: boolean;
  /** A response head is on its way out. */
  responseStarted: boolean;
  /** All bytes of the response were handed to the socket. */
  responseSent: boolean;
  /** The connection may serve another request after this one. */
  persist: boolean;
  droppedBytes: number;
  /** Counted as in flight. */
  counted: boolean;
  readonly abortListeners: (() => void)[];
}

export function newExchange(id: number): Exchange {
  return {
    id,
    request: undefined,
    body: undefined,
    requestEnded: false,
    continued: false,
    responseStarted: false,
    responseSent: false,
    persist: true,
    droppedBytes: 0,
    counted: false,
    abortListeners: [],
  };
}
