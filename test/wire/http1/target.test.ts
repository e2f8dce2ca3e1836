import { describe, expect, it } from 'vitest';
import { parseTarget, type RequestTarget } from '../../../server-core/wire/http1/target.ts';

const rows: [method: string, target: string, expected: RequestTarget | undefined][] = [
  ['GET', '/', { form: 'origin', path: '/', query: undefined }],
  ['GET', '/a/b?', { form: 'origin', path: '/a/b', query: '' }],
  ['GET', '/a?b?c/d', { form: 'origin', path: '/a', query: 'b?c/d' }],
  ['GET', '//host/path', { form: 'origin', path: '//host/path', query: undefined }],
  ['OPTIONS', '/a', { form: 'origin', path: '/a', query: undefined }],
  ['GET', 'http://a', { form: 'absolute', scheme: 'http', authority: 'a', path: '/', query: undefined }],
  ['GET', 'http://a?q', { form: 'absolute', scheme: 'http', authority: 'a', path: '/', query: 'q' }],
  ['PUT', 'HTTPS://a:1/b?c', { form: 'absolute', scheme: 'HTTPS', authority: 'a:1', path: '/b', query: 'c' }],
  [
    'GET',
    'ws://[::1]:9/',
    { form: 'absolute', scheme: 'ws', authority: '[::1]:9', path: '/', query: undefined },
  ],
  ['CONNECT', 'a:443', { form: 'authority', authority: 'a:443' }],
  ['CONNECT', '[::1]:443', { form: 'authority', authority: '[::1]:443' }],
  ['OPTIONS', '*', { form: 'asterisk' }],
  ['GET', '*', undefined],
  ['OPTIONS', '**', undefined],
  ['GET', '', undefined],
  ['GET', 'a', undefined],
  ['GET', '?q', undefined],
  ['GET', 'a:443', undefined],
  ['GET', 'mailto:a@b', undefined],
  ['GET', 'http:/a', undefined],
  ['GET', 'http:///a', undefined],
  ['GET', 'http://a:b/', undefined],
  ['GET', 'http://u@a/', undefined],
  ['GET', '1http://a/', undefined],
  ['CONNECT', '/', undefined],
  ['CONNECT', '*', undefined],
  ['CONNECT', 'a', undefined],
  ['CONNECT', 'a:', undefined],
  ['CONNECT', ':443', undefined],
  ['CONNECT', 'http://a:443', undefined],
];

describe('request targets', () => {
  it.each(rows)('%s %j', (method, target, expected) => {
    expect(parseTarget(method, target)).toEqual(expected);
  });
});
