import { describe, expect, it } from 'vitest';
import { clientHost } from '../../../server-core/net/proxy/forwarded.ts';
import { parseOrigin } from '../../../server-core/net/proxy/origin.ts';
import { askedUpgrade, originRequestHead } from '../../../server-core/net/proxy/request-head.ts';
import { parsedHead } from '../../support/fields.ts';
import { handlerRequest } from '../../support/handler-request.ts';

type Pairs = readonly (readonly [string, string])[];

const DEFAULTS = {
  host: 'origin',
  forwarded: 'none',
  trustForwarded: false,
  pseudonym: 'scope',
  upgrades: ['websocket'],
} as const;

/** The field lines that the origin gets, without Host and Via of this hop. */
function sent(fields: Pairs, options: object = {}, method = 'GET'): string[] {
  const request = {
    ...handlerRequest('/', {}, method),
    head: parsedHead(method, '/', [['Host', 'client.example'], ...fields]),
    method,
  };
  const bytes = originRequestHead(request, parseOrigin('http://origin.example'), { ...DEFAULTS, ...options });
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\r\n')
    .filter((line) => line !== '' && !/^(GET|POST) |^Host: |^Via: 1\.1 scope$/.test(line));
}

describe('fields of one hop', () => {
  it.each<[string, Pairs, string[]]>([
    [
      'Connection itself',
      [
        ['Connection', 'close'],
        ['A', 'b'],
      ],
      ['A: b'],
    ],
    [
      'what Connection names',
      [
        ['Connection', 'X-Hop, close'],
        ['X-Hop', '1'],
        ['X-End', '2'],
      ],
      ['X-End: 2'],
    ],
    [
      'what Connection names in other letters',
      [
        ['connection', 'x-hOP'],
        ['X-Hop', '1'],
      ],
      [],
    ],
    [
      'what a second Connection names',
      [
        ['Connection', 'close'],
        ['X-Hop', '1'],
        ['Connection', 'x-hop'],
      ],
      [],
    ],
    [
      'what is named behind empty elements',
      [
        ['Connection', ' , ,x-hop,'],
        ['X-Hop', '1'],
      ],
      [],
    ],
    [
      'every line of a named field',
      [
        ['X-Hop', '1'],
        ['Connection', 'x-hop'],
        ['x-hop', '2'],
      ],
      [],
    ],
    [
      'Keep-Alive and Proxy-Connection',
      [
        ['Keep-Alive', 'timeout=5'],
        ['Proxy-Connection', 'keep-alive'],
      ],
      [],
    ],
    [
      'TE and Trailer',
      [
        ['TE', 'trailers'],
        ['Trailer', 'X-Sum'],
      ],
      [],
    ],
    ['Upgrade without its option', [['Upgrade', 'websocket']], []],
    [
      'Proxy-Authorization',
      [
        ['Proxy-Authorization', 'Basic eDp5'],
        ['Authorization', 'Basic eDp5'],
      ],
      ['Authorization: Basic eDp5'],
    ],
  ])('do not pass: %s', (_, fields, expected) => {
    expect(sent(fields)).toEqual(expected);
  });

  it.each<[string, Pairs]>([
    [
      'a name that only contains one',
      [
        ['X-Connection', 'close'],
        ['Keep-Alive-2', 'x'],
      ],
    ],
    [
      'a field that another one’s value names',
      [
        ['Vary', 'X-End'],
        ['X-End', '1'],
      ],
    ],
    [
      'a field twice, in order',
      [
        ['Cookie', 'a=1'],
        ['X', '1'],
        ['Cookie', 'b=2'],
      ],
    ],
    ['bytes above ASCII', [['X-Name', 'J\xc3\xb6rg']]],
    ['an empty value', [['X-Empty', '']]],
  ])('leave alone: %s', (_, fields) => {
    expect(sent(fields)).toEqual(fields.map(([name, value]) => `${name}: ${value}`));
  });
});

describe('framing', () => {
  it('cannot be taken away through Connection', () => {
    const fields: Pairs = [
      ['Connection', 'content-length'],
      ['Content-Length', '3'],
    ];
    expect(sent(fields, {}, 'POST')).toEqual(['Content-Length: 3']);
    const chunked: Pairs = [
      ['Connection', 'transfer-encoding'],
      ['Transfer-Encoding', 'chunked'],
    ];
    expect(sent(chunked, {}, 'POST')).toEqual(['Transfer-Encoding: chunked']);
  });

  it('has no expectation without content', () => {
    expect(sent([['Expect', '100-continue']])).toEqual([]);
    expect(
      sent(
        [
          ['Expect', '100-continue'],
          ['Content-Length', '1'],
        ],
        {},
        'POST',
      ),
    ).toEqual(['Expect: 100-continue', 'Content-Length: 1']);
  });
});

