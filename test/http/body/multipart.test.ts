import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MultipartEvent, MultipartParser } from '../../../server-core/http/body/multipart.ts';
import type { MultipartLimits } from '../../../server-core/http/body/multipart-limits.ts';

/** What the parser says of content that comes in these pieces, with adjacent data joined. Texts are latin1. */
function events(
  boundary: string,
  pieces: readonly string[],
  limits: Partial<MultipartLimits> = {},
): string[] {
  const parser = MultipartParser.create(boundary, limits);
  if (!parser) throw new Error('No boundary');
  const said: string[] = [];
  let data = '';
  const take = (event: MultipartEvent) => {
    if (event.kind === 'data') {
      data += Buffer.from(event.bytes).toString('latin1');
      return;
    }
    if (data !== '') said.push(`data ${JSON.stringify(data)}`);
    data = '';
    if (event.kind === 'part') said.push(`part ${Object.values(event.head).map(String).join(' | ')}`);
    else said.push(event.kind === 'fault' ? `fault ${event.code}` : event.kind);
  };
  for (const piece of pieces) for (const event of parser.push(Buffer.from(piece, 'latin1'))) take(event);
  const last = parser.finish();
  if (last) take(last);
  return said;
}

/** Whole, byte by byte, and in two pieces cut at every place: the same must be said of all. */
function anyhow(boundary: string, content: string, limits: Partial<MultipartLimits> = {}): string[] {
  const whole = events(boundary, [content], limits);
  expect(events(boundary, [...content], limits)).toEqual(whole);
  for (let cut = 1; cut < content.length; cut++) {
    expect(events(boundary, [content.slice(0, cut), content.slice(cut)], limits)).toEqual(whole);
  }
  return whole;
}

const part = (name: string, content: string, more = '') =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
const field = (content: string) => anyhow('b', `${part('a', content)}--b--\r\n`);

