import { describe, expect, it } from 'vitest';
import { bodyTypeOf, charsetOf, charsetProblem } from '../../../renderer/explain/body-kind.ts';
import { ContentReader } from '../../../renderer/explain/content-reader.ts';
import { formPairs, queryOf } from '../../../renderer/explain/form-pairs.ts';
import {
  foundRows,
  jsonOutline,
  jsonPath,
  MOST_ROWS,
  rowsAround,
  unfoldedRows,
} from '../../../renderer/explain/json-rows.ts';
import { diffFields, firstDifference } from '../../../renderer/explain/message-diff.ts';
import { boundaryOf, multipartParts } from '../../../renderer/explain/multipart-parts.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('what content is', () => {
  const kind = (type: string, first = '') =>
    bodyTypeOf(
      type,
      Uint8Array.from(first, (c) => c.charCodeAt(0)),
    );

  it.each([
    ['application/json', 'json'],
    ['application/problem+json; charset=utf-8', 'json'],
    ['TEXT/HTML', 'html'],
    ['application/atom+xml', 'xml'],
    ['image/svg+xml', 'svg'],
    ['text/javascript', 'js'],
    ['text/css', 'css'],
    ['font/woff2', 'font'],
    ['multipart/form-data; boundary=x', 'multipart'],
    ['application/x-www-form-urlencoded', 'form'],
    ['text/plain', 'text'],
    ['application/octet-stream', 'binary'],
  ])('%s', (type, expected) => {
    expect(kind(type).kind).toBe(expected);
  });

  it('is told by its first bytes where no type was given', () => {
    expect(kind('', '\x89PNG\r\n\x1a\n')).toMatchObject({ kind: 'image', renderAs: 'image/png' });
    expect(kind('', 'hello').kind).toBe('text');
    expect(kind('', '\x00\x01\x02\x03').kind).toBe('binary');
  });

  it('a picture is shown as what its bytes are, and the lie is told', () => {
    expect(kind('image/jpeg', 'GIF89a')).toEqual({
      kind: 'image',
      renderAs: 'image/gif',
      mismatch: 'The type says image/jpeg, but the bytes are image/gif',
    });
    expect(kind('image/png', '\x89PNG\r\n\x1a\n').mismatch).toBeUndefined();
    expect(kind('text/html', '%PDF-1.7').mismatch).toMatch(/application\/pdf/);
    expect(kind('text/plain', 'BMW and others').mismatch).toBeUndefined();
    expect(kind('', 'BM\x36\0\0\0\0\0\0\0').renderAs).toBe('image/bmp');
  });

  it('nothing but pictures, fonts, sound and film is ever handed to the browser', () => {
    for (const type of [
      'text/html',
      'application/pdf',
      'image/png"><script>',
      'multipart/mixed',
      'text/xml',
    ]) {
      expect(kind(type).renderAs).toBeUndefined();
    }
  });

  it('text that is not in its charset is told', () => {
    const problem = (type: string, bytes: number[], whole = true) =>
      charsetProblem(type, 'text', Uint8Array.from(bytes), whole);
    expect(problem('text/plain', [0xc3, 0xbc])).toBeUndefined();
    expect(problem('text/plain', [0xfc])).toBe('Some bytes are not utf-8');
    expect(problem('text/plain', [0x41, 0xc3], false)).toBeUndefined();
    expect(problem('text/plain; charset=iso-8859-1', [0xfc])).toBeUndefined();
    expect(problem('text/plain; charset=utf9', [0x41])).toMatch(/No browser knows/);
    expect(charsetProblem('', 'image', Uint8Array.of(0xfc), true)).toBeUndefined();
  });

  it('names the charset', () => {
    expect(charsetOf('text/html; charset="ISO-8859-1"')).toBe('iso-8859-1');
    expect(charsetOf('text/html')).toBeUndefined();
  });
});

describe('content without its framing', () => {
  const read = (role: 'request' | 'response', pieces: string[]) => {
    const reader = new ContentReader(role, 'GET');
    return pieces
      .flatMap((piece) => reader.push(encode(piece)))
      .map(decode)
      .join('');
  };
  const chunked =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX: y\r\n\r\n';

  it('chunk lines and trailers go, however the message was cut', () => {
    expect(read('response', [chunked])).toBe('hello!');
    expect(read('response', [...chunked])).toBe('hello!');
  });

  it('an interim response has none, the one after it has', () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more';
    expect(read('response', [interim])).toBe('hi');
  });

  it('of a request', () => {
    expect(read('request', ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na', 'bc'])).toBe('abc');
  });
});

describe('forms', () => {
  it('pairs are decoded', () => {
    expect(formPairs('a=1&b=x+y%26&c&%ff=%C3%BC&&d=100%')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x y&' },
      { name: 'c', value: '' },
      { name: '\ufffd', value: 'ü' },
      { name: 'd', value: '100%' },
    ]);
    expect(queryOf('/a?b?c')).toBe('b?c');
    expect(queryOf('/a')).toBeUndefined();
  });

  it('multipart falls into its parts, in the bytes of the whole', () => {
    const content = encode(
      'preamble\r\n--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nGrüße\r\n' +
        '--X\r\ncontent-disposition: form-data; name="f"; filename="a \\"b\\".txt"\r\nContent-Type: text/plain\r\n\r\n\r\n--X--\r\n',
    );
    const parts = multipartParts(content, 'X');
    expect(parts.map(({ start, end }) => decode(content.subarray(start, end)))).toEqual(['Grüße', '']);
    expect(parts[0]).toMatchObject({ name: 'title', filename: undefined, whole: true });
    expect(parts[1]).toMatchObject({ name: 'f', filename: 'a \\"b\\".txt', mediaType: 'text/plain' });
    expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b');
  });

  it('a part that was cut off, and one without fields', () => {
    const cut = encode('--X\r\n\r\nbare\r\n--X\r\nA: b\r\n\r\nhalf');
    const parts = multipartParts(cut, 'X');
    expect(parts.map(({ start, end, whole }) => [decode(cut.subarray(start, end)), whole])).toEqual([
      ['bare', true],
      ['half', false],
    ]);
    expect(multipartParts(encode('nothing here'), 'X')).toEqual([]);
  });
});

