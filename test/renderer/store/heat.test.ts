import { describe, expect, it } from 'vitest';
import { heatResult, MAX_PATHS } from '../../../renderer/store/heat.ts';
import { get, Traffic } from './traffic.ts';

describe('requests by path', () => {
  it('are counted whatever their query, with what was sent and how it ended', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/a.txt?x', 200, 900);
    traffic.get(conn, '/a.txt', 304, 0);
    traffic.get(conn, '/gone', 404, 3);
    traffic.get(conn, 'http://localhost:8080/a.txt', 200, 5);
    traffic.get(conn, '/%C3%A9%20b', 200, 5);
    traffic.get(conn, '/%ff', 400, 5);
    traffic.get(traffic.open(2), '/elsewhere');
    const { columns } = traffic.ingest();
    const { paths, untold } = heatResult(columns, { server: 1 });
    expect(paths.map(({ path, sent, hits }) => [path, sent, hits])).toEqual([
      ['/a.txt', '/a.txt', 3],
      ['/gone', '/gone', 1],
      ['/é b', '/%C3%A9%20b', 1],
      ['/%ff', '/%ff', 1],
    ]);
    const [first, second] = paths;
    expect(first).toMatchObject({ notModified: 1, failed: 0, lastStatus: 200 });
    expect(first!.bytes).toBeGreaterThan(900);
    expect(second).toMatchObject({ failed: 1, lastStatus: 404 });
    expect(untold).toBe(0);
  });

  it('leave out what was no request, and what has no answer yet has no status', () => {
    const traffic = new Traffic();
    traffic.run(traffic.open(), { request: 'nonsense', fault: { code: 'method-invalid', at: 0 } });
    traffic.run(traffic.open(), { request: get('/slow') });
    const { paths } = heatResult(traffic.ingest().columns, { server: 1 });
    expect(paths).toEqual([
      { path: '/slow', sent: '/slow', hits: 1, bytes: 0, notModified: 0, failed: 0, lastStatus: undefined },
    ]);
  });

  it('are those of the moment shown', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/a');
    const between = traffic.time;
    traffic.wait(1000);
    traffic.get(conn, '/a', 304, 0);
    const ingest = traffic.ingest();
    ingest.index.setTime(between);
    expect(heatResult(ingest.columns, { server: 1 }).paths).toMatchObject([{ hits: 1, notModified: 0 }]);
    ingest.index.setTime(Number.POSITIVE_INFINITY);
    expect(heatResult(ingest.columns, { server: 1 }).paths).toMatchObject([{ hits: 2, notModified: 1 }]);
  });

  it('are bounded, the least asked for left out and counted', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/often');
    traffic.get(conn, '/often');
    for (let i = 0; i < MAX_PATHS + 4; i++) traffic.get(conn, `/${i}`);
    const { paths, untold } = heatResult(traffic.ingest().columns, { server: 1 });
    expect([paths.length, paths[0]?.path, untold]).toEqual([MAX_PATHS, '/often', 5]);
  });
});
