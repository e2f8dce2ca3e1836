import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlencoded, readUrlencoded } from '../../../server-core/http/body/urlencoded.ts';
import { textRequest } from '../../support/content-request.ts';

const TYPE = 'application/x-www-form-urlencoded';
const read = async (text: string, options = {}) => [
  ...(await readUrlencoded(textRequest(TYPE, text), options)),
];

describe('a form', () => {
  it.each<[string, [string, string][]]>([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a=b=c', [['a', 'b=c']]],
    ['a', [['a', '']]],
    ['=x', [['', 'x']]],
    ['&&a=1&&', [['a', '1']]],
    ['a+b=c%20d', [['a b', 'c d']]],
    ['%C3%BC=%e2%82%ac', [['ü', '€']]],
    ['ü=€', [['ü', '€']]],
    [
      'a=%&b=%2&c=%zz',
      [
        ['a', '%'],
        ['b', '%2'],
        ['c', '%zz'],
      ],
    ],
    ['a=%ff', [['a', '\ufffd']]],
    ['?a=1', [['?a', '1']]],
    ['a=%26%3D%2B', [['a', '&=+']]],
    [
      '__proto__=1&constructor=2',
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    ],
    ['', []],
  ])('%j is read', async (text, entries) => {
    expect(await read(text)).toEqual(entries);
  });

  it('is found by name, the first or all', async () => {
    const form = await readUrlencoded(textRequest(TYPE, 'a=1&b=2&a=3'));
    expect(form.get('a')).toBe('1');
    expect(form.all('a')).toEqual(['1', '3']);
    expect(form.get('c')).toBeUndefined();
    expect([form.has('b'), form.has('c'), form.has('toString'), form.count]).toEqual([true, false, false, 3]);
  });

  it('is read as URLSearchParams reads it', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '%', '4', '1', '+', '=', '&', '%C3', '%bc', '%EF%BB%BF'),
    });
    fc.assert(
      fc.property(text, (form) => {
        expect([...parseUrlencoded(Buffer.from(form), 100)]).toEqual([...new URLSearchParams(form)]);
      }),
    );
  });
});

describe('limits', () => {
  it('hold for the number of fields', async () => {
    expect(await read('a&b&c', { maxFields: 3 })).toHaveLength(3);
    await expect(read('a&b&c&d', { maxFields: 3 })).rejects.toMatchObject({ status: 413 });
  });

  it('hold for the bytes', async () => {
    expect(await read('a=12', { limit: 4 })).toEqual([['a', '12']]);
    await expect(read('a=123', { limit: 4 })).rejects.toMatchObject({ status: 413 });
  });

  it('do not count what has no name and no value', async () => {
    expect(await read('&'.repeat(5000), { maxFields: 1 })).toEqual([]);
  });

  it.each([undefined, 'application/json', 'multipart/form-data; boundary=x'])('%s is 415', async (type) => {
    await expect(readUrlencoded(textRequest(type, 'a=1'))).rejects.toMatchObject({ status: 415 });
  });
});