describe('who asked', () => {
  const claims: Pairs = [
    ['X-Forwarded-For', '10.0.0.1'],
    ['X-Forwarded-Host', 'claimed.example'],
    ['X-Forwarded-Proto', 'https'],
    ['Forwarded', 'for=10.0.0.1'],
    ['X_Forwarded_For', '10.0.0.2'],
    ['X-Real-IP', '10.0.0.3'],
  ];
  const own = ['X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Host: client.example', 'X-Forwarded-Proto: http'];

  it.each([
    ['x', own],
    ['standard', ['Forwarded: for=127.0.0.1;host="client.example";proto=http']],
    ['both', [...own, 'Forwarded: for=127.0.0.1;host="client.example";proto=http']],
    ['none', []],
  ])('is told in the form %s, and what the client claims is dropped', (forwarded, expected) => {
    expect(sent(claims, { forwarded })).toEqual(expected);
  });

  it('stands behind what earlier hops say, when they are trusted', () => {
    expect(sent(claims.slice(0, 3), { forwarded: 'x', trustForwarded: true })).toEqual([
      'X-Forwarded-For: 10.0.0.1, 127.0.0.1',
      'X-Forwarded-Host: claimed.example',
      'X-Forwarded-Proto: https',
    ]);
    expect(sent([['Forwarded', 'for=_x']], { forwarded: 'standard', trustForwarded: true })).toEqual([
      'Forwarded: for=_x, for=127.0.0.1;host="client.example";proto=http',
    ]);
  });

  it('cannot be taken away through Connection', () => {
    expect(sent([['Connection', 'X-Forwarded-For']], { forwarded: 'x' })).toEqual(own);
  });

  it.each([
    ['::1', 'Forwarded: for="[::1]";'],
    ['::ffff:192.168.1.9', 'Forwarded: for=192.168.1.9;'],
  ])('from %s is written as RFC 7239 has it', (remoteAddress, expected) => {
    const plain = handlerRequest('/');
    const request = { ...plain, peer: { ...plain.peer, remoteAddress } };
    const bytes = originRequestHead(request, parseOrigin('http://o.example'), {
      ...DEFAULTS,
      forwarded: 'standard',
    });
    expect(Buffer.from(bytes).toString('latin1')).toContain(expected);
  });

  it('for an absolute target is told the host of the target', () => {
    expect(clientHost(handlerRequest('http://target.example:1/x'))).toBe('target.example:1');
  });
});

describe('Host', () => {
  it('is the client’s when that is asked for', () => {
    const bytes = originRequestHead(handlerRequest('/'), parseOrigin('http://o.example'), {
      ...DEFAULTS,
      host: 'client',
    });
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: localhost\r\n/);
  });
});

describe('an upgrade', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['to websocket', { Connection: 'keep-alive, Upgrade', Upgrade: 'WebSocket' }, 'websocket'],
    [
      'to the first one that is let through',
      { Connection: 'upgrade', Upgrade: 'h2c, websocket' },
      'websocket',
    ],
    [
      'to h2c, past all checks of requests',
      { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' },
      undefined,
    ],
    ['without the connection option', { Upgrade: 'websocket' }, undefined],
    ['with content', { Connection: 'Upgrade', Upgrade: 'websocket', 'Content-Length': '5' }, undefined],
  ])('%s asks the origin for the right thing', (_, fields, expected) => {
    expect(askedUpgrade(handlerRequest('/', fields), ['websocket'])).toBe(expected);
    const lines = sent(Object.entries(fields));
    expect(lines.filter((line) => /^(Upgrade|Connection|HTTP2-Settings):/i.test(line))).toEqual(
      expected === undefined ? [] : ['Connection: Upgrade', `Upgrade: ${expected}`],
    );
  });
});

describe('the address of an origin', () => {
  it.each([
    [
      'http://localhost:3000',
      { secure: false, host: 'localhost', port: 3000, authority: 'localhost:3000', basePath: '' },
    ],
    [
      'https://Example.org/app/',
      { secure: true, host: 'example.org', port: 443, authority: 'example.org', basePath: '/app' },
    ],
    ['http://[::1]:80', { secure: false, host: '::1', port: 80, authority: '[::1]', basePath: '' }],
  ])('%s is read', (url, expected) => {
    expect(parseOrigin(url)).toEqual(expected);
  });

  it.each([
    'localhost:3000',
    '/path',
    'ftp://example.org',
    'http://u:p@example.org',
    'http://a/?q',
    'http://a/#f',
    '',
  ])('%j is refused', (url) => {
    expect(() => parseOrigin(url)).toThrow(Error);
  });
});
