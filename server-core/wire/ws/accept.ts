import { latin1Bytes } from '../bytes.ts';
import { base64 } from './base64.ts';
import { sha1 } from './sha1.ts';

/** RFC 6455 §1.3: chosen because no server that does not know WebSocket would ever append it. */
export const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** How a key becomes the accept value, one step a property: what the handshake's explanation shows. */
export interface AcceptSteps {
  /** The key with the GUID behind it. */
  readonly joined: string;
  /** SHA-1 of `joined`, 20 bytes. */
  readonly digest: Uint8Array;
  /** The digest in base64: the value of Sec-WebSocket-Accept. */
  readonly accept: string;
}

/** `key` is the value of Sec-WebSocket-Key as received, without whitespace around it (RFC 6455 §4.2.2). */
export function acceptSteps(key: string): AcceptSteps {
  const joined = key + HANDSHAKE_GUID;
  const digest = sha1(latin1Bytes(joined));
  return { joined, digest, accept: base64(digest) };
}
