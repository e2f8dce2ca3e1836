import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../../server-core/capture/events.ts';
import { Redactor } from '../../../server-core/formats/export/redactor.ts';
import { Recorded, type Said } from '../../support/recorded.ts';

function redacted(said: readonly Said[]): readonly CaptureEvent[] {
  const redactor = new Redactor();
  return new Recorded()
    .conversation(said)
    .events()
    .map((event) => redactor.take(event));
}

function stream(events: readonly CaptureEvent[], direction: 'in' | 'out'): string {
  return events
    .map((event) =>
      event.kind === 'bytes' && event.direction === direction
        ? Buffer.from(event.data!).toString('latin1')
        : '',
    )
    .join('');
}

const ASKED = [
  ...[
    'POST /login?token=stays HTTP/1.1',
    'Host: a',
    'cookie:  sid=SECRET; b=SECRET  ',
    'AUTHORIZATION: Bearer SECRET',
  ],
  ...['X-Forwarded-For: 10.0.0.9', 'Content-Length: 6', '', 'SECRET'],
].join('\r\n');
const ASKED_WITHOUT = [
  ...[
    'POST /login?token=stays HTTP/1.1',
    'Host: a',
    `cookie:  ${'*'.repeat(22)}`,
    `AUTHORIZATION: ${'*'.repeat(13)}`,
  ],
  ...[`X-Forwarded-For: ${'*'.repeat(8)}`, 'Content-Length: 6', '', 'SECRET'],
].join('\r\n');
const ANSWERED =
  'HTTP/1.1 200 OK\r\nSet-Cookie: SECRET\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nAuthentication-Info: SECRET\r\n\r\n';
const ANSWERED_WITHOUT = ANSWERED.replaceAll('SECRET', '******');

/** A text in pieces that end at these places. */
function cut(text: string, places: readonly number[], direction: 'in' | 'out'): Said[] {
  const ends = [...new Set([...places.map((place) => place % text.length), text.length])].sort(
    (a, b) => a - b,
  );
  return ends
    .map((end, i) => ({ [direction]: text.slice(ends[i - 1] ?? 0, end) }))
    .filter((said) => Object.values(said)[0] !== '');
}

describe('a redactor', () => {
  it('overwrites the values of secret fields, trailers too, and nothing else', () => {
    const events = redacted([{ in: ASKED }, { out: ANSWERED }]);
    expect(stream(events, 'in')).toBe(ASKED_WITHOUT);
    expect(stream(events, 'out')).toBe(ANSWERED_WITHOUT);
  });

  it('does so however the stream was cut', () => {
    const places = fc.array(fc.nat(1000), { maxLength: 12 });
    fc.assert(
      fc.property(places, places, (asked, answered) => {
        const events = redacted([...cut(ASKED, asked, 'in'), ...cut(ANSWERED, answered, 'out')]);
        expect(stream(events, 'in')).toBe(ASKED_WITHOUT);
        expect(stream(events, 'out')).toBe(ANSWERED_WITHOUT);
      }),
      { numRuns: 300 },
    );
    const bytewise = redacted([...ASKED].map((char) => ({ in: char })));
    expect(stream(bytewise, 'in')).toBe(ASKED_WITHOUT);
  });

  it('leaves out where the folder lies on the disk', () => {
    const recorded = new Recorded();
    recorded.log.server({
      ...{ id: 1, name: 'site', root: '/home/somebody/site', host: '127.0.0.1', port: 8080 },
      ...{ url: 'http://127.0.0.1:8080/', model: 'event-loop', status: 'folder-gone' },
      ...{ movedTo: '/home/somebody/other', problem: '/home/somebody/site cannot be opened' },
    });
    recorded.log.mark(1, 1, 'open', '/home/somebody/other/a.txt');
    const redactor = new Redactor();
    const told = recorded.events().map((event) => redactor.take(event));
    expect(JSON.stringify(told)).not.toContain('somebody');
    expect(told.at(-1)).toMatchObject({ detail: '…/a.txt' });
  });

  it('does so on every message of a connection', () => {
    const get = 'GET / HTTP/1.1\r\nHost: a\r\nCookie: SECRET\r\n\r\n';
    const not = 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nSet-Cookie: SECRET\r\n\r\n';
    const events = redacted([
      { in: get + get },
      { out: `HTTP/1.1 103 Early Hints\r\nSet-Cookie: SECRET\r\n\r\n${not}${not}` },
    ]);
    expect(stream(events, 'in') + stream(events, 'out')).not.toContain('SECRET');
  });

  it('overwrites whole what it cannot read', () => {
    const broken = 'GET / HTTP/1.1\r\nHost: a\r\nAuthorization : SECRET\r\nCookie: SECRET\r\n\r\nSECRET';
    const events = redacted([
      ...cut(broken, [30, 45, 60], 'in'),
      { out: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno' },
    ]);
    expect(stream(events, 'in')).not.toContain('SECRET');
    expect(stream(events, 'in')).toHaveLength(broken.length);
    expect(stream(events, 'out')).toContain('400 Bad Request');
    const other = redacted([{ in: 'USER SECRET\r\nPASS SECRET\r\n' }, { out: '230 SECRET\r\n' }]);
    expect(stream(other, 'in') + stream(other, 'out')).not.toContain('SECRET');
  });

  it('overwrites whole what began before it was kept', () => {
    const redactor = new Redactor();
    const at = { time: 1, position: 0, conn: 1, kind: 'bytes', direction: 'in' } as const;
    const event = (offset: number, text: string) => ({
      ...at,
      offset,
      length: text.length,
      data: Buffer.from(text),
    });
    const first = redactor.take(event(500, 'ie: SECRET\r\n\r\n'));
    expect(Buffer.from((first as { data: Uint8Array }).data).toString()).toBe('*'.repeat(14));
    const next = redactor.take(event(514, 'GET / HTTP/1.1\r\nCookie: SECRET\r\n\r\n'));
    expect(Buffer.from((next as { data: Uint8Array }).data).toString()).toBe(
      'GET / HTTP/1.1\r\nCookie: ******\r\n\r\n',
    );
  });

  it('names no client, and no folder of the server', () => {
    const text = JSON.stringify(redacted([{ in: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' }]));
    expect(text).not.toContain('10.1.2.3');
    expect(text).not.toContain('/home/somebody');
  });
});
