import { describe, expect, it } from 'vitest';
import {
  explanationOf,
  GLOSSARY,
  KINDS,
  type Kind,
  statusExplanation,
} from '../../../../renderer/explain/glossary/glossary.ts';
import { readTable } from '../../../../renderer/explain/glossary/notation.ts';
import { searchGlossary } from '../../../../renderer/explain/glossary/search.ts';
import { STATE_IDS, stateInfo } from '../../../../renderer/learn/parser-states.ts';
import { FAULTS } from '../../../../server-core/wire/faults.ts';
import { methodName } from '../../../../server-core/wire/http1/methods.ts';
import { reasonPhrase } from '../../../../server-core/wire/http1/reason-phrases.ts';
import { SPAN_KINDS } from '../../../../server-core/wire/span.ts';
import { namesIn } from './named-fields.ts';

const keys = (kind: Kind) => GLOSSARY.filter((entry) => entry.kind === kind).map(({ key }) => key);
const statuses = Array.from({ length: 500 }, (_, n) => n + 100).filter(
  (status) => reasonPhrase(status) !== '',
);

/** RFC 9110 §18.4, RFC 9111 §8.1, RFC 9112 §12.1, but for those that only say that a name is taken. */
const STANDARD_FIELDS =
  `Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Age Allow Authentication-Info Authorization
   Cache-Control Connection Content-Encoding Content-Language Content-Length Content-Location Content-Range
   Content-Type Date ETag Expect Expires From Host If-Match If-Modified-Since If-None-Match If-Range
   If-Unmodified-Since Last-Modified Location Max-Forwards Pragma Proxy-Authenticate Proxy-Authentication-Info
   Proxy-Authorization Range Referer Retry-After Server TE Trailer Transfer-Encoding Upgrade User-Agent Vary Via
   WWW-Authenticate`.split(/\s+/);

/** RFC 9110 §9 and RFC 5789. */
const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

describe('the glossary has an entry, and no other, for', () => {
  it.each<[Kind, readonly string[]]>([
    ['status', statuses.map(String)],
    ['method', METHODS],
    ['token', SPAN_KINDS],
    ['state', STATE_IDS],
    ['fault', Object.keys(FAULTS)],
  ])('each %s', (kind, named) => {
    expect(keys(kind).toSorted()).toEqual([...named].toSorted());
  });

  it('each method that the parser has a name for', () => {
    const bytes = (name: string) => new TextEncoder().encode(name);
    for (const name of METHODS) expect(methodName(bytes(name), 0, name.length)).toBe(name);
  });

  it('each field that RFC 9110, 9111 and 9112 register, and each that our own sources name', () => {
    const named = [...STANDARD_FIELDS, ...namesIn('wire', 'http', 'files', 'net')];
    expect(named.filter((name) => !explanationOf('field', name))).toEqual([]);
    expect(named.length).toBeGreaterThan(STANDARD_FIELDS.length);
  });
});

describe('an explanation', () => {
  it.each(GLOSSARY.map((entry) => [`${entry.kind} ${entry.key}`, entry] as const))(
    'of %s has three depths',
    (_, entry) => {
      const { line, paragraph, section, clause } = entry;
      expect(line).toMatch(/^\S.{5,170}[.?]$/);
      expect(paragraph.length).toBeGreaterThan(line.length / 2);
      expect(paragraph).toMatch(/^\S.{15,}[.]["”)]?$/);
      expect(paragraph).not.toBe(line);
      expect(section).toMatch(
        /^RFC \d{4} §[A-Z\d][\d.]*$|§[\d.]+$|^(Fetch|Global Privacy Control|Resource Hints)$/,
      );
      expect(clause).toMatch(/^\S.{4,}[.)]$/);
    },
  );

  it('of a state is that of the parser itself', () => {
    for (const id of STATE_IDS) {
      const { sentence, section } = stateInfo(id);
      expect(explanationOf('state', id)).toMatchObject({ line: sentence.replace(/\.?$/, '.'), section });
    }
  });

  it('is unique among its kind', () => {
    for (const kind of KINDS)
      expect(new Set(keys(kind).map((key) => key.toLowerCase())).size).toBe(keys(kind).length);
  });

  it('of a status that is not registered is that of its class', () => {
    expect(statusExplanation(404)?.name).toBe('404 Not Found');
    expect(statusExplanation(499)?.key).toBe('400');
    expect(statusExplanation(0)).toBeUndefined();
  });
});

describe('searching', () => {
  const found = (text: string, kind?: Kind) =>
    searchGlossary(text, kind).map((entry) => `${entry.kind} ${entry.key}`);

  it.each([
    ['host', 'field Host'],
    ['404', 'status 404'],
    ['not found', 'status 404'],
    ['etag', 'field ETag'],
    ['bare-lf', 'fault bare-lf'],
    ['head', 'method HEAD'],
    ['chunk-size', 'token chunk-size'],
    ['RFC 7725', 'status 451'],
    ['overflow numerals', 'fault chunk-size-too-large'],
  ])('%s finds %s', (text, first) => {
    expect(found(text)[0]).toBe(first);
  });

  it('asks for every word, and keeps to a kind', () => {
    expect(found('xyzzy')).toEqual([]);
    expect(found('host xyzzy')).toEqual([]);
    expect(found('', 'method')).toHaveLength(METHODS.length);
    expect(found('')).toHaveLength(GLOSSARY.length);
  });
});

it('the notation refuses what is not written so', () => {
  expect(readTable('\nA: Name | RFC 1 §2\nLine.\nOne\ntwo.\n§ Three.\n')).toEqual([
    { key: 'A', name: 'Name', section: 'RFC 1 §2', line: 'Line.', paragraph: 'One two.', clause: 'Three.' },
  ]);
  expect(() => readTable('A | RFC 1 §2\nLine.\n§ Clause.')).toThrow('no paragraph');
  expect(() => readTable('A\nParagraph.')).toThrow('not one clause');
});
