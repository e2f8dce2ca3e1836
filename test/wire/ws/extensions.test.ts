import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeOnDeflate, deflateAnswer } from '../../../server-core/wire/ws/deflate-offer.ts';
import { parseExtensions } from '../../../server-core/wire/ws/extensions.ts';

describe('the list of extensions', () => {
  it.each<[string, string | undefined, ReturnType<typeof parseExtensions>]>([
    ['is empty without the field', undefined, []],
    ['may be one name', 'foo', [{ name: 'foo', parameters: [] }]],
    [
      'has names and parameters in order',
      'foo; a; b=1 , bar ;\tc = "x"',
      [
        {
          name: 'foo',
          parameters: [
            ['a', undefined],
            ['b', '1'],
          ],
        },
        { name: 'bar', parameters: [['c', 'x']] },
      ],
    ],
    [
      'keeps what is given twice',
      'a; b; b=2',
      [
        {
          name: 'a',
          parameters: [
            ['b', undefined],
            ['b', '2'],
          ],
        },
      ],
    ],
    ['takes an escape in quotes', 'a; b="1\\5"', [{ name: 'a', parameters: [['b', '15']] }]],
    [
      'skips empty elements',
      ', a,, b ,',
      [
        { name: 'a', parameters: [] },
        { name: 'b', parameters: [] },
      ],
    ],
  ])('%s', (_, value, extensions) => {
    expect(parseExtensions(value)).toEqual(extensions);
  });

  it.each([
    '',
    ' ',
    ',',
    'a b',
    'a;',
    'a; =1',
    'a; b=',
    'a; b="',
    'a; b=""',
    'a; b="x y"',
    'a; b=1 2',
    ';a',
    'a/b',
    'ä',
  ])('is refused when it is %j', (value) => {
    expect(parseExtensions(value)).toBeUndefined();
  });
});

const NO_WISHES = { serverNoContextTakeover: false, clientNoContextTakeover: false };
const answerTo = (offer: string, policy = NO_WISHES) => {
  const agreed = agreeOnDeflate(parseExtensions(offer) ?? [], policy);
  return agreed && deflateAnswer(agreed).replace('permessage-deflate', 'pmd');
};
const pmd = (parameters: string) => `permessage-deflate${parameters}`;

describe('an offer is met', () => {
  it.each([
    ['as it is', '', 'pmd'],
    ['without context of the server', '; server_no_context_takeover', 'pmd; server_no_context_takeover'],
    ['without context of the client', '; client_no_context_takeover', 'pmd; client_no_context_takeover'],
    ['with a smaller window of ours', '; server_max_window_bits=10', 'pmd; server_max_window_bits=10'],
    ['with the largest window said', '; server_max_window_bits="15"', 'pmd; server_max_window_bits=15'],
    ['as Chrome makes it', '; client_max_window_bits', 'pmd'],
    ['with a bound for the client, which it may keep or not', '; client_max_window_bits=8', 'pmd'],
    [
      'with all at once',
      '; client_max_window_bits=9; server_no_context_takeover; server_max_window_bits=9; client_no_context_takeover',
      'pmd; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9',
    ],
  ])('%s', (_, parameters, answer) => {
    expect(answerTo(pmd(parameters))).toBe(answer);
  });

  it('with what the server wants besides, RFC 7692 §7.1.1', () => {
    const policy = { serverNoContextTakeover: true, clientNoContextTakeover: true };
    expect(answerTo(pmd(''), policy)).toBe('pmd; server_no_context_takeover; client_no_context_takeover');
  });

  it('the first that can be, of several', () => {
    const offers = [
      pmd('; server_max_window_bits=8'),
      'x-deflate',
      pmd('; server_max_window_bits=9'),
      pmd(''),
    ];
    expect(answerTo(offers.join(', '))).toBe('pmd; server_max_window_bits=9');
  });
});

describe('an offer is declined', () => {
  it.each([
    ['with a parameter that nobody knows', '; x'],
    ['with a parameter twice', '; client_max_window_bits; client_max_window_bits=9'],
    ['with the same flag twice', '; server_no_context_takeover; server_no_context_takeover'],
    ['with a value where none belongs', '; server_no_context_takeover=1'],
    ['with a value for the client where none belongs', '; client_no_context_takeover=true'],
    ['without a value where one must be', '; server_max_window_bits'],
    ['with a window too small', '; server_max_window_bits=7'],
    ['with a window that zlib cannot write', '; server_max_window_bits=8'],
    ['with a window too large', '; server_max_window_bits=16'],
    ['with a leading zero', '; server_max_window_bits=09'],
    ['with a window that is no number', '; server_max_window_bits=1e1'],
    ['with a window of the client too small', '; client_max_window_bits=7'],
    ['with a window of the client too large', '; client_max_window_bits=16'],
    ['with another case, since tokens minded it', '; Server_Max_Window_Bits=10'],
  ])('%s', (_, parameters) => {
    expect(answerTo(pmd(parameters))).toBeUndefined();
  });

  it('by another name', () => {
    expect(answerTo('permessage-bzip2, x-webkit-deflate-frame')).toBeUndefined();
  });
});

describe('whatever comes', () => {
  const parameter = fc.oneof(
    fc.constantFrom(
      'server_no_context_takeover',
      'client_no_context_takeover',
      'client_max_window_bits',
      'x',
    ),
    fc.integer({ min: 0, max: 20 }).map((bits) => `server_max_window_bits=${bits}`),
    fc.integer({ min: 0, max: 20 }).map((bits) => `client_max_window_bits="${bits}"`),
  );
  const offers = fc.array(
    fc.tuple(fc.constantFrom('permessage-deflate', 'other'), fc.array(parameter, { maxLength: 5 })),
    { minLength: 1, maxLength: 4 },
  );

  it('the answer is one that its own rules accept, and keeps to the offer', () => {
    fc.assert(
      fc.property(offers, (list) => {
        const text = list.map(([name, parameters]) => [name, ...parameters].join('; ')).join(', ');
        const agreed = agreeOnDeflate(parseExtensions(text)!, NO_WISHES);
        if (!agreed) return;
        const answer = deflateAnswer(agreed);
        expect(agreeOnDeflate(parseExtensions(answer)!, NO_WISHES)).toEqual(agreed);
        const asked = list.some(
          ([name, parameters]) =>
            name === 'permessage-deflate' &&
            answer
              .split('; ')
              .slice(1)
              .every((said) => parameters.includes(said)),
        );
        expect(asked).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a text is read or refused, in time that grows with its length only', () => {
    const pieces = fc.constantFrom('a', ';', ',', '=', '"', '\\', ' ', '\t', 'permessage-deflate', 'ÿ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const read = parseExtensions(parts.join(''));
        for (const { name, parameters } of read ?? []) {
          for (const token of [name, ...parameters.flat()]) expect(token ?? 'x').toMatch(/^[!-~]+$/);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(parseExtensions(`a; b="${'\\'.repeat(100_001)}`)).toBeUndefined();
    expect(parseExtensions('a;'.repeat(50_000))).toBeUndefined();
  });
});
