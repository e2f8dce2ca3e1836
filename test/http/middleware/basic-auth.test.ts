import { describe, expect, it, vi } from 'vitest';
import { basicAuth } from '../../../server-core/http/middleware/basic-auth.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

const through: Response = { status: 200, fields: [] };
const guard = basicAuth({ realm: 'the "back" room', users: { ada: 'engine', jörg: 'grün:blau', empty: '' } });
const request = (authorization?: string) =>
  handlerRequest('/', authorization === undefined ? {} : { Authorization: authorization });
const ask = (authorization?: string) => guard(request(authorization), () => through) as Response;
const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('who is let through', () => {
  it.each([
    ['a user with his password', basic('ada:engine')],
    ['letters in UTF-8, and a colon in the password', basic('jörg:grün:blau')],
    ['the same letters as other code points', basic('jo\u0308rg:gru\u0308n:blau')],
    ['an empty password', basic('empty:')],
    ['the scheme in other letters', basic('ada:engine').replace('Basic', 'bAsIc')],
    ['more spaces behind the scheme', basic('ada:engine').replace(' ', '   ')],
  ])('%s', (_, authorization) => {
    expect(ask(authorization)).toBe(through);
  });
});

describe('who is not', () => {
  it.each([
    ['nobody', undefined],
    ['a wrong password', basic('ada:engines')],
    ['a password that is too short', basic('ada:engin')],
    ['no password', basic('ada:')],
    ['an unknown user', basic('bob:engine')],
    ['another user’s password', basic('ada:grün:blau')],
    ['a user without colon', basic('ada')],
    ['the pair shifted', basic('ada:eng:ine')],
    ['nothing at all', basic('')],
    ['only a colon', basic(':')],
    ['latin1 instead of UTF-8', `Basic ${Buffer.from('jörg:grün:blau', 'latin1').toString('base64')}`],
    ['another scheme', 'Bearer YWRhOmVuZ2luZQ=='],
    ['the scheme alone', 'Basic'],
    ['what is no base64', 'Basic ada:engine'],
    ['two sets of credentials', `${basic('ada:engine')}, ${basic('bob:x')}`],
    ['a property of every object', basic('constructor:')],
  ])('%s gets 401', (_, authorization) => {
    const response = ask(authorization);
    expect(response.status).toBe(401);
    expect(fieldOf(response, 'WWW-Authenticate')).toBe('Basic realm="the \\"back\\" room", charset="UTF-8"');
  });

  it('learns nothing from the time it takes: every byte is looked at, wherever the first wrong one stands', () => {
    const looksAt = (credentials: string) => {
      let looks = 0;
      const encode = TextEncoder.prototype.encode;
      const spy = vi.spyOn(TextEncoder.prototype, 'encode').mockImplementation(function (
        this: TextEncoder,
        text,
      ) {
        return new Proxy(encode.call(this, text), {
          get(bytes, name) {
            if (/^\d+$/.test(String(name))) looks++;
            return Reflect.get(bytes, name);
          },
        });
      });
      expect(ask(basic(credentials))).toMatchObject({ status: 401 });
      spy.mockRestore();
      return looks;
    };
    const all = looksAt('ada:enginX');
    expect(all).toBeGreaterThan(0);
    expect([looksAt('Xda:engine'), looksAt('Xob:engine')]).toEqual([all, all]);
  });

  it('is told apart in the capture, without the credentials', () => {
    const said = [undefined, basic('ada:secret')].map((authorization) => {
      const asked = request(authorization);
      guard(asked, () => through);
      return asked.marks[0]?.detail;
    });
    expect(said).toEqual([
      'Authorization holds no Basic credentials, so 401',
      'The credentials are wrong, so 401',
    ]);
  });
});

it.each([
  ['a user with a colon', { users: { 'a:b': 'x' } }],
  ['no users', { users: {} }],
  ['a realm that cannot be sent', { realm: 'a\r\nb', users: { a: 'b' } }],
])('%s is a mistake when it is made', (_, options) => {
  expect(() => basicAuth(options)).toThrow();
});
