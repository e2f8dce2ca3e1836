import { describe, expect, it } from 'vitest';

import type { FieldView, MessageView } from '../../../renderer/store/queries/detail.ts';
import type { Row } from '../../../renderer/store/queries/list.ts';
import { REPEAT_FORMS } from '../../../renderer/store/queries/repeat.ts';
import { repeatOf } from '../../../renderer/store/repeat.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const row = { method: 'POST', target: '/form', version: '1.1' } as Row;
const field = (name: string, value: string, trailer = false) => ({ name, value, trailer }) as FieldView;

function message(bytes: string, spans: MessageView['spans'], fields: FieldView[]): MessageView {
  return {
    bytes: Buffer.from(bytes, 'latin1'),
    length: bytes.length,
    spans,
    fields,
  } as unknown as MessageView;
}

describe('a captured request as a command', () => {
  it('holds the content of all chunks, and no trailer', () => {
    const fields = [
      field('Host', '127.0.0.1:8080'),
      field('Transfer-Encoding', 'chunked'),
      field('X-Sum', '1', true),
    ];
    const chunked = message(
      '2\r\nab\r\n1\r\nc\r\n',
      [
        { kind: 'chunk-size', start: 0, end: 1 },
        { kind: 'body', start: 3, end: 5 },
        { kind: 'body', start: 10, end: 11 },
      ],
      fields,
    );
    const { command } = repeatOf(row, chunked, ORIGIN, 'curl');
    expect(command).toMatch(/abc/);
    expect(command).not.toMatch(/X-Sum/);
    expect(command).toMatch(/http:\/\/127\.0\.0\.1:8080\/form/);
  });

  it.each([
    [
      'a request line that could not be read',
      { ...row, method: '' },
      message('', [], []),
      /could not be read/,
    ],
    ['bytes that were trimmed', row, { ...message('', [], []), bytes: undefined }, /trimmed/],
    ['more than what is held', row, { ...message('abc', [], []), length: 4 }, /longer/],
  ])('says why not, for %s', (_, of, request, words) => {
    expect(() => repeatOf(of, request, ORIGIN, 'curl')).toThrow(words);
  });

  it('that broke the rules is repeated by its bytes, and otherwise with a remark', () => {
    const fault = { code: 'space-before-colon', at: 3 } as const;
    const bad = { ...message('GET / HTTP/1.1\r\nA : b\r\n\r\n', [], [field('A', 'b')]), fault };
    expect(repeatOf({ ...row, method: '' }, bad, ORIGIN, 'netcat').command).toBe(
      String.raw`printf 'GET / HTTP/1.1\015\012A : b\015\012\015\012' | nc 127.0.0.1 8080`,
    );
    for (const form of REPEAT_FORMS) {
      const { notes } = repeatOf(row, bad, ORIGIN, form);
      expect(notes.join().includes('wrong with its bytes')).toBe(form !== 'netcat');
    }
  });
});
