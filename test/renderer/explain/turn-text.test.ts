import { describe, expect, it } from 'vitest';
import { turnText } from '../../../renderer/explain/turn-text.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('a turn as text', () => {
  it('keeps lines and tabs, and writes what hides as what it is', () => {
    expect(turnText(bytes('GET / HTTP/1.1\r\nA:\tb\x00\rc\r\n\r\n'), true)).toEqual({
      text: 'GET / HTTP/1.1\nA:\tb\\0\\rc',
      binary: 0,
    });
  });

  it('shows content that is text behind the head, in UTF-8', () => {
    const said = turnText(Buffer.from('HTTP/1.1 200 OK\r\n\r\nGrüße\n\n'), true);
    expect(said).toEqual({ text: 'HTTP/1.1 200 OK\n\nGrüße', binary: 0 });
  });

  it('counts content that is no text, and shows the head before it', () => {
    const said = turnText(bytes('HTTP/1.1 200 OK\r\n\r\n\x1f\x8b\x08\x00'), true);
    expect(said).toEqual({ text: 'HTTP/1.1 200 OK', binary: 4 });
  });

  it('looks for no head where a message only goes on', () => {
    expect(turnText(bytes('\x81\x05\r\n\r\nab'), false)).toEqual({ text: '', binary: 8 });
  });

  it('a head that is not complete is text', () => {
    expect(turnText(bytes('GET / HT'), true).text).toBe('GET / HT');
  });
});