describe('parts', () => {
  it('come in order, with all that they say', () => {
    const file = part('f', '\x00\xff', '; filename="x.bin"\r\nContent-Type: image/png');
    expect(anyhow('b', `${part('a', '1')}${file}--b--\r\n`)).toEqual([
      'part a | undefined | undefined',
      'data "1"',
      'part-end',
      'part f | x.bin | image/png',
      'data "\\u0000ÿ"',
      'part-end',
      'end',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a line break', '\r\n'],
    ['line breaks at both ends', '\r\n\r\nx\r\n\r\n'],
    ['only CR', '\r'],
    ['a CR before the boundary', 'x\r'],
    ['dashes', '--'],
    ['a line that begins like the boundary', '\r\n--bx\r\n'],
    ['the boundary with one dash behind', '\r\n--b-\r\n'],
    ['the boundary within a line', 'x--b--\r\n'],
    ['the boundary behind a bare LF', '\n--b\n'],
    ['the boundary behind a bare CR', '\r--b\r\n'],
    ['the boundary without its line end', '\r\n--b\rx'],
    ['the boundary with a word behind its spaces', '\r\n--b \t x'],
    ['half the boundary', '\r\n--'],
    ['boundaries that almost begin again and again', '\r\n-\r\n--\r\n\r\n--'],
  ])('may hold %s', (_, content) => {
    const expected = content === '' ? [] : [`data ${JSON.stringify(content)}`];
    expect(field(content)).toEqual(['part a | undefined | undefined', ...expected, 'part-end', 'end']);
  });

  it.each([
    [
      'spaces behind its boundaries',
      `--b  \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b-- \r\n`,
    ],
    ['text before its first boundary', `This is for old mailers.\r\n${part('a', '1')}--b--`],
    ['a line break before its first boundary', `\r\n${part('a', '1')}--b--`],
    ['text behind its last one', `${part('a', '1')}--b--\r\nbye ${part('x', 'y')}`],
    ['no line break at its end', `${part('a', '1')}--b--`],
  ])('are found in content with %s', (_, content) => {
    expect(anyhow('b', content)).toEqual(['part a | undefined | undefined', 'data "1"', 'part-end', 'end']);
  });

  it('may be none', () => {
    expect(anyhow('b', '--b--\r\n')).toEqual(['end']);
  });

  it('are told apart by the whole of a long boundary', () => {
    const boundary = `${'-'.repeat(69)}x`;
    const content = `\r\n--${'-'.repeat(69)}\r\n--${'-'.repeat(69)}y`;
    const whole = `--${boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\n${content}\r\n--${boundary}--`;
    expect(anyhow(boundary, whole)).toContain(`data ${JSON.stringify(content)}`);
  });

  it('are the same however arbitrary content is cut', () => {
    const bytes = fc.string({
      unit: fc.constantFrom('\r', '\n', '-', 'b', 'x', '\r\n--b', '\r\n--'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(400), { maxLength: 6 }), (content, cuts) => {
        const whole = `${part('a', content)}${part('c', '')}--b--\r\n`;
        const places = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((to, i) => whole.slice(places[i], to));
        expect(events('b', pieces)).toEqual(events('b', [whole]));
      }),
    );
  });

  it('come back as they were written, when no line of theirs is the boundary', () => {
    const bytes = fc.string({ unit: fc.constantFrom('\r', '\n', '-', 'B', 'x', '\r\n--B'), maxLength: 60 });
    fc.assert(
      fc.property(bytes, (content) => {
        fc.pre(!/\r\n--b/.test(content));
        expect(events('b', [`${part('a', content)}--b--`]).slice(1)).toEqual([
          ...(content === '' ? [] : [`data ${JSON.stringify(content)}`]),
          'part-end',
          'end',
        ]);
      }),
    );
  });
});

describe('the head of a part', () => {
  const head = (lines: string) => anyhow('b', `--b\r\n${lines}\r\n\r\n--b--`)[0];

  it.each([
    ['Content-Disposition: form-data; name="a"', 'part a | undefined | undefined'],
    ['content-disposition:form-data;name=a', 'part a | undefined | undefined'],
    ['Content-Disposition: FORM-DATA ; NAME = "a" ', 'part a | undefined | undefined'],
    ['Content-Disposition: form-data; name=""', 'part  | undefined | undefined'],
    ['Content-Disposition: form-data; name="a"; filename=""', 'part a |  | undefined'],
    [
      'Content-Disposition: form-data; filename="x;y=\\"1\\".txt"; name="a"',
      'part a | x;y="1".txt | undefined',
    ],
    ['Content-Disposition: form-data; name="a%22b%0D%0Ac%20"', 'part a"b\r\nc%20 | undefined | undefined'],
    [
      'Content-Disposition: form-data; name="a"; filename="C:\\dir\\f.txt"',
      'part a | C:\\dir\\f.txt | undefined',
    ],
    [
      'Content-Disposition: form-data; name="a"; filename="../../etc/passwd"',
      'part a | ../../etc/passwd | undefined',
    ],
    ["Content-Disposition: form-data; name=a; filename=x; filename*=UTF-8''y", 'part a | x | undefined'],
    ['Content-Disposition: form-data; name="\xc3\xbc"', 'part ü | undefined | undefined'],
    ['Content-Type: text/x\r\nContent-Disposition: form-data; name=a', 'part a | undefined | text/x'],
    [
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: BINARY',
      'part a | undefined | undefined',
    ],
    ['X-Own: 1\r\nContent-Disposition: form-data; name=a', 'part a | undefined | undefined'],
  ])('%j is read', (lines, expected) => {
    expect(head(lines)).toBe(expected);
  });

  it.each([
    ['X-Own: 1', 'disposition-missing'],
    ['Content-Disposition: form-data', 'disposition-missing'],
    ['Content-Disposition: form-data; filename="x"', 'disposition-missing'],
    ['Content-Disposition: attachment; name="a"', 'disposition-missing'],
    ['Content-Disposition: form-data2; name="a"', 'disposition-missing'],
    ['Content-Disposition: form-data; name="a"; name="b"', 'disposition-missing'],
    ['Content-Disposition: form-data; name="a" b', 'disposition-missing'],
    ['Content-Disposition: form-data; name="a', 'disposition-missing'],
    [
      'Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"',
      'disposition-missing',
    ],
    ['Content-Disposition: form-data;\r\n name="a"', 'head-invalid'],
    ['Content-Disposition : form-data; name="a"', 'head-invalid'],
    ['Content-Disposition: form-data; name="a\x00b"', 'head-invalid'],
    ['Content-Disposition: form-data; name="a"\nX: 1', 'head-invalid'],
    ['no field', 'head-invalid'],
    ['Content-Disposition: form-data; name="\xff"', 'head-invalid'],
    ['Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64', 'encoding-refused'],
    [
      'Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable',
      'encoding-refused',
    ],
  ])('%j is refused', (lines, code) => {
    expect(head(lines)).toBe(`fault ${code}`);
  });

  it('is read in time that grows with its length only', () => {
    const long = `Content-Disposition: form-data; name="${'\\'.repeat(3000)}${';x='.repeat(1000)}`;
    expect(events('b', [`--b\r\n${long}\r\n\r\n`])).toEqual(['fault disposition-missing']);
  });
});

describe('content that ends before its last boundary', () => {
  const whole = `${part('a', '12')}${part('b', '34')}--b--`;
  it('is a fault wherever it ends', () => {
    for (let end = 0; end < whole.length; end++) {
      const said = events('b', [whole.slice(0, end)]);
      expect(said.at(-1)).toBe('fault ended-early');
      expect(said).not.toContain('end');
    }
  });
});

describe('limits: an attack, and its innocent twin', () => {
  const head = 'Content-Disposition: form-data; name="a"';
  const padded = (length: number) =>
    `--b\r\n${head}\r\nX: ${'x'.repeat(length - head.length - 5)}\r\n\r\n\r\n--b--`;

  it('on the number of parts', () => {
    expect(anyhow('b', `${part('a', '').repeat(3)}--b--`, { maxParts: 3 }).at(-1)).toBe('end');
    expect(anyhow('b', `${part('a', '').repeat(4)}--b--`, { maxParts: 3 }).at(-1)).toBe(
      'fault too-many-parts',
    );
  });

  it('on the head of a part', () => {
    expect(anyhow('b', padded(100), { maxPartHeadBytes: 100 }).at(-1)).toBe('end');
    expect(anyhow('b', padded(101), { maxPartHeadBytes: 100 }).at(-1)).toBe('fault head-too-large');
  });

  it('on a head that never ends', () => {
    const endless = Array.from({ length: 100 }, () => 'X: y\r\n');
    expect(events('b', ['--b\r\n', ...endless], { maxPartHeadBytes: 100 })).toEqual(['fault head-too-large']);
  });

  it('on what comes before the first boundary', () => {
    const preceded = (length: number) => `${'x'.repeat(length)}\r\n${part('a', '')}--b--`;
    expect(anyhow('b', preceded(48), { maxPreambleBytes: 50 }).at(-1)).toBe('end');
    expect(anyhow('b', preceded(51), { maxPreambleBytes: 50 }).at(-1)).toBe('fault preamble-too-long');
    expect(
      events(
        'b',
        Array.from({ length: 100 }, () => 'no boundary'),
        { maxPreambleBytes: 50 },
      ),
    ).toEqual(['fault preamble-too-long']);
  });

  it('on spaces behind a boundary', () => {
    const spaced = (spaces: number) => `--b${' '.repeat(spaces)}\r\n${head}\r\n\r\n1\r\n--b--`;
    expect(anyhow('b', spaced(64)).at(-1)).toBe('end');
    // Too many: the line is no boundary, so the part never began.
    expect(anyhow('b', spaced(65))).toEqual(['end']);
  });

  it('a fault is the last that is said', () => {
    const parser = MultipartParser.create('b', { maxParts: 0 })!;
    expect([...parser.push(Buffer.from(part('a', '')))]).toEqual([{ kind: 'fault', code: 'too-many-parts' }]);
    expect([...parser.push(Buffer.from(part('a', '')))]).toEqual([]);
    expect(parser.finish()).toBeUndefined();
  });
});

describe('a boundary', () => {
  it.each(['', ' ', 'a ', 'a\r\n', 'ü', 'a"b', 'x'.repeat(71), 'a;b'])('%j is none', (boundary) => {
    expect(MultipartParser.create(boundary)).toBeUndefined();
  });

  it.each(['a', 'a b', "'()+_,-./:=?", 'x'.repeat(70), '----WebKitFormBoundary7MA4YWxkTrZu0gW'])(
    '%j is one',
    (boundary) => {
      expect(MultipartParser.create(boundary)).toBeDefined();
    },
  );
});
