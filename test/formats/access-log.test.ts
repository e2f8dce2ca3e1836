import { describe, expect, it } from 'vitest';
import {
  combinedLine,
  commonLine,
  jsonLine,
  type LoggedExchange,
} from '../../server-core/formats/access-log.ts';

const EXCHANGE: LoggedExchange = {
  remoteAddress: '127.0.0.1',
  beginMs: Date.UTC(2000, 9, 10, 20, 55, 36, 789),
  method: 'GET',
  target: '/apache_pb.gif',
  version: '1.0',
  status: 200,
  bodyBytes: 2326,
  referer: 'http://www.example.com/start.html',
  userAgent: 'Mozilla/4.08 [en] (Win98; I ;Nav)',
  durationMicros: 1234.56,
};

describe('commonLine', () => {
  it('writes the line that Apache documents', () => {
    expect(commonLine(EXCHANGE, -420)).toBe(
      '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
    );
  });

  it.each([
    [0, '10/Oct/2000:20:55:36 +0000'],
    [330, '11/Oct/2000:02:25:36 +0530'],
    [-210, '10/Oct/2000:17:25:36 -0330'],
    [14 * 60, '11/Oct/2000:10:55:36 +1400'],
  ])('writes a zone of %s minutes', (minutes, time) => {
    expect(commonLine(EXCHANGE, minutes)).toContain(`[${time}]`);
  });

  it('has dashes for what there is not', () => {
    const line = commonLine({ ...EXCHANGE, remoteAddress: '', method: '', status: undefined, bodyBytes: 0 });
    expect(line).toBe('- - - [10/Oct/2000:20:55:36 +0000] "-" - -');
  });

  it('lets no peer end a field or forge a line', () => {
    const line = combinedLine({
      ...EXCHANGE,
      target: '/a" 200 1\r\n',
      userAgent: '\x1b[31m\\"\xff',
      referer: undefined,
    });
    expect(line).toMatch(/"GET \/a\\" 200 1\\x0d\\x0a HTTP\/1\.0" 200 2326 "-" "\\x1b\[31m\\\\\\"\\xff"$/);
    expect(line).not.toMatch(/[^\x20-\x7e]/);
  });
});

describe('combinedLine', () => {
  it('writes the line that Apache documents', () => {
    expect(combinedLine(EXCHANGE, -420)).toBe(
      '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 ' +
        '"http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
    );
  });
});

describe('jsonLine', () => {
  it('is one line with all facts', () => {
    const line = jsonLine({ ...EXCHANGE, target: '/\u2028"\n' });
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      time: '2000-10-10T20:55:36.789Z',
      remote: '127.0.0.1',
      method: 'GET',
      target: '/\u2028"\n',
      version: '1.0',
      status: 200,
      bytes: 2326,
      micros: 1235,
      referer: 'http://www.example.com/start.html',
      userAgent: 'Mozilla/4.08 [en] (Win98; I ;Nav)',
    });
  });

  it('has null for what is not known', () => {
    const line = jsonLine({
      ...EXCHANGE,
      method: '',
      status: undefined,
      durationMicros: undefined,
      referer: undefined,
    });
    expect(JSON.parse(line)).toMatchObject({ method: null, status: null, micros: null, referer: null });
  });
});
