import { describe, expect, it } from 'vitest';
import { Ingest } from '../../../renderer/store/ingest.ts';
import { idsOf, listResult, listStamp } from '../../../renderer/store/list.ts';
import { rowsText } from '../../../renderer/store/rows-text.ts';
import { answer, get, Traffic } from './traffic.ts';

const idsIn = (ingest: Ingest) =>
  listResult(ingest, { first: 0, count: 99, tail: false }).rows.map(({ id }) => id);

describe('the list', () => {
  it('puts what has no value last, in whichever direction', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/b', 404);
    traffic.run(conn, { request: 'GET /a HTTP/1.1\r\n\r\n' });
    traffic.get(conn, '/a', 200);
    const ingest = traffic.ingest();
    ingest.order.set({ column: 'status', descending: false });
    expect(idsIn(ingest)).toEqual([3, 1, 2]);
    ingest.order.set({ column: 'status', descending: true });
    expect(idsIn(ingest)).toEqual([1, 3, 2]);
    ingest.order.set({ column: 'id', descending: true });
    expect(idsIn(ingest)).toEqual([3, 2, 1]);
    expect([...idsOf(ingest, 1, 99)]).toEqual([2, 1]);
    expect([...idsOf(ingest, -5, 1)]).toEqual([3]);
  });

  it('differs by each write of a response, though later requests have begun', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    const first = traffic.run(conn, { request: get('/a') });
    traffic.run(conn, { request: get('/b') });
    traffic.log.response(conn, first, 0, 40, 200, 'text/plain');
    traffic.write(conn, answer(200, 'x'.repeat(900)));
    const ingest = new Ingest();
    traffic.feed(ingest);
    const params = { first: 0, count: 1, tail: false };
    const [stamp, size] = [listStamp(ingest, params), listResult(ingest, params).rows[0]?.responseBytes];
    traffic.write(conn, 'x'.repeat(500));
    traffic.feed(ingest);
    expect(listStamp(ingest, params)).not.toBe(stamp);
    expect(listResult(ingest, params).rows[0]?.responseBytes).toBe(size! + 500);
  });

  it('holds all rows of a log whose records repeat payloads, in batches of any size', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (let i = 0; i < 40; i++) traffic.get(conn, '/same', 200, 3000);
    for (const batchBytes of [400, 1000, 65_536]) {
      expect(idsIn(traffic.ingest(batchBytes))).toHaveLength(40);
    }
    const ingest = new Ingest();
    traffic.feed(ingest);
    expect(ingest.trim.read).toBe(traffic.log.end);
  });
});

describe('rows as text', () => {
  it('are one line each, and harmless to a spreadsheet', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/a\tb', 200, 5, 'text/plain');
    traffic.get(conn, '=1+1', 404);
    const [head, first, second, rest] = rowsText(traffic.ingest().columns, [1, 2, 99]).split('\n');
    expect(head?.split('\t').slice(0, 4)).toEqual(['number', 'method', 'target', 'status']);
    expect(first?.split('\t').slice(0, 5)).toEqual(['1', 'GET', '/a b', '200', 'text/plain']);
    expect(second?.split('\t').slice(0, 4)).toEqual(['2', 'GET', "'=1+1", '404']);
    expect(rest).toBe('');
  });
});
