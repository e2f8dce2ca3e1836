import { describe, expect, it } from 'vitest';
import { parseMediaType } from '../../../server-core/http/body/media-type.ts';

describe('a media type', () => {
  it.each<[string, string, Record<string, string>]>([
    ['text/html', 'text/html', {}],
    [' Text/HTML ', 'text/html', {}],
    ['text/html;charset=UTF-8', 'text/html', { charset: 'UTF-8' }],
    ['text/html ; Charset="utf-8" ; a=b', 'text/html', { charset: 'utf-8', a: 'b' }],
    ['multipart/form-data; boundary="a b;c"', 'multipart/form-data', { boundary: 'a b;c' }],
    ['a/b; x="q\\"uo\\\\te"', 'a/b', { x: 'q"uo\\te' }],
    ['a/b;; x=1;', 'a/b', { x: '1' }],
    ['a/b; x=1; X=2', 'a/b', { x: '1' }],
    ['a/b; x=""', 'a/b', { x: '' }],
  ])('%j is read', (text, essence, parameters) => {
    const type = parseMediaType(text);
    expect(type?.essence).toBe(essence);
    expect(Object.fromEntries(type?.parameters ?? [])).toEqual(parameters);
  });

  it.each([
    '',
    'text',
    'text/',
    '/html',
    'text/html/x',
    'text/html charset=x',
    'a/b; x',
    'a/b; x=',
    'a/b; x="1',
    'a/b, c/d',
    'a/b; x=1 2',
  ])('%j is none', (text) => {
    expect(parseMediaType(text)).toBeUndefined();
  });
});
