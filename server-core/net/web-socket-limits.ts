import { MESSAGE_DEFAULTS, type MessageLimits } from '../wire/ws/limits.ts';

/** Limits and deadlines of one session. Sizes in bytes, times in milliseconds. */
export interface WebSocketLimits extends MessageLimits {
  /**
   * 64 MiB of frames waiting for a peer that does not read; a send past it fails the session. Whoever waits for
   * `onDrain` never meets it. uWebSockets closes from 64 KiB on, ws not at all.
   */
  readonly maxWaitingBytes: number;
  /** 20 s between pings; 0 sends none. As the websockets library of Python. */
  readonly pingMs: number;
  /** 20 s for any sign of life after a ping. As the websockets library of Python. */
  readonly pongMs: number;
  /** 10 s for the peer to answer a Close frame and end the connection; ws waits 30 s, websockets 10 s. */
  readonly closeMs: number;
}

export const WEB_SOCKET_DEFAULTS: WebSocketLimits = {
  ...MESSAGE_DEFAULTS,
  maxWaitingBytes: 64 * 1024 * 1024,
  pingMs: 20_000,
  pongMs: 20_000,
  closeMs: 10_000,
};
