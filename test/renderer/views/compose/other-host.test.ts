import { expect, it } from 'vitest';
import { otherHost } from '../../../../renderer/views/compose/composing.ts';

it.each([
  ['example.org', { host: 'example.org', port: 80, secure: false }, 'example.org'],
  ['example.org:3000', { host: 'example.org', port: 3000, secure: false }, 'example.org:3000'],
  ['https://example.org/a', { host: 'example.org', port: 443, secure: true }, 'example.org'],
  ['http://[2001:db8::1]:81', { host: '2001:db8::1', port: 81, secure: false }, '[2001:db8::1]:81'],
  [' 192.168.1.7:8080 ', { host: '192.168.1.7', port: 8080, secure: false }, '192.168.1.7:8080'],
])('%s', (typed, target, authority) => {
  expect(otherHost(typed)).toEqual({ target, authority, secure: target.secure });
});

it.each(['', '  ', 'a b', 'http://', ':80', 'host:99999'])('“%s” is no address', (typed) => {
  expect(otherHost(typed)).toBeUndefined();
});
