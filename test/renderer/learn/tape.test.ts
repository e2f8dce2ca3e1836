import { describe, expect, it } from 'vitest';
import { isFinal, STATE_IDS, stateInfo } from '../../../renderer/learn/parser-states.ts';
import { StreamParser } from '../../../renderer/learn/stream-parser.ts';
import {
  changeFrom,
  MOST_BYTES,
  recordTape,
  spansAt,
  stateAt,
  stopAfter,
} from '../../../renderer/learn/tape.ts';
import { Http1Parser } from '../../../server-core/wire/http1/parser.ts';
import type { Span } from '../../../server-core/wire/span.ts';
import { CHUNKED, HANDSHAKE, MASKED_HELLO, SUBJECTS, subject } from './subjects.ts';

describe.each(SUBJECTS)('the tape of %s', (_name, given) => {
  const tape = recordTape(given);

  it('is at every position where the parser is that was given those bytes at once', () => {
    for (let position = 0; position <= tape.read; position++) {
      const spans: Span[] = [];
      const parser = new StreamParser(given, {
        span: (kind, start, end) => spans.push({ kind, start, end }),
        said() {},
        head() {},
        frame() {},
        fault() {},
      });
      parser.push(given.bytes.slice(0, position));
      expect(stateAt(tape, position)).toBe(parser.state);
      expect(tape.tokens[position]).toBe(parser.pending()?.start ?? -1);
      expect(tape.spans.slice(0, spansAt(tape, position))).toEqual(spans);
    }
  });

  it('gives every byte that was read to one span or to the token under way', () => {
    let at = 0;
    for (const { start, end } of tape.spans) {
      expect(start).toBe(at);
      at = end;
    }
    expect(at + (tape.read - (tape.tokens.at(-1)! < 0 ? at : tape.tokens.at(-1)!))).toBe(tape.read);
  });

  it('goes from change to change and back the same way', () => {
    const there: number[] = [];
    for (let at = 0; at < tape.last; at = changeFrom(tape, at, 1)) there.push(at);
    const back: number[] = [];
    for (let at = tape.last; at > 0; ) {
      at = changeFrom(tape, at, -1);
      back.push(at);
    }
    expect(back.reverse()).toEqual(there);
  });
});

describe('a tape', () => {
  it('runs the parser that serves: states and fault are those of Http1Parser', () => {
    const bytes = subject('GET /a b HTTP/1.1\r\n').bytes;
    let fault: unknown;
    const parser = new Http1Parser('request', {
      span() {},
      begin() {},
      head() {},
      body() {},
      trailers() {},
      end() {},
      fault: (found) => {
        fault = found;
      },
    });
    const read = parser.push(bytes);
    const tape = recordTape(subject('GET /a b HTTP/1.1\r\n'));
    expect([tape.read, stateAt(tape, tape.last), tape.fault?.value]).toEqual([read, parser.state, fault]);
    expect(tape.fault?.value.code).toBe('version-invalid');
  });

  it('has one more position for a byte that is refused, and none for a fault behind an accepted one', () => {
    const refused = recordTape(subject('G(T'));
    expect([refused.read, refused.last, refused.fault?.step]).toEqual([1, 2, 2]);
    const without = recordTape(subject('GET / HTTP/1.1\r\n\r\nrest'));
    expect([without.read, without.last]).toEqual([18, 18]);
    expect(without.fault?.value.code).toBe('host-missing');
  });

  it('says what was reported where it was', () => {
    const tape = recordTape(subject(CHUNKED));
    expect(tape.said.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      'begin: a request begins',
      'head: POST /notes, content in chunks',
      'content: the content begins',
      'trailers: 1 field',
      'end: the request is complete',
    ]);
    expect(tape.said[1]!.step).toBe(CHUNKED.indexOf('\r\n\r\n') + 4);
  });

  it('goes on with frames once a handshake is agreed on, and not otherwise', () => {
    const text = HANDSHAKE + MASKED_HELLO;
    const agreed = recordTape(subject(text, { frames: 'agreed' }));
    expect(agreed.said.map(({ words }) => words)).toContain('accepted: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(agreed.said.at(-1)?.words).toBe('text: "Hello"');
    expect(agreed.spans.slice(-4).map(({ kind }) => kind)).toEqual([
      'ws-opcode',
      'ws-length',
      'ws-masking-key',
      'ws-payload',
    ]);
    const never = recordTape(subject(text));
    expect(never.fault?.value.code).toBe('method-invalid');
  });

  it.each([
    ['ws-mask-missing', '\x81\x05Hello'],
    ['ws-continuation-unexpected', '\x80\x80\0\0\0\0'],
    ['ws-text-not-utf8', '\x81\x81\0\0\0\0\xff'],
    ['ws-close-code-invalid', '\x88\x82\0\0\0\0\x03\xed'],
  ])('shows the fault %s of a frame or a message', (code, frame) => {
    const tape = recordTape(subject(HANDSHAKE + frame, { frames: 'agreed' }));
    expect(tape.fault?.value.code).toBe(code);
    expect(tape.fault!.value.at).toBeGreaterThanOrEqual(HANDSHAKE.length);
    expect(stateAt(tape, tape.last)).toBe('ws-finished');
  });

  it('stops at states that were asked for', () => {
    const tape = recordTape(subject(CHUNKED));
    const stops = new Set(['chunk-size'] as const);
    const first = stopAfter(tape, 0, stops)!;
    const second = stopAfter(tape, first, stops)!;
    expect([first, second].map((at) => CHUNKED.slice(at, at + 2))).toEqual(['c;', '1a']);
    expect(stopAfter(tape, tape.last, stops)).toBeUndefined();
  });

  it('takes no more bytes than it can show', () => {
    const tape = recordTape(
      subject(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n${'x'.repeat(99_999)}`),
    );
    expect(tape.read).toBe(MOST_BYTES);
    expect(stateAt(tape, tape.last)).toBe('content');
  });
});

describe('the states', () => {
  it.each(STATE_IDS)('%s has a sentence and a clause', (id) => {
    expect(stateInfo(id).sentence.length).toBeGreaterThan(10);
    expect(stateInfo(id).section).toMatch(/^RFC \d+ §/);
  });

  it('the final ones are those in which a parser takes nothing', () => {
    expect(STATE_IDS.filter(isFinal)).toEqual(['switched', 'faulted', 'closed', 'ws-finished']);
  });
});
