import { describe, expect, it } from 'vitest';
import { termCompletions, valueCompletions, wantedAt } from '../../../renderer/filter/completion.ts';
import { withTerm } from '../../../renderer/filter/edits.ts';

/** The caret is where the bar stands. */
function at(marked: string) {
  return wantedAt(marked.replace('|', ''), marked.indexOf('|'));
}

describe('what is wanted at the caret', () => {
  it.each([
    ['|', { want: 'term', typed: '', start: 0, end: 0 }],
    ['st|', { want: 'term', typed: 'st', start: 0, end: 2 }],
    ['st|at', { want: 'term', typed: 'st', start: 0, end: 4 }],
    ['-(st|', { want: 'term', typed: 'st', start: 2, end: 4 }],
    ['a |', { want: 'term', typed: '', start: 2, end: 2 }],
    ['a -| b', { want: 'term', typed: '', start: 3, end: 3 }],
    ['path:|', { want: 'value', field: 'path', key: 'path:', typed: '', start: 5, end: 5 }],
    ['url:/a|b c', { want: 'value', field: 'path', key: 'url:', typed: '/a', start: 4, end: 7 }],
    ['path:"a b|', { want: 'value', field: 'path', key: 'path:', typed: 'a b', start: 5, end: 9 }],
    ['status>=|', { want: 'value', field: 'status', key: 'status>=', typed: '', start: 8, end: 8 }],
    ['path~a|', undefined],
    ['"a b|"', undefined],
    ['/a/|', undefined],
    ['stauts:4|', undefined],
  ])('%j', (marked, wanted) => expect(at(marked)).toEqual(wanted));
});

describe('completions', () => {
  const texts = (typed: string) => termCompletions(typed).map(({ text }) => text);

  it('begin with names that begin so, then other names of them, then names that hold it', () => {
    expect(texts('ti')).toEqual(['time>']);
    expect(texts('cod')).toEqual(['status:', 'encoding:']);
    expect(texts('ookie')).toEqual(['cookie:']);
    expect(texts('ab')).toEqual(['is:aborted']);
  });

  it('of a whole field are its operators', () => {
    expect(texts('path')).toEqual(['path:', 'path=', 'path!=', 'path~']);
    expect(texts('size')).toEqual(['size:', 'size>', 'size<', 'size>=', 'size<=', 'size!=']);
    expect(texts('header')).toContain('header.');
    expect(texts('is')).toEqual(['is:']);
  });

  it('of values are in quotes where they must be', () => {
    const wanted = at('path:|');
    if (wanted?.want !== 'value') throw new Error('no value');
    const seen = ['/a', '/a b', '/*', ')'].map((value) => ({ value, count: 1 }));
    expect(valueCompletions(wanted, seen).map(({ text }) => text)).toEqual(['/a', '"/a b"', '"/*"', '")"']);
  });

  it('of `is` are its words', () => {
    const wanted = at('is:re|');
    if (wanted?.want !== 'value') throw new Error('no value');
    expect(valueCompletions(wanted, []).map(({ text }) => text)).toEqual(['redirect']);
  });
});

describe('a term added', () => {
  it.each([
    ['', 'status:200', 'status:200'],
    ['css', 'status:200', 'css status:200'],
    ['css ', '-status:200', 'css -status:200'],
    ['a or b', 'c', '(a or b) c'],
    ['status=200 a', 'status:200', 'status=200 a'],
    ['status:200 a', '-status:200', 'a -status:200'],
    ['-status:200', 'status:200', 'status:200'],
    ['"open quote', 'c', '"open quote" c'],
    ['a or b(', 'c', '(a or b( ) c'],
    ['status:', 'c', 'c'],
  ])('to %j: %j makes %j', (text, term, made) => expect(withTerm(text, term)).toBe(made));
});
