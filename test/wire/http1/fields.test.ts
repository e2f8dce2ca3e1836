import { describe, expect, it } from 'vitest';
import type { Head, Http1Sink } from '../../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../../server-core/wire/http1/parser.ts';

function headsOf(texts: readonly string[]): Head[] {
  const heads: Head[] = [];
  const sink: Http1Sink = {
    span() {},
    begin() {},
    head: (head) => heads.push(head),
    body() {},
    trailers() {},
    end() {},
    fault: ({ code }) => expect.fail(code),
  };
  const parser = new Http1Parser('request', sink);
  for (const text of texts) {
    const chunk = Buffer.from(text, 'latin1');
    expect(parser.push(chunk)).toBe(chunk.length);
    // The read was only lent.
    chunk.fill(0);
  }
  return heads;
}

describe('fields', () => {
  const [head] = headsOf(['GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nx: \r\nx:3 \r\nName: v\r\n', '\r\n']);
  const fields = head!.fields;

  it('are found without regard to case', () => {
    expect(fields.count).toBe(5);
    expect(fields.get('x')).toBe('1');
    expect(fields.all('x')).toBe('1, , 3');
    expect(fields.has('host')).toBe(true);
    expect(fields.get('name')).toBe('v');
  });

  it('are undefined when they are absent', () => {
    expect(fields.get('hos')).toBeUndefined();
    expect(fields.all('y')).toBeUndefined();
    expect(fields.has('')).toBe(false);
  });

  it('know where they stood', () => {
    expect(fields.position(3)).toEqual({
      nameStart: 36,
      nameEnd: 37,
      valueStart: 38,
      valueEnd: 39,
      lineEnd: 42,
    });
  });

  it('say so when there is no such line', () => {
    expect(() => fields.name(5)).toThrow('no field line 5 of 5');
    expect(() => fields.position(-1)).toThrow(RangeError);
  });

  it('stay what they are while later heads are read', () => {
    const texts = Array.from(
      { length: 3000 },
      (_, i) => `GET /${i} HTTP/1.1\r\nHost: a\r\nX-${i}: ${'v'.repeat(i % 90)}\r\n\r\n`,
    );
    headsOf(texts).forEach(({ fields: kept }, i) => {
      if (kept.value(1) !== 'v'.repeat(i % 90) || kept.name(1) !== `X-${i}`) expect.fail(`head ${i} changed`);
    });
  });

  it('of a very large head are kept as well', () => {
    const large = 'v'.repeat(20_000);
    const [kept] = headsOf([
      'GET / HTTP/1.1\r\nHost: a\r\nX: ',
      large.slice(0, 9999),
      large.slice(9999),
      '\r\n\r\n',
    ]);
    expect(kept!.fields.get('x')).toBe(large);
  });
});
