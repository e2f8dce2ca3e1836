import { describe, expect, it } from 'vitest';
import { Detail } from '../../../renderer/store/detail.ts';
import { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { ledgerOf } from '../../../renderer/store/state.ts';
import { Traffic } from './traffic.ts';

function three(): { traffic: Traffic; ingest: Ingest } {
  const traffic = new Traffic();
  for (const path of ['/a', '/b', '/c']) {
    const conn = traffic.open();
    traffic.get(conn, path);
    traffic.close(conn);
  }
  return { traffic, ingest: traffic.ingest() };
}

function shown(ingest: Ingest, text = ''): number[] {
  ingest.index.set({ ...NO_FILTER, text });
  return listResult(ingest, { first: 0, count: 99, tail: false }).rows.map(({ id }) => id);
}

describe('what a person notes', () => {
  it('is asked for in the filter', () => {
    const { ingest } = three();
    ingest.annotate([1, 3], { pinned: true });
    ingest.annotate([2], { mark: 'flag' });
    ingest.annotate([2, 3], { note: 'too Slow' });
    expect(shown(ingest, 'is:pinned')).toEqual([1, 3]);
    expect(shown(ingest, 'is:marked')).toEqual([2]);
    expect(shown(ingest, 'is:noted')).toEqual([2, 3]);
    expect(shown(ingest, 'note:slow is:pinned')).toEqual([3]);
    expect(shown(ingest, '-note:slow')).toEqual([1]);
  });

  it('enters and leaves a list that is filtered by it at once', () => {
    const { ingest } = three();
    expect(shown(ingest, 'is:pinned')).toEqual([]);
    ingest.annotate([2], { pinned: true });
    expect([...ingest.index.ids()]).toEqual([2]);
    ingest.annotate([2], { pinned: false });
    expect([...ingest.index.ids()]).toEqual([]);
  });

  it('changes one thing and leaves the others', () => {
    const { ingest } = three();
    const of = () => listResult(ingest, { first: 0, count: 1, tail: false }).rows[0]?.annotation;
    ingest.annotate([1], { note: 'x' });
    ingest.annotate([1], { mark: 'moon' });
    expect(of()).toEqual({ pinned: false, mark: 'moon', note: 'x' });
    ingest.annotate([1], { mark: undefined, note: '' });
    expect(of()).toBeUndefined();
  });

  it('may be known before the exchange is', () => {
    const { traffic } = three();
    const ingest = new Ingest();
    ingest.annotate([2], { pinned: true });
    traffic.feed(ingest);
    expect(shown(ingest, 'is:pinned')).toEqual([2]);
  });
});

describe('a pinned exchange', () => {
  it('stays when the list is cleared, whole, and the ledger adds up', async () => {
    const { traffic, ingest } = three();
    ingest.annotate([2], { pinned: true });
    ingest.clear();
    expect(shown(ingest)).toEqual([2]);
    expect(ledgerOf(ingest)).toMatchObject({ captured: 3, shown: 1, trimmed: 2 });
    const detail = await new Detail(ingest.columns, 2, traffic.pull).result();
    expect(detail?.request.startLine).toEqual(['GET', '/b', 'HTTP/1.1']);
    expect(detail?.response?.bytes?.length).toBeGreaterThan(0);
    expect(ingest.columns.connections.held).toBe(1);
  });

  it('stays when it is deleted among others, and the connections of those that went are gone too', () => {
    const { traffic, ingest } = three();
    ingest.annotate([2], { pinned: true });
    const open = traffic.open();
    traffic.get(open, '/d');
    traffic.read(open, 'GET /e');
    traffic.log.begin(open, 0);
    traffic.feed(ingest);
    expect(ingest.forget([1, 2, 5, 4, 99])).toBe(2);
    expect(shown(ingest)).toEqual([2, 3, 5]);
    expect(ledgerOf(ingest)).toMatchObject({ captured: 5, shown: 3, filtered: 0, trimmed: 2 });
    // The one that is open goes on.
    expect(ingest.columns.connections.held).toBe(3);
    expect(ingest.forget([1])).toBe(0);
  });

  it('goes like any other once it is let go', () => {
    const { ingest } = three();
    ingest.annotate([2], { pinned: true });
    ingest.clear();
    ingest.annotate([2], { pinned: false });
    ingest.clear();
    expect(shown(ingest)).toEqual([]);
    expect(ingest.columns.connections.held).toBe(0);
  });

  it('goes when the log forgets it: its bytes are no more', () => {
    const traffic = new Traffic({ segmentBytes: 65_536, memoryBudgetBytes: 2 * 65_536 });
    const ingest = new Ingest();
    const conn = traffic.open();
    traffic.get(conn, '/first');
    traffic.feed(ingest);
    ingest.annotate([1], { pinned: true });
    ingest.clear();
    for (let i = 0; i < 40; i++) traffic.get(conn, `/${i}`, 200, 20_000 + i);
    traffic.feed(ingest);
    expect(traffic.log.trimmed.exchanges).toBeGreaterThan(0);
    expect(shown(ingest, 'is:pinned')).toEqual([]);
  });
});

describe('the WS chip', () => {
  it('shows what became a WebSocket, and no chip of content does', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/a.html', 200, 5, 'text/html');
    traffic.run(conn, { request: 'GET /live HTTP/1.1\r\n\r\n', response: 'HTTP/1.1 101 S\r\n\r\n' });
    const ingest = traffic.ingest();
    const only = (...chips: ('ws' | 'other' | 'doc')[]) => {
      ingest.index.set({ ...NO_FILTER, chips });
      return [...ingest.index.ids()];
    };
    expect(only('ws')).toEqual([2]);
    expect(only('other')).toEqual([]);
    expect(only('doc', 'ws')).toEqual([1, 2]);
  });
});
