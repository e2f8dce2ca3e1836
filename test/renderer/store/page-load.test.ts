import { describe, expect, it } from 'vitest';
import { pageLadder } from '../../../renderer/learn/page-ladder.ts';
import { pageLoad } from '../../../renderer/store/page-load.ts';
import { SERVER, Traffic } from './traffic.ts';

/** A page over two connections, then, three seconds later, something else. */
function loaded() {
  const traffic = new Traffic();
  traffic.log.server(SERVER);
  const [first, second] = [traffic.open(1, 50_001), traffic.open(1, 50_002)];
  traffic.get(first, '/', 200, 5, 'text/html');
  traffic.get(first, '/a.css');
  traffic.get(second, '/b.png');
  traffic.close(second);
  traffic.wait(3_000_000);
  traffic.get(first, '/later');
  return traffic;
}
const targets = (traffic: Traffic, exchange: number) =>
  pageLoad(traffic.ingest().columns, exchange)!.connections.map(({ exchanges }) =>
    exchanges.map(({ target }) => target),
  );

describe('the load of a page', () => {
  it('is what the client asked for until it paused', () => {
    expect(targets(loaded(), 1)).toEqual([['/', '/a.css'], ['/b.png']]);
  });

  it('ends where the next page begins', () => {
    const traffic = loaded();
    const conn = traffic.open(1, 50_003);
    const page = (target: string) => traffic.get(conn, target, 200, 5, 'text/html');
    page('/one');
    traffic.get(conn, '/one.css');
    page('/two');
    expect(targets(traffic, 5)).toEqual([['/one', '/one.css']]);
    expect(targets(traffic, 7)).toEqual([['/two']]);
  });

  it('is undefined when the page is not held', () => {
    expect(pageLoad(loaded().ingest().columns, 99)).toBeUndefined();
  });

  it('is drawn with a line for each connection, later things lower', () => {
    const load = pageLoad(loaded().ingest().columns, 1)!;
    const { rungs } = pageLadder(load, { bytes: (length) => `${length} B` });
    expect(
      rungs.filter(({ kind }) => kind === 'request').map(({ column, words }) => [column, words]),
    ).toEqual([
      [0, 'GET /'],
      [0, 'GET /a.css'],
      [1, 'GET /b.png'],
    ]);
    expect(rungs.map(({ words }) => words)).toContain('accepted c2');
    for (const [n, rung] of rungs.slice(1).entries()) {
      expect(rung.time).toBeGreaterThanOrEqual(rungs[n]!.time);
      expect(rung.y - rungs[n]!.y).toBeGreaterThanOrEqual(20);
    }
  });
});
