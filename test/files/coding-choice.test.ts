import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  chooseCoding,
  codingSentence,
  type Form,
  MADE_FORMS,
} from '../../server-core/files/coding-choice.ts';
import { acceptedCodings } from '../../server-core/http/coding/accept-encoding.ts';
import type { Coding } from '../../server-core/http/coding/content-coding.ts';

function copy(coding: Coding, end: string): Form {
  const path = import.meta.filename;
  return { coding, sibling: { coding, end, path, real: path, stats: statSync(path, { bigint: true }) } };
}
const BR = copy('br', '.br');
const GZ = copy('gzip', '.gz');

function chosen(value: string | undefined, forms: readonly Form[], partly = false): string {
  const choice = chooseCoding(acceptedCodings(value), forms, partly);
  if (typeof choice === 'string') return choice;
  return `${choice.coding} ${choice.sibling === undefined ? 'made' : 'copied'}`;
}

const BROWSER = 'gzip, deflate, br, zstd';

describe('the coding of an answer', () => {
  it.each<[string | undefined, Form[], string]>([
    // On the fly, the one that takes the least time.
    [BROWSER, [...MADE_FORMS], 'zstd made'],
    ['gzip, deflate', [...MADE_FORMS], 'gzip made'],
    ['gzip, br', [...MADE_FORMS], 'br made'],
    ['gzip, br;q=0.9', [...MADE_FORMS], 'gzip made'],
    ['deflate', [...MADE_FORMS], 'identity'],
    [undefined, [...MADE_FORMS], 'identity'],
    ['', [...MADE_FORMS], 'identity'],
    ['*', [...MADE_FORMS], 'zstd made'],
    // A copy costs nothing.
    [BROWSER, [BR, GZ, ...MADE_FORMS], 'br copied'],
    ['gzip, zstd', [BR, GZ, ...MADE_FORMS], 'gzip copied'],
    ['gzip;q=0.8, zstd', [BR, GZ, ...MADE_FORMS], 'zstd made'],
    [BROWSER, [GZ], 'gzip copied'],
    ['br', [GZ], 'identity'],
    // Content as it is can be weighed too.
    ['gzip;q=0.5, identity', [...MADE_FORMS], 'identity'],
    ['gzip;q=0.5, identity;q=0.5', [...MADE_FORMS], 'gzip made'],
    ['gzip;q=0, *;q=0.1', [...MADE_FORMS], 'zstd made'],
    // It is refused: then small or dense content is coded too.
    ['identity;q=0', [...MADE_FORMS], 'refused'],
    ['identity;q=0', [], 'refused'],
    ['*;q=0', [BR], 'refused'],
    ['identity;q=0, gzip', [], 'gzip made'],
    ['gzip, *;q=0', [], 'gzip made'],
    ['identity;q=0, deflate', [], 'refused'],
    // The twin: nothing is refused, so what gains nothing is left as it is.
    ['gzip', [], 'identity'],
  ])('%s: row %#', (value, forms, expected) => {
    expect(chosen(value, forms)).toBe(expected);
  });

  it('of a part is none on the fly, unless content as it is was refused', () => {
    expect(chosen(BROWSER, MADE_FORMS, true)).toBe('identity');
    expect(chosen(BROWSER, [GZ, ...MADE_FORMS], true)).toBe('gzip copied');
    expect(chosen('identity;q=0, br', MADE_FORMS, true)).toBe('br made');
  });
});

describe('its trace', () => {
  const said = (value: string | undefined, forms: readonly Form[], partly = false, stale: string[] = []) => {
    const accepted = acceptedCodings(value);
    return codingSentence(chooseCoding(accepted, forms, partly), accepted, forms, partly, stale);
  };
  it.each([
    [
      said('gzip, br;q=0.5', MADE_FORMS),
      'Accept-Encoding weighs gzip 1, br 0.5, so it is coded with gzip on the fly',
    ],
    [said('br', [BR]), 'Accept-Encoding weighs br 1, so the copy .br beside it goes out, coded with br'],
    [said(undefined, MADE_FORMS), 'No Accept-Encoding, so it goes out as it is'],
    [said('gzip', []), 'Accept-Encoding weighs gzip 1; coding would gain nothing, so it goes out as it is'],
    [
      said('gzip', MADE_FORMS, true),
      'Accept-Encoding weighs gzip 1; a part is asked for, and parts are never coded on the fly, so it goes out as it is',
    ],
    [
      said('*;q=0', MADE_FORMS),
      'Accept-Encoding weighs * 0, and nothing that can be sent is accepted, so 406',
    ],
    [
      said('gzip', MADE_FORMS, false, ['.gz']),
      'Accept-Encoding weighs gzip 1; .gz beside it is older than the file, so it is coded with gzip on the fly',
    ],
  ])('%s', (sentence, expected) => {
    expect(sentence).toBe(expected);
  });
});
