import { once } from 'node:events';
import { constants, deflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { OPCODE, type Opcode } from '../../server-core/wire/ws/opcode.ts';
import { frame } from '../../server-core/wire/ws/writer.ts';
import { RawClient } from './raw-client.ts';
import { HANDSHAKE } from './web-socket-client.ts';
import { open, served } from './web-socket-setup.ts';

export async function client(perMessageDeflate: ClientOptions['perMessageDeflate']): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/`, { perMessageDeflate });
  open.push(socket);
  await once(socket, 'open');
  return socket;
}

/** A client in raw bytes that offers exactly this. */
export async function raw(offer = 'permessage-deflate'): Promise<RawClient & { head: string }> {
  const opened = await RawClient.open(served.port);
  open.push({ terminate: () => opened.close() });
  await opened.send(HANDSHAKE.replace('\r\n\r\n', `\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`));
  const { status, head } = await opened.response();
  expect(status).toBe(101);
  return Object.assign(opened, { head });
}

export const maskingKey = 0x5eed5eed;
/** RFC 7692 §7.2.1: deflated, flushed, and without what a flush ends with. */
export const deflated = (bytes: Uint8Array, dictionary?: Uint8Array) =>
  deflateRawSync(bytes, {
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary?.length ? { dictionary } : {}),
  }).subarray(0, -4);
export const packed = (opcode: Opcode, payload: Uint8Array, fin = true) =>
  frame(opcode, payload, { maskingKey, fin, compressed: opcode !== OPCODE.continuation });
