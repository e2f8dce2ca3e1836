import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language, PARSERS } from '../../../renderer/code/languages.ts';
import { parseInSlices } from '../../../renderer/code/parse.ts';
import { reflow } from '../../../renderer/code/reflow.ts';
import { LONGEST_LINE, textLines } from '../../../renderer/code/text-lines.ts';
import { tokensIn } from '../../../renderer/code/tokens.ts';

const laidOut = (text: string, language: Language) => reflow(text, PARSERS[language].parse(text), language);
const lines = (...all: string[]) => all.join('\n');

describe('laying out', () => {
  it('a script: statements, blocks, no break in strings, templates, regexes and for heads', () => {
    const text =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a script.
      'const o={k:1,f(x){return`a;${x}b`},r:/[{;]/g};for(let i=0;i<3;i++){if(i){go(i)}else{no()}}f().catch(()=>{});';
    expect(laidOut(text, 'js')).toBe(
      lines(
        'const o={',
        '  k:1,',
        '  f(x){',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a script.
        '    return`a;${x}b`',
        '  },',
        '  r:/[{;]/g',
        '};',
        'for(let i=0;i<3;i++){',
        '  if(i){',
        '    go(i)',
        '  }else{',
        '    no()',
        '  }',
        '}',
        'f().catch(()=>{});',
      ),
    );
  });

  it('a line comment keeps its line', () => {
    expect(laidOut('a();// one\nb()', 'js')).toBe(lines('a();', '// one', 'b()'));
  });

  it('a style sheet', () => {
    expect(laidOut('@media print{a,b>c{color:red;background:url(x;y)}}.k::before{content:"};"}', 'css')).toBe(
      lines(
        '@media print{',
        '  a,b>c{',
        '    color:red;',
        '    background:url(x;y)',
        '  }',
        '}',
        '.k::before{',
        '  content:"};"',
        '}',
      ),
    );
  });

  it('a page: children indented, short elements on a line, preformatted text untouched', () => {
    expect(
      laidOut('<div><p>Hello</p><pre> a\n  b</pre><img src=x><ul><li>1</li><li>2</li></ul></div>', 'html'),
    ).toBe(
      lines(
        '<div>',
        '  <p>Hello</p>',
        '  <pre> a\n  b</pre>',
        '  <img src=x>',
        '  <ul>',
        '    <li>1</li>',
        '    <li>2</li>',
        '  </ul>',
        '</div>',
      ),
    );
  });

  it('a document', () => {
    expect(laidOut('<?xml version="1.0"?><r><a b="c"/><d>t</d><!-- c --></r>', 'xml')).toBe(
      lines('<?xml version="1.0"?>', '<r>', '  <a b="c"/>', '  <d>t</d>', '  <!-- c -->', '</r>'),
    );
  });

  it.each(LANGUAGES)('of any text in %s nothing but white space changes', (language) => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      ';',
      ',',
      '"',
      "'",
      '`',
      '/',
      '*',
      '<',
      '>',
      '=',
      'a',
      ' ',
      '\n',
      '<p>',
      '</p>',
      '<!--',
      '//',
      ':',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        expect(laidOut(text, language).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parsing in slices', () => {
  it('gives the tree that parsing at once gives', async () => {
    const text = 'const a = 1;\n'.repeat(5000);
    const tree = await parseInSlices(text, 'js', new AbortController().signal);
    expect(tree?.toString()).toBe(PARSERS.js.parse(text).toString());
  });

  it('stops when nobody wants it any more', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(await parseInSlices('const a = 1;\n'.repeat(100_000), 'js', abort.signal)).toBeUndefined();
  });
});

describe('tokens', () => {
  it('of a range only, cut at its ends', () => {
    const text = 'const word = "string"';
    const tokens = tokensIn(PARSERS.js.parse(text), 2, 15);
    expect(tokens.map(({ from, to, className }) => [text.slice(from, to), className])).toEqual([
      ['nst', 'c-keyword'],
      ['=', 'c-sign'],
      ['"s', 'c-string'],
    ]);
  });
});

describe('lines', () => {
  const shown = (text: string) => {
    const all = textLines(text);
    return Array.from({ length: all.count }, (_, i) => [all.number(i), text.slice(all.from(i), all.to(i))]);
  };

  it('end at line ends of either kind', () => {
    expect(shown('a\r\nb\n\nc')).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, ''],
      [4, 'c'],
    ]);
    expect(shown('a\n')).toEqual([[1, 'a']]);
    expect(shown('')).toEqual([[1, '']]);
  });

  it('that are too long are cut, and go on without a number', () => {
    const text = `${'x'.repeat(LONGEST_LINE + 5)}\ny`;
    expect(shown(text).map(([number, line]) => [number, String(line).length])).toEqual([
      [1, LONGEST_LINE],
      [undefined, 5],
      [2, 1],
    ]);
    expect(textLines(text).at(LONGEST_LINE + 2)).toBe(1);
    expect(textLines(text).at(text.length - 1)).toBe(2);
  });
});
