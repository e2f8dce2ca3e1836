import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toCurl } from '../../server-core/formats/curl.ts';
import type { RepeatRequest } from '../../server-core/formats/repeat-request.ts';

const run = promisify(execFile);
const hasCurl = await run('bash', ['-c', 'command -v curl']).then(
  () => true,
  () => false,
);

type Given = Partial<Omit<RepeatRequest, 'origin' | 'fields' | 'body'>> & {
  fields?: [string, string][];
  body?: string | Uint8Array;
};

function request(given: Given, origin = 'http://127.0.0.1:8080'): RepeatRequest {
  const fields = given.fields ?? [];
  const body = given.body === undefined ? undefined : Buffer.from(given.body);
  return {
    method: given.method ?? 'GET',
    target: given.target ?? '/',
    version: given.version ?? '1.1',
    origin,
    fields: [['Host', origin.replace('http://', '')], ...fields],
    body,
  };
}

/** The bytes that the command of a request puts on the wire, taken by a socket that answers 204. */
async function sentBy(given: Given): Promise<{ sent: string; wanted: string; notes: readonly string[] }> {
  let sent = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      sent += text;
      const head = sent.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(sent)?.[1] ?? 0);
      const chunked = /transfer-encoding: chunked/i.test(sent) && !sent.endsWith('0\r\n\r\n');
      if (!chunked && sent.length >= head + 4 + length)
        socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = request(given, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { command, notes } = toCurl(asked);
  await run('bash', ['-c', command.replace(/\bcurl /, 'curl -sS --noproxy "*" --max-time 10 ')]);
  server.close();
  const lines = asked.fields
    .map(([name, value]) => `${name}:${value === '' ? '' : ` ${value}`}\r\n`)
    .join('');
  const head = `${asked.method} ${asked.target} HTTP/${asked.version}\r\n${lines}\r\n`;
  return { sent, wanted: head + Buffer.from(asked.body ?? []).toString('latin1'), notes };
}

describe('toCurl', () => {
  it('is short for a short request', () => {
    const { command, notes } = toCurl(
      request({
        fields: [
          ['User-Agent', 'x'],
          ['Accept', '*/*'],
        ],
      }),
    );
    expect(command).toBe("curl http://127.0.0.1:8080/ -H 'User-Agent: x' -H 'Accept: */*'");
    expect(notes).toEqual([]);
  });

  it.each<[string, Given, string]>([
    ['dot segments', { target: '/a/../b' }, '--path-as-is'],
    ['brackets', { target: '/a[1]' }, '--globoff'],
    ['HTTP/1.0', { version: '1.0' }, '--http1.0'],
    ['HEAD', { method: 'HEAD' }, '--head'],
    ['asterisk-form', { method: 'OPTIONS', target: '*' }, "--request-target '*'"],
    ['content that begins with @', { method: 'POST', body: '@x' }, '--data-raw @x'],
    ['a zero byte', { method: 'POST', body: 'a\0b%\n' }, String.raw`printf 'a\000b%%\012' | curl`],
  ])('says what curl needs to know for %s', (_, given, words) => {
    expect(toCurl(request(given)).command).toContain(words);
  });

  it('asks for HTTP/1.1 over TLS', () => {
    expect(toCurl(request({}, 'https://127.0.0.1:8443')).command).toContain('--http1.1');
  });

  it.each<[string, Given, string]>([
    ['CONNECT', { method: 'CONNECT', target: 'a:1' }, 'proxy'],
    ['a length that lies', { method: 'POST', fields: [['Content-Length', '9']], body: 'x' }, 'does not fit'],
    ['chunks', { method: 'POST', fields: [['Transfer-Encoding', 'chunked']], body: 'x' }, 'own chunks'],
    ['two Hosts', { fields: [['Host', 'b']] }, 'once'],
    ['long content', { method: 'POST', body: 'x'.repeat(70_000) }, 'body.bin'],
    ['HEAD with content', { method: 'HEAD', body: 'x' }, 'waits'],
  ])('says where curl differs: %s', (_, given, words) => {
    expect(toCurl(request(given)).notes.join('\n')).toContain(words);
  });

  it('says that Host moves to the front', () => {
    const asked = {
      ...request({}),
      fields: [
        ['Accept', '*/*'],
        ['host', '127.0.0.1:8080'],
      ] as const,
    };
    expect(toCurl(asked).notes).toEqual([
      'curl sends Host first, in the request it came later',
      'curl writes Host with a capital',
    ]);
  });
});

describe.runIf(hasCurl)('the command, run', () => {
  const BROWSER: [string, string][] = [
    ['User-Agent', 'Mozilla/5.0 (it\'s; $HOME `x` \\ "q" !)'],
    ['Accept', 'text/html,*/*;q=0.8'],
    ['accept-language', 'en'],
    ['X-Empty', ''],
    ['X-Twice', '1'],
    ['X-Twice', '2'],
    ['Connection', 'keep-alive'],
  ];

  it.each<[string, Given]>([
    ['nothing but Host', {}],
    ['a browser', { target: '/a?b=c&d=%20', fields: BROWSER }],
    ['dot segments', { target: '/../a/./b/..' }],
    ['brackets and braces', { target: '/a[1-3]{x,y}' }],
    ['a number sign', { target: '/a#b' }],
    ['bytes that are not ASCII', { target: '/\xe6\x97\xa5', fields: [['X-Latin', 'caf\xe9 \t1']] }],
    ['marks that a shell or a URL could take amiss', { target: '/a|b^"c\\d`e$f!g;h&i(j)<k>~' }],
    ['absolute-form', { target: 'http://example.org/x' }],
    ['asterisk-form', { method: 'OPTIONS', target: '*' }],
    ['HTTP/1.0', { version: '1.0', fields: BROWSER }],
    ['HEAD', { method: 'HEAD', fields: BROWSER }],
    ['DELETE', { method: 'DELETE' }],
    ['a method of one letter with a quote', { method: "M'" }],
    // All that a token may hold (RFC 9110 §5.6.2) and that means something to a shell.
    ...[...'!#$&*^`|~'].map((sign): [string, Given] => [`a method with ${sign}`, { method: `A${sign}b` }]),
    [
      'POST',
      {
        method: 'POST',
        fields: [
          ['Content-Type', 'text/plain'],
          ['Content-Length', '4'],
        ],
        body: "a'b\n",
      },
    ],
    ['POST of nothing', { method: 'POST', fields: [['Content-Length', '0']], body: '' }],
    [
      'PUT of every byte',
      {
        method: 'PUT',
        fields: [['Content-Length', '256']],
        body: Uint8Array.from({ length: 256 }, (_, i) => i),
      },
    ],
    ['GET with content', { fields: [['Content-Length', '2']], body: '@x' }],
  ])('sends the same bytes: %s', async (_, given) => {
    const { sent, wanted, notes } = await sentBy(given);
    expect(notes).toEqual([]);
    expect(sent).toBe(wanted);
  });

  it('sends the same content in chunks of its own', async () => {
    const { sent } = await sentBy({
      method: 'POST',
      fields: [['Transfer-Encoding', 'chunked']],
      body: 'hello',
    });
    expect(sent).toMatch(
      /^POST \/ HTTP\/1\.1\r\nHost: [^\r]*\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n$/,
    );
  });
});
