import type { DeflatePolicy } from '../wire/ws/deflate-offer.ts';
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

/** How messages are compressed where the client offers permessage-deflate, RFC 7692. */
export interface DeflateOptions extends DeflatePolicy {
  /** 1024 bytes: shorter messages of ours go as they are. As ws. */
  readonly threshold: number;
  /** 6, of 1 to 9: zlib's own default, and that of ws. */
  readonly level: number;
}

export const DEFLATE_DEFAULTS: DeflateOptions = {
  threshold: 1024,
  level: 6,
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
};

export const WEB_SOCKET_DEFAULTS: WebSocketLimits = {
  ...MESSAGE_DEFAULTS,
  maxWaitingBytes: 64 * 1024 * 1024,
  pingMs: 20_000,
  pongMs: 20_000,
  closeMs: 10_000,
};
