import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toCurl } from '../../server-core/formats/curl.ts';
import { toFetch } from '../../server-core/formats/fetch-call.ts';
import { toHttpie } from '../../server-core/formats/httpie.ts';
import { toNetcat } from '../../server-core/formats/netcat.ts';
import { toPowerShell } from '../../server-core/formats/power-shell.ts';
import type { RepeatRequest } from '../../server-core/formats/repeat-request.ts';
import { CMD } from '../../server-core/formats/shell.ts';

const run = promisify(execFile);
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i);
type Given = Partial<Omit<RepeatRequest, 'body'>> & { body?: string | Uint8Array };

function request(given: Given = {}): RepeatRequest {
  const origin = given.origin ?? 'http://127.0.0.1:8080';
  const fields = given.fields ?? [['Host', origin.replace(/^\w+:\/\//, '')]];
  const body = given.body === undefined ? undefined : Buffer.from(given.body);
  return { method: 'GET', target: '/', version: '1.1', ...given, fields, origin, body };
}

/** What comes to a socket that answers 204 while something is done with its origin. */
async function received(act: (origin: string) => Promise<unknown>): Promise<string> {
  let came = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      came += text;
      const head = came.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(came)?.[1] ?? 0);
      if (head >= 0 && came.length >= head + 4 + length) {
        socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
      }
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  return came;
}

describe('a request as a call of fetch', () => {
  const call = (given: Given) => async (origin: string) => {
    const { command } = toFetch(request({ ...given, origin }));
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    await new AsyncFunction(command)();
  };

  it('sends method, target, fields and content when it runs', async () => {
    const came = await received(
      call({
        method: 'POST',
        target: '/a?b=c&d="\u2028"',
        fields: [
          ['X-One', 'a"\\b'],
          ['Cookie', 'id=7'],
          ['Content-Type', 'application/x'],
        ],
        body: 'Grüße\n\u2029"',
      }),
    );
    expect(came).toMatch(/^POST \/a\?b=c&d=%22%E2%80%A8%22 HTTP\/1\.1\r\n/);
    expect(came).toMatch(/\r\nx-one: a"\\b\r\n/i);
    expect(came).toMatch(/\r\ncookie: id=7\r\n/i);
    expect(came.split('\r\n\r\n')[1]).toBe(Buffer.from('Grüße\n\u2029"').toString('latin1'));
  });

  it('sends content that is no text to the byte', async () => {
    const came = await received(call({ method: 'PUT', body: EVERY_BYTE }));
    expect(Buffer.from(came.slice(came.indexOf('\r\n\r\n') + 4), 'latin1')).toEqual(Buffer.from(EVERY_BYTE));
  });

  it('is short for a short request', () => {
    expect(toFetch(request())).toEqual({ command: 'await fetch("http://127.0.0.1:8080/");', notes: [] });
  });

  it.each<[string, Given, RegExp]>([
    ['a field that browsers set', { fields: [['Cookie', 'a=1']] }, /A browser sets Cookie itself/],
    ['content of GET', { body: 'x' }, /no content with GET/],
    ['TRACE', { method: 'TRACE' }, /refuses the method TRACE/],
    ['asterisk-form', { method: 'OPTIONS', target: '*' }, /paths only/],
  ])('says where it differs: %s', (_, given, words) => {
    expect(toFetch(request(given)).notes.join('\n')).toMatch(words);
  });
});

describe('a request as printf and nc', () => {
  // Bash opens sockets itself, so that the test needs no nc.
  const nc = 'nc() { exec 3<>"/dev/tcp/$1/$2"; cat >&3; cat <&3; }';

  it('sends its bytes, whatever they are', async () => {
    const bytes = Buffer.concat([
      Buffer.from("GET /%s\\n'\n : HTTP/9\r\n"),
      EVERY_BYTE,
      Buffer.from('\r\n\r\n'),
    ]);
    const came = await received(async (origin) => {
      await run('bash', ['-c', `${nc}; ${toNetcat(bytes, origin).command}`]);
    });
    expect(Buffer.from(came, 'latin1')).toEqual(bytes);
  });

  it('goes over TLS by openssl, and to IPv6', () => {
    const bytes = Buffer.from('GET');
    expect(toNetcat(bytes, 'https://localhost:8443').command).toBe(
      "printf 'GET' | openssl s_client -quiet -connect localhost:8443",
    );
    expect(toNetcat(bytes, 'http://[::1]:80').command).toMatch(/\| nc ::1 80$/);
  });

  it('is none for more than a command can hold', () => {
    expect(() => toNetcat(new Uint8Array(100_000), 'http://a')).toThrow(/longer than a command can hold/);
  });
});

describe('a request as a command of HTTPie', () => {
  /** The words that bash would give to `http`, and what it would pipe into it. */
  async function given(asked: RepeatRequest): Promise<{ words: string[]; piped: string }> {
    const { command } = toHttpie(asked);
    const http = `http() { printf '%s\\0' "$@" | base64 -w0; echo; [ "$1" = --ignore-stdin ] || base64 -w0; }`;
    const { stdout } = await run('bash', ['-c', `${http}; ${command}`]);
    const [words = '', piped = ''] = stdout.split('\n');
    const text = (base64: string) => Buffer.from(base64, 'base64').toString('latin1');
    return { words: text(words).split('\0').slice(0, -1), piped: text(piped) };
  }

  it('has the fields as items, and takes away what HTTPie would add', async () => {
    const { words } = await given(
      request({
        target: '/a/../b',
        fields: [
          ['Host', '127.0.0.1:8080'],
          ['X-Empty', ''],
          ['X:=y', "it's"],
          ['Accept', '*/*'],
        ],
      }),
    );
    expect(words).toEqual([
      '--ignore-stdin',
      '--path-as-is',
      'GET',
      'http://127.0.0.1:8080/a/../b',
      'X-Empty;',
      "X\\:\\=y:it's",
      'Accept:*/*',
      'Accept-Encoding:',
      'Connection:',
      'User-Agent:',
    ]);
  });

  it('sends no file that a field names', async () => {
    const fields = [
      ['X', '@/etc/passwd'],
      ['Y', '=@z'],
    ] as const;
    expect((await given(request({ fields }))).words).toEqual(
      expect.arrayContaining(['X:\\@/etc/passwd', 'Y:\\=@z']),
    );
  });

  it('pipes the content to the byte', async () => {
    const { words, piped } = await given(request({ method: 'PUT', body: EVERY_BYTE }));
    expect(words.slice(0, 2)).toEqual(['--path-as-is', 'PUT']);
    expect(Buffer.from(piped, 'latin1')).toEqual(Buffer.from(EVERY_BYTE));
  });

  it('says where it differs', () => {
    const notes = (asked: Given) => toHttpie(request(asked)).notes.join('\n');
    expect(notes({ version: '1.0' })).toMatch(/HTTP\/1\.1 only/);
    expect(notes({ origin: 'https://localhost' })).toMatch(/--verify=no/);
    expect(notes({ fields: [] })).toMatch(/sends Host/);
  });
});

describe('a request as a command of PowerShell', () => {
  it('quotes what stands in it, and joins fields of one name', () => {
    const { command, notes } = toPowerShell(
      request({
        method: 'POST',
        target: "/it's",
        fields: [
          ['Host', '127.0.0.1:8080'],
          ['User-Agent', 'x'],
          ['Accept', 'a'],
          ['accept', 'b'],
          ['X-Quote', '’$y'],
        ],
        body: 'hi',
      }),
    );
    expect(command).toBe(
      "Invoke-WebRequest -UseBasicParsing -Uri 'http://127.0.0.1:8080/it''s' -Method POST -UserAgent 'x' " +
        "-Headers @{\n  'Accept' = 'a, b'\n  'X-Quote' = '’’$y'\n} -Body ([Convert]::FromBase64String('aGk='))",
    );
    expect(notes).toEqual(['Fields of one name are joined by commas']);
  });

  it('asks for what only newer ones can', () => {
    const { command, notes } = toPowerShell(request({ method: 'PURGE', origin: 'https://localhost' }));
    expect(command).toMatch(/-CustomMethod 'PURGE'.*-SkipCertificateCheck/);
    expect(notes.filter((note) => /needs PowerShell 6/.test(note))).toHaveLength(2);
  });

  it('runs nothing that a method names', () => {
    const { command } = toPowerShell(request({ method: "X|iex&'" }));
    expect(command).toMatch(/ -CustomMethod 'X\|iex&'''$/);
  });
});

describe('a request as a command of curl for cmd', () => {
  /** What a program is given: cmd takes carets away, the C runtime joins what is in quotes and halves backslashes. */
  function argumentsOf(line: string): string[] {
    const plain = line.replace(/\^([\s\S])/g, '$1');
    const words: string[] = [];
    const word = /(?:[^\s"]|"(?:\\.|[^"\\])*")+/g;
    for (const [text] of plain.matchAll(word)) {
      const inner = text.startsWith('"') ? text.slice(1, -1) : text;
      words.push(
        text.startsWith('"')
          ? inner
              .replace(/(\\*)\\"/g, (_, b: string) => `${b.slice(b.length / 2)}"`)
              .replace(/(\\+)$/, (b) => b.slice(b.length / 2))
          : inner,
      );
    }
    return words;
  }

  it.each(['a b', '%PATH%', '"q"', 'a\\', 'a\\"b', 'x & y | z > f', '^', '!', 'C:\\dir\\', '100%'])(
    'gives curl the word %s as it stands',
    (value) => {
      const { command, notes } = toCurl(
        request({
          fields: [
            ['Host', '127.0.0.1:8080'],
            ['X', value],
          ],
        }),
        CMD,
      );
      expect(argumentsOf(command)).toContain(`X: ${value}`);
      expect(command).toMatch(/^curl\.exe /);
      // No name is left between two percent signs.
      expect(command).not.toMatch(/%\w+%/);
      expect(notes).toEqual([]);
    },
  );

  it('says what cmd cannot write', () => {
    const latin = toCurl(request({ fields: [['X', 'caf\xe9']] }), CMD);
    expect(latin.notes.join()).toMatch(/cmd cannot write some of its bytes/);
    const lines = toCurl(request({ method: 'POST', body: 'a\nb' }), CMD);
    expect(lines.command).toMatch(/--data-binary @body\.bin$/);
    expect(lines.notes.join()).toMatch(/body\.bin/);
  });

  it('over TLS takes any certificate, and says so', () => {
    const { command, notes } = toCurl(request({ origin: 'https://localhost:8443' }), CMD);
    expect(command).toMatch(/--http1\.1 -k /);
    expect(notes.join()).toMatch(/--cacert/);
  });
});
