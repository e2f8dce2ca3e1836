/** Which process had a connection, and which thread worked on an exchange. */
import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { buildConnection, buildRow } from '../../../renderer/store/rows.ts';
import { SERVER, Traffic } from './traffic.ts';

/** Two exchanges by a process, one by a thread, and one by the server itself. */
function page(): Ingest {
  const traffic = new Traffic();
  const { log } = traffic;
  log.server(SERVER);
  const handed = traffic.open();
  log.worker(handed, 0, 'process 4711');
  traffic.get(handed, '/1');
  traffic.get(handed, '/2');
  const kept = traffic.open();
  log.worker(kept, traffic.get(kept, '/3'), 'thread 2');
  traffic.get(kept, '/4');
  traffic.close(handed);
  return traffic.ingest();
}

const workerOf = (ingest: Ingest, id: number) => buildRow(ingest.columns, id)?.worker;

describe('a worker', () => {
  it('of a connection has all its exchanges, of an exchange that one', () => {
    const ingest = page();
    expect([1, 2, 3, 4].map((id) => workerOf(ingest, id))).toEqual([
      'process 4711',
      'process 4711',
      'thread 2',
      '',
    ]);
    expect([1, 2].map((conn) => buildConnection(ingest.columns, conn)?.worker)).toEqual(['process 4711', '']);
  });

  it.each([
    ['worker:process', [1, 2]],
    ['worker="thread 2"', [3]],
  ])('is found by %s', (text, ids) => {
    const ingest = page();
    ingest.index.set({ ...NO_FILTER, text });
    const { rows } = listResult(ingest, { first: 0, count: 9, tail: false });
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('is forgotten with what it had', () => {
    const ingest = page();
    const { strings } = ingest.columns;
    const before = strings.size;
    ingest.clear();
    const again = new Set(['process 4711', 'thread 2'].map((name) => strings.intern(name)));
    // Both numbers had been given back, so that the table is no larger with them.
    expect(strings.size).toBeLessThan(before);
    expect(again.size).toBe(2);
  });

  it('can be told again, as a snapshot does', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.log.worker(conn, 0, 'process 1');
    traffic.log.worker(conn, 0, 'process 1');
    traffic.get(conn, '/');
    expect(workerOf(traffic.ingest(), 1)).toBe('process 1');
  });
});
