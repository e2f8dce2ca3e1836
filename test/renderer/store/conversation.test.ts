import { describe, expect, it } from 'vitest';
import { conversationOf } from '../../../renderer/store/conversation.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

function traffic(): Traffic {
  const made = new Traffic();
  made.log.server(SERVER);
  return made;
}
const told = (made: Traffic, exchange: number) =>
  conversationOf(made.ingest().columns, exchange)?.turns.map((turn) => [
    turn.direction,
    turn.exchange,
    turn.offset,
    turn.length,
    turn.cuts,
  ]);

describe('the conversation of a connection', () => {
  it('has a turn for each end and message, however many reads and writes it took', () => {
    const made = traffic();
    const conn = made.open(1, 50_001);
    const other = made.open(1, 50_002);
    made.run(conn, {
      request: ['GET /a HTTP/1.1\r\n', 'Host: a\r\n\r\n'],
      response: answer(200, 'hello'),
    });
    made.get(other, '/elsewhere');
    made.run(conn, { request: get('/b'), response: answer(404, '') });
    const [first, second] = [answer(200, 'hello').length, answer(404, '').length];
    expect(told(made, 3)).toEqual([
      ['in', 1, 0, 28, 2],
      ['out', 1, 0, first, 1],
      ['in', 3, 28, get('/b').length, 1],
      ['out', 3, first, second, 1],
    ]);
    expect(told(made, 1)).toEqual(told(made, 3));
  });

  it('tells no later turns than the moment that is shown knows', () => {
    const made = traffic();
    const conn = made.open(1, 50_001);
    made.get(conn, '/a');
    const then = made.time - 1;
    made.get(conn, '/b');
    const { columns } = made.ingest();
    columns.past.time = then;
    expect(conversationOf(columns, 1)?.turns.map(({ exchange }) => exchange)).toEqual([1, 1]);
  });

  it('of thousands of exchanges has those around the one that was asked for, and counts the others', () => {
    const made = traffic();
    const conn = made.open(1, 50_001);
    for (let i = 0; i < 3000; i++) made.get(conn, `/${i}`);
    const { columns } = made.ingest();
    for (const exchange of [1, 1500, 3000]) {
      const { turns, before, after } = conversationOf(columns, exchange)!;
      expect(before + turns.length + after).toBe(6000);
      expect(turns.length).toBeLessThanOrEqual(3000);
      const at = turns.findIndex((turn) => turn.exchange === exchange);
      expect(at).toBeGreaterThanOrEqual(Math.min(before + at, 1000));
      expect(turns.length - at).toBe(Math.min(1000, 6000 - before - at));
    }
  });

  it('is undefined when the exchange is not held', () => {
    expect(conversationOf(traffic().ingest().columns, 9)).toBeUndefined();
  });
});
