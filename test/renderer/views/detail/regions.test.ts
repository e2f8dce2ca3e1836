import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../../../renderer/store/queries/detail.ts';
import { regionAt, spanAt } from '../../../../renderer/views/detail/regions.ts';

// "GET / HTTP/1.1\r\nHost: a\r\n\r\n" and 100 bytes of body of which 4 were derived.
const message: MessageView = {
  direction: 'in',
  streamOffset: 0,
  length: 127,
  headLength: 27,
  interim: [],
  startLine: ['GET', '/', 'HTTP/1.1'],
  fields: [
    {
      name: 'Host',
      value: 'a',
      start: 16,
      nameEnd: 20,
      valueStart: 22,
      valueEnd: 23,
      end: 25,
      trailer: false,
    },
  ],
  frames: [],
  spans: [
    { kind: 'method', start: 0, end: 3 },
    { kind: 'sp', start: 3, end: 4 },
    { kind: 'target', start: 4, end: 5 },
    { kind: 'sp', start: 5, end: 6 },
    { kind: 'version', start: 6, end: 14 },
    { kind: 'crlf', start: 14, end: 16 },
    { kind: 'field-name', start: 16, end: 20 },
    { kind: 'colon', start: 20, end: 21 },
    { kind: 'ows', start: 21, end: 22 },
    { kind: 'field-value', start: 22, end: 23 },
    { kind: 'crlf', start: 23, end: 25 },
    { kind: 'crlf', start: 25, end: 27 },
    { kind: 'body', start: 27, end: 31 },
  ],
  cuts: [{ offset: 0, length: 127, time: 0 }],
  bytes: undefined,
  fault: undefined,
};

describe('regionAt', () => {
  it.each([
    ['the method', 1, 0, 3, 'method'],
    ['a field, from its name', 16, 16, 23, 'field-name'],
    ['a field, from its colon', 20, 16, 23, 'colon'],
    ['a field, from its value', 22, 16, 23, 'field-value'],
    ['the line end of a field, which is not its field', 24, 23, 25, 'crlf'],
    ['the empty line', 26, 25, 27, 'crlf'],
  ] as const)('is %s', (_, offset, start, end, kind) => {
    expect(regionAt(message, offset)).toMatchObject({ start, end, kind });
  });

  it('carries the field only for bytes of one', () => {
    expect(regionAt(message, 17)?.field?.name).toBe('Host');
    expect(regionAt(message, 24)?.field).toBeUndefined();
  });

  it('is nothing outside of the message', () => {
    expect(regionAt(message, 127)).toBeUndefined();
    expect(regionAt(message, -1)).toBeUndefined();
  });
});

describe('spanAt past what was derived', () => {
  it('is the body, joined to the part that was derived', () => {
    expect(spanAt(message, 100)).toEqual({ kind: 'body', start: 27, end: 127 });
  });

  it('is unread after a fault', () => {
    const faulty: MessageView = { ...message, fault: { code: 'target-invalid', at: 31 } };
    expect(spanAt(faulty, 100)).toEqual({ kind: 'unread', start: 31, end: 127 });
  });
});
