import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultCode } from '../../../server-core/wire/faults.ts';
import { decideHandshake } from '../../../server-core/wire/ws/handshake.ts';
import {
  MessageReader,
  type MessageReaderOptions,
  type MessageSink,
} from '../../../server-core/wire/ws/messages.ts';
import { parsedHead } from '../../support/fields.ts';
import { wire } from './frame-log.ts';

type WsFault = Extract<FaultCode, `ws-${string}`>;

/** The shortest bytes to each fault of frames and messages. */
const FRAMES: Partial<Record<WsFault, string>> = {
  'ws-reserved-bits': 'c1 00',
  'ws-opcode-unknown': '83 00',
  'ws-mask-unexpected': '81 80',
  'ws-length-not-minimal': '82 7e 00 00',
  'ws-length-too-large': '82 7f ff',
  'ws-control-too-long': '89 7e',
  'ws-control-fragmented': '09 00',
  'ws-closed-early': '81',
  'ws-continuation-unexpected': '80 00',
  'ws-continuation-missing': '01 00 01 00',
  'ws-message-too-big': '82 7f 00 ff ff ff ff ff ff ff',
  'ws-text-not-utf8': '81 01 ff',
  'ws-close-length': '88 01 00',
  'ws-close-code-invalid': '88 02 03 ed',
  'ws-close-reason-not-utf8': '88 03 03 e8 ff',
};

/** Of the handshake: the method, and the fields that take the place of good ones. */
const HANDSHAKES: Partial<
  Record<WsFault, readonly [method: string, pairs: readonly (readonly [string, string])[]]>
> = {
  'ws-method': ['POST', []],
  'ws-upgrade-missing': ['GET', []],
  'ws-version-unsupported': ['GET', [['Sec-WebSocket-Version', '0']]],
  'ws-key-invalid': ['GET', [['Sec-WebSocket-Key', '?']]],
  'ws-protocol-invalid': ['GET', [['Sec-WebSocket-Protocol', '?/']]],
  'ws-extensions-invalid': ['GET', [['Sec-WebSocket-Extensions', 'a b']]],
  'ws-handshake-content': ['GET', [['Content-Length', '1']]],
};

const codes = (Object.keys(FAULTS) as FaultCode[]).filter((code): code is WsFault => code.startsWith('ws-'));

describe('every WebSocket fault', () => {
  it.each(codes)('%s can happen', (code) => {
    expect(provoke(code)).toBe(code);
  });

  it.each(codes)('%s is told in a sentence that a Close frame can carry', (code) => {
    const { sentence, section } = FAULTS[code];
    expect(sentence).toMatch(/^[A-Z].*[^.]$/);
    expect(Buffer.byteLength(sentence)).toBeLessThanOrEqual(123);
    expect(section).toMatch(/^RFC (6455|7692|9110) §\d+(\.\d+)*$/);
  });
});

function provoke(code: WsFault): FaultCode | undefined {
  const handshake = HANDSHAKES[code];
  if (handshake) return refusal(...handshake);
  if (code === 'ws-compressed-misplaced') return faultOf('c9 00', 'client', { deflate: true });
  if (code === 'ws-mask-missing') return faultOf('81 00', 'server');
  return faultOf(FRAMES[code] ?? '', 'client');
}

function faultOf(
  bytes: string,
  reader: 'server' | 'client',
  options: MessageReaderOptions = {},
): FaultCode | undefined {
  let found: FaultCode | undefined;
  const nothing = () => {};
  const sink: MessageSink = {
    text: nothing,
    binary: nothing,
    compressed: nothing,
    ping: nothing,
    pong: nothing,
    close: nothing,
    fault: (fault) => {
      found = fault.code;
    },
  };
  const messages = new MessageReader(reader, sink, options);
  const chunk = wire(bytes);
  for (let at = 0, consumed = 1; at < chunk.length && consumed > 0; at += consumed)
    consumed = messages.push(chunk, at);
  messages.finish();
  return found;
}

function refusal(method: string, pairs: readonly (readonly [string, string])[]): FaultCode | undefined {
  const upgrade = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ] as const;
  const given =
    pairs.length === 0 && method === 'GET'
      ? []
      : upgrade.filter(([name]) => !pairs.some(([other]) => other === name));
  const decision = decideHandshake(parsedHead(method, '/', [['Host', 'localhost'], ...given, ...pairs]));
  return decision.accepted ? undefined : decision.fault.code;
}
