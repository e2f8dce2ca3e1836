/** A WebSocket client that speaks in raw bytes, and what a test needs to await of one that does not. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OPCODE, type Opcode } from '../../server-core/wire/ws/opcode.ts';
import { closeFrame, frame } from '../../server-core/wire/ws/writer.ts';
import { logFrames } from '../wire/ws/frame-log.ts';
import { RawClient } from './raw-client.ts';

export const HANDSHAKE =
  'GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

const maskingKey = 0x0badcafe;

export const masked = {
  frame: (opcode: Opcode, payload: string | Uint8Array = '', fin = true) =>
    frame(opcode, typeof payload === 'string' ? Buffer.from(payload) : payload, { maskingKey, fin }),
  text: (text: string) => masked.frame(OPCODE.text, text),
  close: (code?: number, reason = '') => closeFrame(code, Buffer.from(reason), { maskingKey }),
};

/** Opens a connection and completes the handshake, with `early` bytes sent right behind it. */
export async function rawWebSocket(port: number, early: Uint8Array = new Uint8Array()): Promise<RawClient> {
  const client = await RawClient.open(port);
  await client.send(Buffer.concat([Buffer.from(HANDSHAKE, 'latin1'), early]));
  const { status } = await client.response();
  if (status !== 101) throw new Error(`The server answered ${status}`);
  return client;
}

/** Everything the server sends until it ends the connection, as `opcode payload` texts; of a Close the code first. */
export async function framesUntilEnd(client: RawClient, deflate = false): Promise<string[]> {
  const bytes = Buffer.from(await client.rest(), 'latin1');
  const { frames, fault } = logFrames('client', [bytes], false, { deflate });
  if (fault) throw new Error(`The server sent ${fault.code} at ${fault.at}`);
  return frames.map(({ opcode, payload }) => {
    const content = Buffer.from(payload);
    if (opcode !== OPCODE.close || content.length === 0) return `${opcode} ${content}`;
    return `${opcode} ${content.readUInt16BE()} ${content.subarray(2)}`;
  });
}

export async function openWebSocket(port: number, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, protocols, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

export async function nextMessage(socket: WebSocket): Promise<string | Buffer> {
  const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
  return isBinary ? data : data.toString();
}

export async function closed(socket: WebSocket): Promise<[code: number, reason: string]> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

export function someBytes(length: number): Buffer {
  return randomBytes(length);
}
