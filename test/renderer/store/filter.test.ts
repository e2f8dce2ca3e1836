import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { type Chip, type Filter, NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

/** Seven exchanges on two connections, a millisecond apart. */
function page(): Ingest {
  const traffic = new Traffic();
  const { log } = traffic;
  log.server(SERVER);
  log.server({ ...SERVER, id: 2, name: 'Shop front' });
  const first = traffic.open(1);
  const second = traffic.open(2);
  traffic.get(first, '/', 200, 9000, 'text/html; charset=utf-8');
  traffic.wait(1000);
  traffic.get(first, '/css/App.css?v=2', 200, 5, 'text/css');
  traffic.wait(1000);
  traffic.get(first, '/css/app.css', 304, 0, '');
  traffic.wait(1000);
  traffic.run(second, {
    request: 'POST /api/a%20b HTTP/1.1\r\nHost: a\r\n\r\n',
    response: answer(500, '{}', 'application/problem+json'),
  });
  traffic.wait(1000);
  traffic.run(second, {
    request: get('/img/a.png'),
    response: answer(200, 'x', 'image/png'),
    complete: false,
  });
  traffic.wait(1000);
  traffic.run(first, { request: 'G\0T / HTTP/1.1\r\n\r\n', fault: { code: 'method-invalid', at: 1 } });
  traffic.wait(1000);
  traffic.read(second, 'GET /poll');
  log.begin(second, traffic.offsets(second).in - 9);
  return traffic.ingest();
}

function shown(ingest: Ingest, filter: Partial<Filter>): number[] {
  ingest.index.set({ ...NO_FILTER, ...filter });
  return listResult(ingest, { first: 0, count: 99, tail: false }).rows.map((row) => row.id);
}

describe('filter text', () => {
  const ingest = page();

  it.each([
    ['', [1, 2, 3, 4, 5, 6, 7]],
    ['   ', [1, 2, 3, 4, 5, 6, 7]],
    ['css', [2, 3]],
    ['APP.CSS', [2, 3]],
    ['app.css -v=2', [3]],
    ['-css', [1, 4, 5, 6, 7]],
    ['post', [4]],
    ['pos', [4]],
    ['po', []],
    ['404', []],
    ['304', [3]],
    ['5xx', [4]],
    ['-2xx', [3, 4, 6, 7]],
    ['css 304', [3]],
    ['"css/app"', [2, 3]],
    ['"css app"', []],
    ['-"css/app" /', [1, 4, 5]],
    ['"open quote', []],
    ['method:get', [1, 2, 3, 5]],
    ['path:post', []],
    ['status:200', [1, 2, 5]],
    ['status>=304 ', [3, 4]],
    ['status:3xx', [3]],
    ['type:css', [2, 3]],
    ['type:problem', [4]],
    ['-type:img', [1, 2, 3, 4, 6, 7]],
    ['conn:c2', [4, 5, 7]],
    ['conn:1', [1, 2, 3, 6]],
    ['server:shop', [4, 5, 7]],
    ['server:"shop front"', [4, 5, 7]],
    ['size>9kb', [1]],
    ['size<1', []],
    ['time<1ms', [1, 2, 3, 4, 5]],
    ['time>1s', []],
    ['is:pending', [7]],
    ['is:open', [6, 7]],
    ['is:complete', [1, 2, 3, 4]],
    ['is:aborted', [5]],
    ['is:malformed', [6]],
    ['is:error', [4, 5, 6]],
    ['-is:error', [1, 2, 3, 7]],
    ['is:cached', [3]],
    ['is:answered', [1, 2, 3, 4, 5]],
    ['is:keepalive', [2, 3, 5, 6, 7]],
    ['is:range', []],
    ['is:ws', []],
    ['is:tls', []],
    ['is:proxied', []],
    ['query:V=2', [2]],
    ['query:v', [2]],
    ['path=/css/app.css', [3]],
    ['path=*.css', [3]],
    ['path:*.css', [2, 3]],
    ['path:"*"', []],
    ['path~^/CSS', [2, 3]],
    ['path~/^\\/CSS/', []],
    ['/[A]pp/', [2]],
    ['/[A]pp/i', [2, 3, 4]],
    ['method=pos', []],
    ['method~^p', [4]],
    ['status:200..300', [1, 2, 5]],
    ['status!=200', [3, 4, 6, 7]],
    ['status<=304', [1, 2, 3, 5]],
    ['mime=text/html', [1]],
    ['mime:html', [1]],
    ['type:doc', [1]],
    ['html', [1]],
    ['png', [5]],
    ['c2', [4, 5, 7]],
    ['id:2..3', [2, 3]],
    ['port:8080', [1, 2, 3, 4, 5, 6, 7]],
    ['client:127.0.0.1', [1, 2, 3, 4, 5, 6, 7]],
    ['client=127.0.0.1:50000', [1, 2, 3, 4, 5, 6, 7]],
    ['client:10.0', []],
    ['version=1.1', [1, 2, 3, 4, 5]],
    ['fault:method', [6]],
    ['"method invalid"', [6]],
    ['ttfb<1s', [1, 2, 3, 4, 5]],
    ['sent>0', [1, 2, 3, 4, 5, 6, 7]],
    ['size>0', [1, 2, 3, 4, 5]],
    ['css or img', [2, 3, 5]],
    ['(css or img) status:200', [2, 5]],
    ['-(css or img)', [1, 4, 6, 7]],
    ['~m post | ~c 304', [3, 4]],
    ['larger-than:9k', [1]],
    ['stauts:200', [1, 2, 3, 4, 5, 6, 7]],
  ])('%j shows %j', (text, ids) => expect(shown(ingest, { text })).toEqual(ids));
});

describe('how a request came, and what was noted of it', () => {
  const traffic = new Traffic();
  const conn = traffic.open();
  const parts = ['GET /a HTTP/1.1\r\n', 'Host: a\r\n', '\r\n'];
  traffic.run(conn, { request: parts, response: answer(200, ''), marks: [['decision', 'Found a.html']] });
  // Two in one read: the second was there before the first was answered.
  const { in: start, out } = traffic.offsets(conn);
  traffic.read(conn, get('/b') + get('/c'));
  const end = start + get('/b').length;
  for (const [n, from] of [start, end].entries()) {
    const id = traffic.log.begin(conn, from);
    traffic.log.request(conn, id, from, from + get('/b').length, 'GET', n === 0 ? '/b' : '/c', '1.1');
    traffic.log.requestEnd(conn, id, from + get('/b').length);
    const at = out + n * answer(404, '').length;
    traffic.log.response(conn, id, at, at + answer(404, '').length, 404, 'text/plain');
    traffic.log.mark(conn, id, 'decision', 'There is no such file');
    traffic.write(conn, answer(404, ''));
    traffic.log.responseEnd(conn, id, traffic.offsets(conn).out, true);
  }
  const ingest = traffic.ingest();

  it.each([
    ['reads=3', [1]],
    ['reads=1', [2, 3]],
    ['reads>1', [1]],
    ['is:pipelined', [3]],
    ['why:html', [1]],
    ['why:"no such"', [2, 3]],
    ['-why:html', [2, 3]],
  ])('%j shows %j', (text, ids) => expect(shown(ingest, { text })).toEqual(ids));
});

describe('chips', () => {
  const ingest = page();
  it.each<[Chip[], number[]]>([
    [[], [1, 2, 3, 4, 5, 6, 7]],
    [
      ['css', 'img'],
      [2, 3, 5],
    ],
    [
      ['img', 'errors'],
      [4, 5, 6],
    ],
    [['doc'], [1]],
    [['css'], [2, 3]],
    [['img'], [5]],
    [['data'], [4]],
    [['other'], [6, 7]],
    [['errors'], [4, 5, 6]],
    [['font'], []],
  ])('%j show %j', (chips, ids) => expect(shown(ingest, { chips })).toEqual(ids));

  it('hold together with the text', () => {
    expect(shown(ingest, { chips: ['css', 'img'], text: '-status:304' })).toEqual([2, 5]);
  });
});

describe('server and time', () => {
  const ingest = page();

  it('shows the exchanges of one server', () => expect(shown(ingest, { server: 2 })).toEqual([4, 5, 7]));

  it('shows what overlaps a span of time, and what is still under way', () => {
    ingest.index.set(NO_FILTER);
    const rows = listResult(ingest, { first: 0, count: 99, tail: false }).rows;
    const second = rows[1]!;
    expect(shown(ingest, { from: second.endTime, to: second.endTime })).toEqual([2]);
    expect(shown(ingest, { from: second.endTime! + 0.5, to: rows[2]!.beginTime - 0.5 })).toEqual([]);
    expect(shown(ingest, { from: rows[6]!.beginTime + 1e9 })).toEqual([6, 7]);
  });

  it('takes an exchange in or out as it changes', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const { log } = traffic;
    const live = traffic.ingest();
    const feed = () => traffic.feed(live);
    live.index.set({ ...NO_FILTER, text: 'is:pending' });
    traffic.read(conn, get('/slow'));
    const exchange = log.begin(conn, 0);
    feed();
    expect(live.index.count).toBe(1);
    log.response(conn, exchange, 0, 10, 200, 'text/html');
    feed();
    expect(live.index.count).toBe(0);
    live.index.set({ ...NO_FILTER, text: 'is:complete' });
    expect(live.index.count).toBe(0);
    log.responseEnd(conn, exchange, 10, true);
    feed();
    expect(live.index.indexOf(exchange)).toBe(0);
  });
});
