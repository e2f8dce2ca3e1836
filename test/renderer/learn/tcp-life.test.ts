import { describe, expect, it } from 'vitest';
import { tcpLife } from '../../../renderer/learn/tcp-life.ts';
import { ladderResult } from '../../../renderer/store/ladder.ts';
import { CLOSE_REASONS, type CloseReason } from '../../../server-core/capture/events.ts';
import type { SentConnection } from '../../../server-core/capture/send-call.ts';
import { SERVER, Traffic } from '../store/traffic.ts';

function connection(reason?: CloseReason) {
  const traffic = new Traffic();
  traffic.log.server(SERVER);
  const conn = traffic.open();
  traffic.get(conn, '/a');
  if (reason) traffic.close(conn, reason);
  return ladderResult(traffic.ingest().columns, { exchange: 1 })!.connection;
}
const states = (reason?: CloseReason) => tcpLife(connection(reason), undefined).map(({ state }) => state);
const OPEN = ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED'];

describe('the life of a connection', () => {
  it('goes on while nobody closes it', () => expect(states()).toEqual(OPEN));

  it('ends by who closes first', () => {
    expect(states('client-fin')).toEqual([...OPEN, 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
    expect(states('server-fin')).toEqual([...OPEN, 'FIN-WAIT', 'TIME-WAIT', 'CLOSED']);
    expect(states('idle-timeout')).toEqual([...OPEN, 'FIN-WAIT', 'TIME-WAIT', 'CLOSED']);
    expect(states('client-reset')).toEqual([...OPEN, 'CLOSED']);
  });

  it.each(CLOSE_REASONS)('ends with %s', (reason) => {
    const life = tcpLife(connection(reason), undefined);
    expect(life.at(-1)).toMatchObject({
      state: 'CLOSED',
      from: connection(reason).closedTime,
      unseen: false,
    });
  });

  it('tells no time of what only the kernel sees, nor of what nobody was told', () => {
    for (const stage of tcpLife(connection('client-fin'), undefined)) {
      if (stage.unseen || stage.state === 'CLOSE-WAIT') expect(stage.from).toBeUndefined();
    }
  });

  it('tells of a FIN where the client was ours', () => {
    const sent: SentConnection = {
      ...{ localPort: 50_000, answer: '', answerBytes: 0 },
      events: [{ time: 77, kind: 'finish', length: 0 }],
    };
    const wait = tcpLife(connection('client-fin'), sent).find(({ state }) => state === 'CLOSE-WAIT');
    expect(wait?.from).toBe(77);
  });
});
