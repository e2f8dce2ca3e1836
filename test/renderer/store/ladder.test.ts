import { describe, expect, it } from 'vitest';
import { ladderResult, rowsFrom } from '../../../renderer/store/ladder.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

function twoOnOne() {
  const traffic = new Traffic();
  traffic.log.server(SERVER);
  const conn = traffic.open(1, 50_001);
  const other = traffic.open(1, 50_002);
  traffic.run(conn, {
    request: ['GET /a HTTP/1.1\r\n', 'Host: a\r\n\r\n'],
    response: answer(200, 'hello'),
    marks: [['decision', 'It is there']],
  });
  traffic.get(other, '/elsewhere');
  traffic.run(conn, { request: get('/b'), response: answer(404, '') });
  traffic.close(conn);
  return { traffic, conn, other, columns: traffic.ingest().columns };
}

describe('a connection with all that happened on it', () => {
  it('has its reads and writes in order, its exchanges and their marks', () => {
    const { columns, conn } = twoOnOne();
    const found = ladderResult(columns, { exchange: 1 })!;
    expect(found.connection).toMatchObject({ conn, remotePort: 50_001, closeReason: 'client-fin' });
    const lengths = found.transfers.map(({ direction, offset, length }) => [direction, offset, length]);
    const [first, second] = [answer(200, 'hello').length, answer(404, '').length];
    expect(lengths).toEqual([
      ['in', 0, 17],
      ['in', 17, 11],
      ['out', 0, first],
      ['in', 28, get('/b').length],
      ['out', first, second],
    ]);
    expect(found.exchanges.map(({ target }) => target)).toEqual(['/a', '/b']);
    expect(found.marks).toMatchObject([{ exchange: 1, mark: 'decision', detail: 'It is there' }]);
  });

  it('is found by the port it came from, from a time on', () => {
    const { columns, other, traffic } = twoOnOne();
    expect(ladderResult(columns, { port: 50_002, since: 0 })?.connection.conn).toBe(other);
    expect(ladderResult(columns, { port: 50_002, since: traffic.time })).toBeUndefined();
    expect(ladderResult(columns, { port: 50_003, since: 0 })).toBeUndefined();
  });

  it('is undefined when the exchange is not held', () => {
    expect(ladderResult(twoOnOne().columns, { exchange: 99 })).toBeUndefined();
  });
});

it('rows come from a number on, at most as many as asked for', () => {
  const { columns } = twoOnOne();
  expect(rowsFrom(columns, 0, 10).map(({ target }) => target)).toEqual(['/a', '/elsewhere', '/b']);
  expect(rowsFrom(columns, 2, 1).map(({ target }) => target)).toEqual(['/elsewhere']);
  expect(rowsFrom(columns, 4, 10)).toEqual([]);
});
