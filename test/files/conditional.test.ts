import { describe, expect, it } from 'vitest';
import { precondition } from '../../server-core/files/conditional.ts';
import { parsedFields } from '../support/fields.ts';

const WRITTEN = 'Sun, 06 Nov 1994 08:49:37 GMT';
const BEFORE = 'Sun, 06 Nov 1994 08:49:36 GMT';
const AFTER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const NOW = Date.UTC(2026, 10, 21);
const STRONG = { etag: '"5b-1"', lastModified: Date.UTC(1994, 10, 6, 8, 49, 37) };
const WEAK = { ...STRONG, etag: 'W/"5b-1"' };

function status(fields: Record<string, string>, file = STRONG): number {
  return precondition(parsedFields(Object.entries(fields)), file, NOW).status;
}

describe('precondition', () => {
  it.each<[string, Record<string, string>, number]>([
    ['nothing asked', {}, 200],

    ['If-Match with the tag', { 'If-Match': '"5b-1"' }, 200],
    ['If-Match with it in a list', { 'If-Match': '"x", "5b-1"' }, 200],
    ['If-Match with any', { 'If-Match': '*' }, 200],
    ['If-Match with another', { 'If-Match': '"x"' }, 412],
    ['If-Match compares strongly', { 'If-Match': 'W/"5b-1"' }, 412],
    ['If-Match that is empty', { 'If-Match': '' }, 412],
    ['If-Match without quotes', { 'If-Match': '5b-1' }, 412],

    ['If-Unmodified-Since at the write', { 'If-Unmodified-Since': WRITTEN }, 200],
    ['If-Unmodified-Since after it', { 'If-Unmodified-Since': AFTER }, 200],
    ['If-Unmodified-Since before it', { 'If-Unmodified-Since': BEFORE }, 412],
    ['If-Unmodified-Since without sense', { 'If-Unmodified-Since': 'yesterday' }, 200],
    ['If-Match outranks If-Unmodified-Since', { 'If-Match': '"5b-1"', 'If-Unmodified-Since': BEFORE }, 200],

    ['If-None-Match with the tag', { 'If-None-Match': '"5b-1"' }, 304],
    ['If-None-Match compares weakly', { 'If-None-Match': 'W/"5b-1"' }, 304],
    ['If-None-Match with it in a list', { 'If-None-Match': '"x", W/"y" , "5b-1"' }, 304],
    ['If-None-Match with empty members', { 'If-None-Match': ', ,"5b-1",' }, 304],
    ['If-None-Match with a comma in a tag', { 'If-None-Match': '"a,b","5b-1"' }, 304],
    ['If-None-Match whose tag only looks like a list', { 'If-None-Match': '"a,5b-1"' }, 200],
    ['If-None-Match with any', { 'If-None-Match': '*' }, 304],
    ['If-None-Match with another', { 'If-None-Match': '"x"' }, 200],
    ['If-None-Match without quotes', { 'If-None-Match': '5b-1' }, 200],
    ['If-None-Match with a lower-case w/', { 'If-None-Match': 'w/"5b-1"' }, 200],
    ['If-None-Match that runs on without comma', { 'If-None-Match': '"5b-1""x"' }, 200],

    ['If-Modified-Since at the write', { 'If-Modified-Since': WRITTEN }, 304],
    ['If-Modified-Since after it', { 'If-Modified-Since': AFTER }, 304],
    ['If-Modified-Since in the future', { 'If-Modified-Since': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 304],
    ['If-Modified-Since before it', { 'If-Modified-Since': BEFORE }, 200],
    ['If-Modified-Since in the old form', { 'If-Modified-Since': 'Sunday, 06-Nov-94 08:49:37 GMT' }, 304],
    ['If-Modified-Since without sense', { 'If-Modified-Since': '0' }, 200],
    ['If-None-Match outranks If-Modified-Since', { 'If-None-Match': '"x"', 'If-Modified-Since': AFTER }, 200],
    ['a matching tag needs no date', { 'If-None-Match': '"5b-1"', 'If-Modified-Since': BEFORE }, 304],

    ['412 comes before 304', { 'If-Match': '"x"', 'If-None-Match': '"5b-1"' }, 412],
    ['304 after a condition that held', { 'If-Match': '"5b-1"', 'If-None-Match': '"5b-1"' }, 304],
    [
      'all four',
      { 'If-Match': '*', 'If-Unmodified-Since': BEFORE, 'If-None-Match': '"x"', 'If-Modified-Since': AFTER },
      200,
    ],
  ])('%s', (_, fields, expected) => {
    expect(status(fields)).toBe(expected);
  });

  it.each<[string, Record<string, string>, number]>([
    ['If-None-Match, strong tag', { 'If-None-Match': '"5b-1"' }, 304],
    ['If-None-Match, weak tag', { 'If-None-Match': 'W/"5b-1"' }, 304],
    ['If-Match never matches a weak tag', { 'If-Match': 'W/"5b-1"' }, 412],
    ['If-Match with any', { 'If-Match': '*' }, 200],
  ])('of a file with a weak tag: %s', (_, fields, expected) => {
    expect(status(fields, WEAK)).toBe(expected);
  });

  it('joins fields that came on several lines', () => {
    const fields = parsedFields([
      ['If-None-Match', '"x"'],
      ['if-none-match', '"5b-1"'],
    ]);
    expect(precondition(fields, STRONG, NOW).status).toBe(304);
  });

  it('ignores a date that came twice', () => {
    const fields = parsedFields([
      ['If-Modified-Since', AFTER],
      ['If-Modified-Since', AFTER],
    ]);
    expect(precondition(fields, STRONG, NOW)).toEqual({
      status: 200,
      because: 'If-Modified-Since is not one HTTP date, so it is ignored',
    });
  });

  it('says why in a sentence', () => {
    const because = (fields: Record<string, string>) =>
      precondition(parsedFields(Object.entries(fields)), STRONG, NOW).because;
    expect(because({})).toBeUndefined();
    expect(because({ 'If-None-Match': '"5b-1"' })).toBe('If-None-Match has ETag "5b-1", so 304');
    expect(because({ 'If-None-Match': '"x"' })).toBe(
      'If-None-Match does not have ETag "5b-1", so the answer is sent',
    );
    expect(because({ 'If-Modified-Since': AFTER })).toBe(
      `If-Modified-Since is not before Last-Modified ${WRITTEN}, so 304`,
    );
  });

  it('takes time in proportion to a hostile list', () => {
    const list = '"a",'.repeat(20_000) + '"'.repeat(20_000) + ' ,'.repeat(20_000);
    expect(status({ 'If-None-Match': list })).toBe(200);
  });
});
