import { describe, expect, it } from 'vitest';
import { latin1Bytes } from '../../../server-core/wire/bytes.ts';
import {
  contentLength,
  type FramingFacts,
  messageFraming,
  noteConnectionOptions,
  persists,
  transferCodings,
} from '../../../server-core/wire/http1/framing.ts';

const request: FramingFacts = {
  role: 'request',
  old: false,
  status: 0,
  method: 'POST',
  contentLength: undefined,
  transferCodings: 'absent',
  close: false,
  keepAlive: false,
};
const response: FramingFacts = { ...request, role: 'response', status: 200, method: 'GET' };

const rows: [step: string, facts: FramingFacts, expected: ReturnType<typeof messageFraming>][] = [
  ['1: HEAD', { ...response, method: 'HEAD', contentLength: 5 }, { kind: 'none' }],
  ['1: interim', { ...response, status: 103, contentLength: 5 }, { kind: 'none' }],
  ['1: 204', { ...response, status: 204, transferCodings: 'chunked' }, { kind: 'none' }],
  ['1: 304', { ...response, status: 304, contentLength: 5 }, { kind: 'none' }],
  ['1: not in requests', { ...request, method: 'HEAD', contentLength: 5 }, { kind: 'length', length: 5 }],
  ['2: tunnel', { ...response, method: 'CONNECT', contentLength: 5 }, { kind: 'none' }],
  [
    '2: no tunnel',
    { ...response, method: 'CONNECT', status: 400, contentLength: 5 },
    { kind: 'length', length: 5 },
  ],
  ['2: no tunnel at 300', { ...response, method: 'CONNECT', status: 300 }, { kind: 'until-close' }],
  ['2: a CONNECT request', { ...request, method: 'CONNECT' }, { kind: 'none' }],
  [
    '3: both, request',
    { ...request, contentLength: 5, transferCodings: 'chunked' },
    'content-length-with-transfer-encoding',
  ],
  [
    '3: both, response',
    { ...response, contentLength: 5, transferCodings: 'other' },
    'content-length-with-transfer-encoding',
  ],
  ['4: chunked', { ...request, transferCodings: 'chunked' }, { kind: 'chunked' }],
  ['4: other, request', { ...request, transferCodings: 'other' }, 'chunked-not-final'],
  ['4: other, response', { ...response, transferCodings: 'other' }, { kind: 'until-close' }],
  ['6: length', { ...request, contentLength: 0 }, { kind: 'length', length: 0 }],
  ['7: request without either', request, { kind: 'none' }],
  ['8: response without either', response, { kind: 'until-close' }],
  [
    'HTTP/1.0 with a coding',
    { ...request, old: true, transferCodings: 'chunked' },
    'transfer-encoding-in-http10',
  ],
];

describe('RFC 9112 §6.3', () => {
  it.each(rows)('step %s', (_step, facts, expected) => {
    expect(messageFraming(facts)).toEqual(expected);
  });
});

describe('RFC 9112 §9.3', () => {
  const length = { kind: 'length', length: 1 } as const;
  const persistence: [Partial<FramingFacts>, boolean][] = [
    [{}, true],
    [{ close: true }, false],
    [{ close: true, keepAlive: true }, false],
    [{ old: true }, false],
    [{ old: true, keepAlive: true }, true],
    [{ old: true, keepAlive: true, close: true }, false],
  ];
  it.each(persistence)('%j persists: %s', (facts, expected) => {
    expect(persists({ ...request, ...facts }, length)).toBe(expected);
  });
  it('never persists behind content that lasts until the close', () => {
    expect(persists({ ...response, keepAlive: true }, { kind: 'until-close' })).toBe(false);
  });
});

describe('values are not read beyond their end', () => {
  it('Content-Length', () => {
    expect(contentLength(latin1Bytes('x123'), 1, 3)).toBe(12);
  });

  it('Transfer-Encoding', () => {
    for (const text of ['chunkedx', 'chunked x', 'chunked,gzip', 'chunked;a']) {
      expect(transferCodings(latin1Bytes(text), 0, 7, 'request', 'absent')).toBe('chunked');
    }
    expect(transferCodings(latin1Bytes('gzip,chunked'), 0, 4, 'response', 'absent')).toBe('other');
    expect(transferCodings(latin1Bytes(' chunked'), 0, 1, 'request', 'absent')).toBe(
      'transfer-encoding-invalid',
    );
  });

  it('Connection', () => {
    const facts = { close: false, keepAlive: false };
    noteConnectionOptions(latin1Bytes('closed, keep-alive'), 0, 5, facts);
    expect(facts).toEqual({ close: true, keepAlive: false });
    noteConnectionOptions(latin1Bytes('x, keep-alive'), 0, 3, facts);
    expect(facts.keepAlive).toBe(false);
  });
});
