import { describe, expect, it } from 'vitest';
import { byteRows, rowOf, runsOf } from '../../../renderer/learn/byte-rows.ts';
import { heldAt } from '../../../renderer/learn/held.ts';
import { recordTape } from '../../../renderer/learn/tape.ts';
import { CHUNKED, HANDSHAKE, MASKED_HELLO, SUBJECTS, subject } from './subjects.ts';

describe.each(SUBJECTS)('rows of %s', (_name, given) => {
  const tape = recordTape(given);
  const rows = byteRows(tape);

  it('have every byte once, in order', () => {
    let at = 0;
    for (const { start, end } of rows) {
      expect(start).toBe(at);
      expect(end).toBeGreaterThan(start);
      at = end;
    }
    expect(at).toBe(given.bytes.length);
  });

  it('are tiled by runs at every position, with one byte next at most', () => {
    for (let position = 0; position <= tape.last; position++) {
      const runs = rows.flatMap((row) => runsOf(tape, row, position));
      let at = 0;
      for (const run of runs) {
        expect(run.start).toBe(at);
        at = run.end;
      }
      expect(at).toBe(given.bytes.length);
      const next = runs.filter(({ phase }) => phase === 'next');
      expect(next.length).toBeLessThanOrEqual(1);
      for (const { start } of next) expect(start).toBe(Math.min(position, tape.read));
    }
  });
});

it('rows follow the lines of the message and say what each is', () => {
  const tape = recordTape(subject(CHUNKED));
  const lines = byteRows(tape).map(({ start, end, note }) => {
    const words = note?.kind === 'field' ? `field ${note.name}` : note?.words;
    return `${CHUNKED.slice(start, end).replaceAll('\r\n', '.')} ${words}`;
  });
  expect(lines).toEqual([
    'POST /notes HTTP/1.1. request line',
    'Host: a. field Host',
    'Transfer-Encoding: chunked. field Transfer-Encoding',
    'Trailer: X-Check. field Trailer',
    '. empty line: the head ends here',
    'c;part=1. chunk 1: 0xc = 12 bytes',
    'Hello, wire . 12 bytes of content',
    '1a. chunk 2: 0x1a = 26 bytes',
    'every byte has one meaning. 26 bytes of content',
    '0. size 0: the last chunk',
    'X-Check: ok. a trailer field',
    '. the message ends',
  ]);
});

it('frames stand in hex, the head of each before its payload', () => {
  const tape = recordTape(subject(HANDSHAKE + MASKED_HELLO, { frames: 'agreed' }));
  const rows = byteRows(tape).filter(({ mode }) => mode === 'hex');
  expect(rows.map(({ start, end }) => end - start)).toEqual([6, 5]);
});

it('a line that is refused in its middle is one row', () => {
  const text = 'GET / HTTP/1.1\r\nHost : a\r\n\r\n';
  const rows = byteRows(recordTape(subject(text)));
  expect(rows.map(({ start, end }) => text.slice(start, end))).toEqual([
    'GET / HTTP/1.1\r\n',
    'Host : a\r\n',
    '\r\n',
  ]);
});

it('frames without payload stand in hex, each by itself', () => {
  const pong = '\x8a\x80\x00\x00\x00\x00';
  const tape = recordTape(subject(HANDSHAKE + pong + pong, { frames: 'agreed' }));
  const rows = byteRows(tape).slice(-2);
  const head = { kind: 'words', words: 'frame head' };
  expect(rows.map(({ start, end, mode, note }) => [end - start, mode, note])).toEqual([
    [pong.length, 'hex', head],
    [pong.length, 'hex', head],
  ]);
});

it('the row of a byte is found', () => {
  const rows = byteRows(recordTape(subject(CHUNKED)));
  for (const [n, { start, end }] of rows.entries()) {
    expect([rowOf(rows, start), rowOf(rows, end - 1)]).toEqual([n, n]);
  }
  expect(rowOf(rows, CHUNKED.length)).toBe(rows.length - 1);
});

describe('what the parser holds', () => {
  const tape = recordTape(subject(CHUNKED));
  const facts = (text: string) =>
    Object.fromEntries(heldAt(tape, CHUNKED.indexOf(text)).map(({ name, value }) => [name, value]));

  it('in a head: the token, and how much of the limits is used', () => {
    expect(facts('ost: a')).toEqual({
      'Token so far': 'H',
      'Field lines': '0 of 100',
      Head: '23 of 32\u2009768 B',
    });
  });

  it('in a chunk size: the number so far', () => {
    expect(facts('a\r\nevery')).toMatchObject({ 'Size so far': '0x1 = 1', Digits: '1 of 16' });
    expect(facts('a\r\nevery')).toMatchObject({ Chunks: '1, with 12 B of content' });
  });

  it('in content: how much of it has come', () => {
    expect(facts('byte has')).toMatchObject({ Chunks: '2, with 18 B of content' });
    const put = recordTape(subject('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel'));
    expect(heldAt(put, put.last)).toContainEqual({ name: 'Content', value: '3 of 5 B' });
  });

  it('between messages: nothing', () => expect(heldAt(tape, tape.last)).toEqual([]));
});
