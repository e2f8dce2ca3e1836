import { describe, expect, it } from 'vitest';
import { expectationOf } from '../../server-core/http/expectation.ts';
import { parsedHead } from '../support/fields.ts';

const expecting = (value: string, length = '3') =>
  expectationOf(
    parsedHead('POST', '/', [
      ['Host', 'a'],
      ['Content-Length', length],
      ['Expect', value],
    ]),
  );

describe('an expectation', () => {
  it.each([
    ['100-continue', 'continue'],
    ['100-CONTINUE', 'continue'],
    [', 100-continue ,', 'continue'],
    ['', 'none'],
    [',', 'none'],
    ['100-continue, x', 'unknown'],
    ['100-continue;q=1', 'unknown'],
    ['200-ok', 'unknown'],
  ])('%j is taken for %s', (value, expectation) => {
    expect(expecting(value)).toBe(expectation);
  });

  it('to go on is none without content to go on with', () => {
    expect(expecting('100-continue', '0')).toBe('none');
    expect(expecting('x', '0')).toBe('unknown');
  });
});
