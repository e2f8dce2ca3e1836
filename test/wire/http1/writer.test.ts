import { describe, expect, it } from 'vitest';
import { latin1Bytes } from '../../../server-core/wire/bytes.ts';
import {
  CHUNK_END,
  chunkHead,
  encodeRequestHead,
  fieldLinesText,
  interimHeadText,
  LAST_CHUNK,
  lastChunk,
  reasonPhrase,
  requestHeadText,
  responseHeadText,
} from '../../../server-core/wire/http1/writer.ts';
import { escapeBytes } from '../escapes.ts';

describe('heads', () => {
  it('are written in order, with case and duplicates kept', () => {
    const fields = [
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=\xe9'],
      ['X-Empty', ''],
    ] as const;
    const expected =
      'HTTP/1.1 200 OK\\r\\nSet-Cookie: a=1\\r\\nset-cookie: b=\\xe9\\r\\nX-Empty: \\r\\n\\r\\n';
    expect(escapeBytes(latin1Bytes(responseHeadText(200, fields)))).toBe(expected);
  });

  it('keep the space before an empty reason', () => {
    expect(responseHeadText(299, [])).toBe('HTTP/1.1 299 \r\n\r\n');
    expect(responseHeadText(200, [], '')).toBe('HTTP/1.1 200 \r\n\r\n');
    expect(responseHeadText(100, [])).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect(responseHeadText(999, [])).toBe('HTTP/1.1 999 \r\n\r\n');
    expect(responseHeadText(404, [], 'Nope')).toBe('HTTP/1.1 404 Nope\r\n\r\n');
  });

  it('are written for requests', () => {
    const head = encodeRequestHead('OPTIONS', '*', [['Host', 'a']]);
    expect(escapeBytes(head)).toBe('OPTIONS * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
  });
});

describe('what would break out of its line is refused', () => {
  const broken = ['a\r\nb', 'a\rb', 'a\nb', 'a\0b', 'a\x7fb', 'a\u0100b', 'a\u010ab', 'a\u560ab'];
  it.each(broken)('%j', (text) => {
    expect(() => fieldLinesText([['X', text]])).toThrow('cannot be sent');
    expect(() => fieldLinesText([[text, 'x']])).toThrow('cannot be sent');
    expect(() => responseHeadText(200, [], text)).toThrow('cannot be sent');
    expect(() => requestHeadText(text, '/', [])).toThrow('cannot be sent');
    expect(() => requestHeadText('GET', `/${text}`, [])).toThrow('cannot be sent');
  });

  it('also where only a token or no space may stand', () => {
    expect(() => fieldLinesText([['', 'x']])).toThrow('field name');
    expect(() => fieldLinesText([['a b', 'x']])).toThrow('field name');
    expect(() => fieldLinesText([['a:', 'x']])).toThrow('field name');
    expect(() => requestHeadText('', '/', [])).toThrow('method');
    expect(() => requestHeadText('GET', '', [])).toThrow('target');
    expect(() => requestHeadText('GET', '/ HTTP/1.1', [])).toThrow('target');
  });

  it.each([0, 99, 1000, 200.5, Number.NaN])('the status %d', (status) => {
    expect(() => responseHeadText(status, [])).toThrow('status');
  });
});

describe('interim heads', () => {
  it('are written like others', () => {
    expect(interimHeadText(103, [['Link', '</a>']])).toBe('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
  });

  it.each([99, 100, 101, 200, 199.5, Number.NaN])('do not have the status %d', (status) => {
    expect(() => interimHeadText(status, [])).toThrow(Error);
  });

  it.each(['Content-Length', 'transfer-encoding'])('have no %s, since there is no content', (name) => {
    expect(() => interimHeadText(103, [[name, '1']])).toThrow('cannot be sent ahead');
  });
});

describe('chunks', () => {
  it('have their size in hexadecimal', () => {
    expect(escapeBytes(chunkHead(1))).toBe('1\\r\\n');
    expect(escapeBytes(chunkHead(65_535))).toBe('ffff\\r\\n');
    expect(escapeBytes(CHUNK_END)).toBe('\\r\\n');
    expect(escapeBytes(LAST_CHUNK)).toBe('0\\r\\n\\r\\n');
    expect(escapeBytes(lastChunk([['A', 'b']]))).toBe('0\\r\\nA: b\\r\\n\\r\\n');
  });

  it.each([0, -1, 1.5, 2 ** 53])('have no size of %d', (size) => {
    expect(() => chunkHead(size)).toThrow('size of a chunk');
  });
});

describe('reason phrases', () => {
  it('are the registered ones', () => {
    expect([100, 200, 304, 404, 413, 422, 431, 505].map(reasonPhrase)).toEqual([
      'Continue',
      'OK',
      'Not Modified',
      'Not Found',
      'Content Too Large',
      'Unprocessable Content',
      'Request Header Fields Too Large',
      'HTTP Version Not Supported',
    ]);
    expect(reasonPhrase(299)).toBe('');
  });
});
