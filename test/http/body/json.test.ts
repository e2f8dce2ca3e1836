import { describe, expect, it } from 'vitest';
import { readJson } from '../../../server-core/http/body/json.ts';
import { contentRequest, textRequest } from '../../support/content-request.ts';
import { handlerRequest } from '../../support/handler-request.ts';

const TYPE = 'application/json';

describe('JSON', () => {
  it.each([
    [TYPE, '{"a":[1,"ü",null]}', { a: [1, 'ü', null] }],
    ['Application/JSON; charset=utf-8', '"x"', 'x'],
    ['application/problem+json', 'true', true],
    [TYPE, '\ufeff1', 1],
    [TYPE, ' \n[] \n', []],
  ])('of %s: %j is read', async (type, text, value) => {
    expect(await readJson(textRequest(type, text))).toEqual(value);
  });

  it('that was cut in the middle of a character is read', async () => {
    const bytes = Buffer.from('"grün"');
    expect(await readJson(contentRequest(TYPE, [bytes.subarray(0, 4), bytes.subarray(4)]))).toBe('grün');
  });

  it('keeps __proto__ as a plain property', async () => {
    const value = await readJson(textRequest(TYPE, '{"__proto__":{"admin":true}}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('what is no JSON', () => {
  it.each([
    ['no type', undefined, '{}', 415],
    ['a form', 'application/x-www-form-urlencoded', '{}', 415],
    ['text that looks like it', 'text/plain', '{}', 415],
    ['a type that only begins like it', 'application/jsonx', '{}', 415],
    ['a type that cannot be read', 'json', '{}', 415],
    ['nothing', TYPE, '', 400],
    ['an open brace', TYPE, '{"a":1', 400],
    ['two values', TYPE, '1 2', 400],
  ])('is refused: %s', async (_, type, text, status) => {
    await expect(readJson(textRequest(type, text))).rejects.toMatchObject({ status });
  });

  it('is refused when it is no UTF-8', async () => {
    const request = contentRequest(TYPE, [Uint8Array.of(0x22, 0xff, 0x22)]);
    await expect(readJson(request)).rejects.toMatchObject({ status: 400, section: 'RFC 8259 §8.1' });
  });

  it('says which types are read', async () => {
    await expect(readJson(textRequest('text/xml', ''))).rejects.toMatchObject({
      fields: [['Accept', 'application/json']],
    });
  });

  it('is refused when it is packed, and taken when identity is all that was done', async () => {
    await expect(readJson(textRequest(TYPE, '{}', { 'Content-Encoding': 'gzip' }))).rejects.toMatchObject({
      status: 415,
      fields: [['Accept-Encoding', 'identity']],
    });
    expect(await readJson(textRequest(TYPE, '{}', { 'Content-Encoding': 'identity' }))).toEqual({});
  });
});

describe('the limit', () => {
  it('lets through what has exactly its length', async () => {
    expect(await readJson(textRequest(TYPE, '"1234"'), { limit: 6 })).toBe('1234');
    await expect(readJson(textRequest(TYPE, '"12345"'), { limit: 6 })).rejects.toMatchObject({ status: 413 });
  });

  it('refuses by Content-Length, before anything is read', async () => {
    const request = handlerRequest('/', { 'Content-Type': TYPE, 'Content-Length': '7' }, 'POST');
    await expect(readJson(request, { limit: 6 })).rejects.toMatchObject({ status: 413 });
  });
});