describe('JSON as lines', () => {
  const text = '{"a":[1,{"b":null}],"odd name":"x\\ny","big":12345678901234567890,"a":[]}';

  it('keeps all digits and names that stand twice', () => {
    const { rows, problem } = jsonOutline(text);
    expect(problem).toBeUndefined();
    expect(rows.map(({ depth, key, kind, text: value, count }) => [depth, key, kind, value, count])).toEqual([
      [0, undefined, 'object', '', 4],
      [1, 'a', 'array', '', 2],
      [2, 0, 'number', '1', 0],
      [2, 1, 'object', '', 1],
      [3, 'b', 'word', 'null', 0],
      [1, 'odd name', 'string', '"x\\ny"', 0],
      [1, 'big', 'number', '12345678901234567890', 0],
      [1, 'a', 'array', '', 0],
    ]);
  });

  it('folds, and names paths', () => {
    const { rows } = jsonOutline(text);
    expect([...unfoldedRows(rows, new Set([1]))]).toEqual([0, 1, 5, 6, 7]);
    expect(jsonPath(rows, 4)).toBe('$.a[1].b');
    expect(jsonPath(rows, 5)).toBe('$["odd name"]');
    expect(jsonPath(rows, 0)).toBe('$');
  });

  it.each([
    ['{"a":1', 2, /ends where/],
    ['[1,2,]', 3, /Expected a value in line 1 at column 6$/],
    ['{a:1}', 1, /name in quotes in line 1 at column 2$/],
    ['01', 1, /Expected the end in line 1 at column 2$/],
    ['[\n  1,\n  tru\n]', 2, /Expected a value in line 3 at column 3$/],
    ['', 0, /ends where a value/],
    [`${'['.repeat(600)}`, 512, /512 levels/],
  ])('%s is shown as far as it goes', (wrong, count, problem) => {
    const outline = jsonOutline(wrong);
    expect(outline.rows).toHaveLength(count);
    expect(outline.problem).toMatch(problem);
  });

  it('what is wrong is not counted as a value', () => {
    expect(jsonOutline('[1,{"a":2},]').rows[0]?.count).toBe(2);
    expect(jsonOutline('[1,{"a":}]').rows.map(({ count }) => count)).toEqual([2, 0, 0]);
  });

  it('is found by names and values, each in what it lies in', () => {
    const { rows } = jsonOutline('{"Alpha":{"b":[1,{"c":"alphabet"}]},"z":"x"}');
    expect(foundRows(rows, 'ALPHA').map((index) => jsonPath(rows, index))).toEqual([
      '$.Alpha',
      '$.Alpha.b[1].c',
    ]);
    expect(foundRows(rows, '')).toEqual([]);
    expect(rowsAround(rows, 5).map((index) => jsonPath(rows, index))).toEqual([
      '$.Alpha.b[1]',
      '$.Alpha.b',
      '$.Alpha',
      '$',
    ]);
    expect(rowsAround(rows, 0)).toEqual([]);
  });

  it('lists a bounded number of values', () => {
    const { rows, problem } = jsonOutline(`[${'1,'.repeat(MOST_ROWS)}1]`);
    expect(rows).toHaveLength(MOST_ROWS);
    expect(problem).toMatch(/first/);
  });
});

describe('comparing', () => {
  const named = (text: string) => text.split(' ').map((pair) => ({ name: pair[0]!, value: pair.slice(1) }));

  it('pairs fields by name in the order of both', () => {
    const lines = diffFields(named('a1 b2 c3 c4'), named('A1 x9 b3 c4'));
    expect(lines.map(({ kind, left, right }) => [kind, left?.name, right?.name])).toEqual([
      ['changed', 'a', 'A'],
      ['right', undefined, 'x'],
      ['changed', 'b', 'b'],
      ['changed', 'c', 'c'],
      ['left', 'c', undefined],
    ]);
    expect(diffFields([], [])).toEqual([]);
    expect(diffFields(named('a1'), named('a1'))[0]?.kind).toBe('same');
  });

  it('finds the first byte that differs', () => {
    expect(firstDifference(encode('abc'), encode('abd'))).toBe(2);
    expect(firstDifference(encode('ab'), encode('abd'))).toBe(2);
    expect(firstDifference(encode('ab'), encode('ab'))).toBeUndefined();
  });
});
