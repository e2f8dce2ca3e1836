import { describe, expect, it } from 'vitest';
import type { RequestHead } from '../../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../../server-core/wire/http1/parser.ts';
import { decideHandshake } from '../../../server-core/wire/ws/handshake.ts';

const GOOD = {
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

interface Asked {
  readonly method?: string;
  readonly version?: string;
  /** Undefined leaves a field of `GOOD` out. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  readonly more?: string;
}

function headOf({ method = 'GET', version = '1.1', fields = {}, more = '' }: Asked): RequestHead {
  const lines = Object.entries({ ...GOOD, ...fields }).map(([name, value]) =>
    value === undefined ? '' : `${name}: ${value}\r\n`,
  );
  let head: RequestHead | undefined;
  const parser = new Http1Parser('request', {
    span() {},
    begin() {},
    head: (parsed) => {
      head = parsed as RequestHead;
    },
    body() {},
    trailers() {},
    end() {},
    fault: ({ code }) => {
      throw new Error(code);
    },
  });
  parser.push(
    Buffer.from(
      `${method} /socket HTTP/${version}\r\nHost: localhost\r\n${lines.join('')}${more}\r\n`,
      'latin1',
    ),
  );
  return head!;
}

describe('a handshake is accepted', () => {
  it.each<[string, Asked]>([
    ['as in RFC 6455 §1.2', {}],
    ['in any case', { fields: { Upgrade: 'WebSocket', Connection: 'upgrade' } }],
    ['among other options', { fields: { Upgrade: 'h2c, websocket', Connection: 'keep-alive, Upgrade' } }],
    [
      'with a key whose last bits are not zero, as in RFC 6455 §4.1',
      { fields: { 'Sec-WebSocket-Key': 'AQIDBAUGBwgJCgsMDQ4PEC==' } },
    ],
    ['with extensions, which are declined', { more: 'Sec-WebSocket-Extensions: permessage-deflate\r\n' }],
    ['with a content that is empty', { more: 'Content-Length: 0\r\n' }],
  ])('%s', (_, asked) => {
    const decision = decideHandshake(headOf(asked));
    expect(decision.accepted).toBe(true);
    expect(decision.fields.map(([name]) => name)).toEqual(['Upgrade', 'Connection', 'Sec-WebSocket-Accept']);
  });

  it('with the accept value of the RFC', () => {
    expect(decideHandshake(headOf({})).fields).toContainEqual([
      'Sec-WebSocket-Accept',
      's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    ]);
  });
});

describe('a handshake is refused', () => {
  it.each<[string, Asked, string, number, string | undefined]>([
    ['by POST', { method: 'POST' }, 'ws-method', 405, undefined],
    ['without Upgrade', { fields: { Upgrade: undefined } }, 'ws-upgrade-missing', 400, undefined],
    ['for another protocol', { fields: { Upgrade: 'h2c' } }, 'ws-upgrade-missing', 400, 'h2c'],
    ['for a longer name', { fields: { Upgrade: 'websockets' } }, 'ws-upgrade-missing', 400, 'websockets'],
    ['without Connection', { fields: { Connection: undefined } }, 'ws-upgrade-missing', 400, undefined],
    [
      'without the connection option',
      { fields: { Connection: 'keep-alive' } },
      'ws-upgrade-missing',
      400,
      'keep-alive',
    ],
    ['in HTTP/1.0', { version: '1.0' }, 'ws-upgrade-missing', 400, 'websocket'],
    [
      'without a version',
      { fields: { 'Sec-WebSocket-Version': undefined } },
      'ws-version-unsupported',
      426,
      undefined,
    ],
    ['of version 8', { fields: { 'Sec-WebSocket-Version': '8' } }, 'ws-version-unsupported', 426, '8'],
    ['of two versions', { more: 'Sec-WebSocket-Version: 13\r\n' }, 'ws-version-unsupported', 426, '13'],
    ['without a key', { fields: { 'Sec-WebSocket-Key': undefined } }, 'ws-key-invalid', 400, undefined],
    ['with a short key', { fields: { 'Sec-WebSocket-Key': 'c2hvcnQ=' } }, 'ws-key-invalid', 400, 'c2hvcnQ='],
    [
      'with a key that is not base64',
      { fields: { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25j*Q==' } },
      'ws-key-invalid',
      400,
      'dGhl',
    ],
    [
      'with two keys',
      { more: 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' },
      'ws-key-invalid',
      400,
      'dGhl',
    ],
    [
      'with a protocol that is no token',
      { more: 'Sec-WebSocket-Protocol: a b\r\n' },
      'ws-protocol-invalid',
      400,
      'a b',
    ],
    [
      'with a protocol twice',
      { more: 'Sec-WebSocket-Protocol: a, a\r\n' },
      'ws-protocol-invalid',
      400,
      'a, a',
    ],
    ['with content', { more: 'Content-Length: 5\r\n' }, 'ws-handshake-content', 400, undefined],
    [
      'with chunked content',
      { more: 'Transfer-Encoding: chunked\r\n' },
      'ws-handshake-content',
      400,
      undefined,
    ],
  ])('%s', (_, asked, code, status, place) => {
    const head = headOf(asked);
    const decision = decideHandshake(head);
    if (decision.accepted) throw new Error('It was accepted');
    expect([decision.fault.code, decision.status]).toEqual([code, status]);
    const values = Array.from({ length: head.fields.count }, (_, i) => i)
      .filter((i) => head.fields.position(i).valueStart === decision.fault.at)
      .map((i) => head.fields.value(i));
    expect(values[0]?.startsWith(place ?? '') ?? 'no field').toBe(place === undefined ? 'no field' : true);
  });

  it.each<[string, Asked, readonly string[]]>([
    ['405 names the method', { method: 'POST' }, ['Allow: GET']],
    [
      '426 names the protocol and its version',
      { fields: { 'Sec-WebSocket-Version': '8' } },
      ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
    ],
  ])('%s', (_, asked, fields) => {
    expect(decideHandshake(headOf(asked)).fields.map(([name, value]) => `${name}: ${value}`)).toEqual(fields);
  });
});

describe('the subprotocol', () => {
  const choose = (offer: string | undefined, spoken: readonly string[]) => {
    const more = offer === undefined ? '' : `Sec-WebSocket-Protocol: ${offer}\r\n`;
    const decision = decideHandshake(headOf({ more }), { protocols: spoken });
    if (!decision.accepted) throw new Error(decision.fault.code);
    const named = decision.fields.find(([name]) => name === 'Sec-WebSocket-Protocol')?.[1];
    expect(named).toBe(decision.protocol);
    return decision.protocol;
  };

  it.each([
    ['is the first of the client that the server speaks', 'z, b, a', ['a', 'b'], 'b'],
    ['is looked for in all lines', 'z\r\nSec-WebSocket-Protocol: a', ['a'], 'a'],
    ['minds case', 'Chat', ['chat'], undefined],
    ['is none when nothing is offered', undefined, ['a'], undefined],
    ['is none when nothing fits', 'z', ['a'], undefined],
    ['is none when the server speaks none', 'a', [], undefined],
  ])('%s', (_, offer, spoken, chosen) => {
    expect(choose(offer, spoken)).toBe(chosen);
  });
});
