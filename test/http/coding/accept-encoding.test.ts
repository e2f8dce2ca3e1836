import { describe, expect, it } from 'vitest';
import { acceptedCodings } from '../../../server-core/http/coding/accept-encoding.ts';

/** Weights of br, gzip, zstd and identity; u stands for the weight of what was not named. */
function weights(value: string | undefined): string {
  const { codings, identity } = acceptedCodings(value);
  return [codings.br, codings.gzip, codings.zstd, identity > 0 && identity < 0.001 ? 'u' : identity].join(
    ' ',
  );
}

describe('Accept-Encoding', () => {
  it.each<[string | undefined, string]>([
    [undefined, '0 0 0 u'],
    ['', '0 0 0 u'],
    ['gzip', '0 1 0 u'],
    ['gzip, deflate, br, zstd', '1 1 1 u'],
    ['GZIP', '0 1 0 u'],
    ['x-gzip', '0 1 0 u'],
    ['gzip;q=0.5', '0 0.5 0 u'],
    ['gzip ; Q=0.5', '0 0.5 0 u'],
    ['gzip;q=0.001', '0 0.001 0 u'],
    ['gzip;q=1.000,br;q=0', '0 1 0 u'],
    ['gzip;q=0', '0 0 0 u'],
    ['*', '1 1 1 1'],
    ['*;q=0', '0 0 0 0'],
    ['*;q=0.2, gzip', '0.2 1 0.2 0.2'],
    ['identity;q=0', '0 0 0 0'],
    ['identity;q=0, *', '1 1 1 0'],
    ['identity, *;q=0', '0 0 0 1'],
    ['identity;q=0.5, br', '1 0 0 0.5'],
    [',, gzip ,', '0 1 0 u'],
    ['gzip;q=0, gzip', '0 0 0 u'],
    // Members that cannot be read.
    ['gzip;q=2', '0 0 0 u'],
    ['gzip;q=0.1234', '0 0 0 u'],
    ['gzip;q=-1', '0 0 0 u'],
    ['gzip;level=9', '0 0 0 u'],
    ['gzip br', '0 0 0 u'],
    ['br;q=x, zstd', '0 0 1 u'],
  ])('%s', (value, expected) => {
    expect(weights(value)).toBe(expected);
    expect(weights(value), 'the second time').toBe(expected);
  });

  it('says the weights as they were read', () => {
    expect(acceptedCodings('gzip;q=0.5, deflate, *;q=0').said).toBe('gzip 0.5, deflate 1, * 0');
  });

  it('still tells values apart after it forgot some', () => {
    for (let i = 0; i < 300; i++)
      expect(weights(`gzip;q=0.${String(i).padStart(3, '0')}`)).toBe(`0 ${i / 1000} 0 u`);
    expect(weights('br')).toBe('1 0 0 u');
  });

  it('reads a list of a thousand members, and its twin of one, alike', () => {
    expect(weights(`${'foo;q=0.1, '.repeat(1000)}gzip`)).toBe('0 1 0 u');
    expect(weights('gzip')).toBe('0 1 0 u');
  });
});
