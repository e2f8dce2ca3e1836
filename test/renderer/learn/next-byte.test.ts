import { describe, expect, it } from 'vitest';
import { bytesInWords, byteWord } from '../../../renderer/learn/byte-words.ts';
import { LENIENCIES, leniencyFor, nextBytes, outcomeOf } from '../../../renderer/learn/next-byte.ts';
import { recordTape, type Subject, stateAt } from '../../../renderer/learn/tape.ts';
import { HTTP1_DEFAULTS } from '../../../server-core/wire/limits.ts';
import { CHUNKED, SUBJECTS, subject } from './subjects.ts';

const outcomes = (text: string, options: Partial<Subject> = {}) => {
  const tape = recordTape(subject(text, options));
  const next = nextBytes(tape, tape.last)!;
  return next.groups.map((group) => {
    const words = bytesInWords(group.bytes);
    return `${words} → ${group.fault ?? (group.stays ? 'stay' : group.state)}${group.ends ? ', end' : ''}`;
  });
};

describe('what the next byte may be', () => {
  it.each(SUBJECTS)('agrees with what the byte then did: %s', (_name, given) => {
    const tape = recordTape(given);
    for (let position = 0; position < tape.read; position++) {
      const outcome = nextBytes(tape, position)!.outcomes[given.bytes[position]!]!;
      const frames =
        stateAt(tape, position + 1).startsWith('ws-') && !stateAt(tape, position).startsWith('ws-');
      // The last byte of a handshake leads out of HTTP; it is accepted either way.
      expect(outcome.state).toBe(frames ? 'ws-opcode' : stateAt(tape, position + 1));
    }
    if (tape.last > tape.read && tape.fault && tape.read < given.bytes.length) {
      const refused = nextBytes(tape, tape.read)!.outcomes[given.bytes[tape.read]!]!;
      expect(refused.fault).toBe(tape.fault.value.code);
    }
  });

  it.each(SUBJECTS)('is the same behind a shortened past: %s', (_name, given) => {
    const tape = recordTape(given);
    for (let position = 0; position <= tape.read; position++) {
      const next = nextBytes(tape, position);
      if (!next) continue;
      const whole = { ...given, bytes: given.bytes.subarray(0, position) };
      for (const [byte, outcome] of next.outcomes.entries()) expect(outcome).toEqual(outcomeOf(whole, byte));
      expect(next.close).toEqual(outcomeOf(whole, undefined));
    }
  });

  it('every byte value is in one group', () => {
    const tape = recordTape(subject(CHUNKED));
    for (let position = 0; position < tape.last; position += 7) {
      const { groups } = nextBytes(tape, position)!;
      const bytes = groups.flatMap((group) => group.bytes).sort((a, b) => a - b);
      expect(bytes).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
    }
  });

  it('in a chunk size: digits, an extension, or the end of the line', () => {
    const head = CHUNKED.slice(0, CHUNKED.indexOf('c;part'));
    expect(outcomes(`${head}1`)).toEqual([
      'HT SP ; → chunk-extension',
      'CR → chunk-size-lf',
      '0–9 A–F a–f → stay',
      expect.stringMatching(/→ chunk-size-invalid$/),
      'LF → bare-lf',
    ]);
  });

  it('behind a CR only LF', () => {
    expect(outcomes('GET / HTTP/1.1\r')).toEqual(['LF → field-line', 'all but LF → bare-cr']);
  });

  it('the byte that ends a message is told', () => {
    expect(outcomes('GET / HTTP/1.1\r\nHost: a\r\n\r')).toEqual(['LF → idle, end', 'all but LF → bare-cr']);
  });

  it('the end of the stream within a message is a fault, between messages it is not', () => {
    const within = recordTape(subject('GET / HT'));
    expect(nextBytes(within, within.last)!.close.fault).toBe('connection-closed-early');
    const between = recordTape(subject('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    expect(nextBytes(between, between.last)!.close).toMatchObject({ fault: undefined, state: 'closed' });
  });

  it('nothing may come where nothing is read any more', () => {
    const tape = recordTape(subject('G('));
    expect(nextBytes(tape, tape.last)).toBeUndefined();
  });
});

describe('leniencies', () => {
  it('are those that the parser has', () => {
    const names = Object.keys(HTTP1_DEFAULTS).filter((name) => name.startsWith('allow'));
    expect(LENIENCIES.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['GET / HTTP/1.1', '\n', 'allowBareLf'],
    ['GET /', '\xe9', 'allowObsTextInTarget'],
    ['GET / HTTP/1.1\r\n\r', '\n', 'allowAnyHost'],
    ['GET / HTTP/1.1\r\nA', ' ', undefined],
  ])('behind %j the byte %j is let through by %s', (text, byte, name) => {
    const tape = recordTape(subject(text));
    expect(leniencyFor(tape, tape.last, byte.charCodeAt(0))).toBe(name);
  });
});

describe('bytes in words', () => {
  it.each([
    [[0x0d], 'CR'],
    [[0x41], 'A'],
    [[0x80, 0x81], '\\x80 \\x81'],
    [[0x30, 0x31, 0x32, 0x33], '0–3'],
    [Array.from({ length: 256 }, (_, byte) => byte), 'any byte'],
    [Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10), 'all but LF'],
  ])('%j', (bytes, words) => expect(bytesInWords(bytes)).toBe(words));

  it('every byte has a word of its own', () => {
    const words = Array.from({ length: 256 }, (_, byte) => byteWord(byte));
    expect(new Set(words).size).toBe(256);
  });
});
