import { describe, expect, it } from 'vitest';
import { latin1Bytes } from '../../../server-core/wire/bytes.ts';
import { hostEnd, isAuthority } from '../../../server-core/wire/http1/host.ts';

const rows: [authority: string, valid: boolean, why: string][] = [
  ['localhost', true, 'a name'],
  ['example.org.', true, 'a name with the root dot'],
  ['xn--caf-dma.example', true, 'a name that was not ASCII'],
  ['a_b', true, 'underscore is unreserved'],
  ['%C3%A9', true, 'percent-encoded'],
  ['127.0.0.1', true, 'an IPv4 address'],
  ['999.0.0.1', true, 'no address, but a grammatical name'],
  ['[::]', true, 'the shortest address'],
  ['[::1]', true, 'loopback'],
  ['[1:2:3:4:5:6:7:8]', true, 'all eight groups'],
  ['[1:2:3:4:5:6:7::]', true, 'one group left out at the end'],
  ['[::2:3:4:5:6:7:8]', true, 'one group left out at the start'],
  ['[2001:DB8::a:b]', true, 'groups left out in the middle'],
  ['[::ffff:192.0.2.1]', true, 'IPv4 in the last two groups'],
  ['[1:2:3:4:5:6:192.0.2.1]', true, 'six groups and IPv4'],
  ['a:80', true, 'a port'],
  ['a:', true, 'a port may be empty'],
  ['[::1]:443', true, 'an address and a port'],
  ['', false, 'no host'],
  [':80', false, 'a port alone'],
  ['a:b', false, 'a port of letters'],
  ['a:80:80', false, 'two ports'],
  ['a:-1', false, 'a sign'],
  ['a b', false, 'a space'],
  ['a/b', false, 'a path'],
  ['a?b', false, 'a query'],
  ['a#b', false, 'a fragment'],
  ['a@b', false, 'userinfo'],
  ['a\\b', false, 'a backslash'],
  ['a"b', false, 'a quote'],
  ['caf\xe9', false, 'a byte above 7F'],
  ['a\x7f', false, 'DEL'],
  ['%', false, 'a percent sign alone'],
  ['a%4', false, 'half a percent-encoding'],
  ['a%4g', false, 'a percent-encoding of no number'],
  ['::1', false, 'an address without brackets'],
  ['[]', false, 'no address'],
  ['[:]', false, 'one colon'],
  ['[:::]', false, 'three colons'],
  ['[1]', false, 'one group'],
  ['[1:2:3:4:5:6:7]', false, 'seven groups'],
  ['[1:2:3:4:5:6:7:8:9]', false, 'nine groups'],
  ['[1:2:3:4:5:6:7:8::]', false, 'eight groups and some left out'],
  ['[1::2::3]', false, 'left out twice'],
  ['[12345::]', false, 'five digits'],
  ['[g::]', false, 'no hexadecimal digit'],
  ['[1:2:3:4:5:6:7:192.0.2.1]', false, 'seven groups and IPv4'],
  ['[192.0.2.1]', false, 'IPv4 in brackets'],
  ['[192.0.2.1::]', false, 'IPv4 not at the end'],
  ['[::192.0.2]', false, 'three parts of IPv4'],
  ['[::192.0.2.1.]', false, 'a dot too many'],
  ['[::192.0.2.256]', false, 'a part above 255'],
  ['[::192.0.2.01]', false, 'a leading zero'],
  ['[fe80::1%25eth0]', false, 'a zone, which makes no sense to anybody else'],
  ['[v1.a]', false, 'IPvFuture'],
  ['[::1', false, 'no closing bracket'],
  ['[::1]x', false, 'something behind the bracket'],
];

describe('authorities', () => {
  it.each(rows)('%j: %s, %s', (authority, valid) => {
    const bytes = latin1Bytes(`]${authority}]`);
    expect(isAuthority(bytes, 1, bytes.length - 1)).toBe(valid);
  });

  it('end their host before the port', () => {
    const bytes = latin1Bytes('[::1]:80');
    expect(hostEnd(bytes, 0, bytes.length)).toBe(5);
    expect(hostEnd(latin1Bytes('abc:80'), 0, 6)).toBe(3);
    expect(hostEnd(latin1Bytes('[::1:80'), 0, 7)).toBe(0);
  });

  it('are not read beyond their end', () => {
    expect(hostEnd(latin1Bytes('[::1]'), 0, 4)).toBe(0);
    expect(hostEnd(latin1Bytes('a%41'), 0, 3)).toBe(1);
    expect(hostEnd(latin1Bytes('a%41'), 0, 4)).toBe(4);
  });
});
