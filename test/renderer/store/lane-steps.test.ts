import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import { laneStep } from '../../../renderer/store/lane-steps.ts';
import type { LaneFact } from '../../../renderer/store/queries/lane.ts';
import { answer, get, Traffic } from './traffic.ts';

/** All that is found by stepping on from before the beginning, or back from after the end. */
function steps(
  { columns }: Ingest,
  conn: number,
  by: 1 | -1,
): { time: number; facts: readonly LaneFact[] }[] {
  const found = [];
  for (
    let step = laneStep(columns, conn, by === 1 ? -1 : 1e9, by);
    step !== undefined;
    step = laneStep(columns, conn, step.time, by)
  ) {
    found.push(step);
  }
  return found;
}

const kinds = (found: ReturnType<typeof steps>) =>
  found.flatMap(({ facts }) => facts).map((fact) => (fact.kind === 'mark' ? fact.mark : fact.kind));

describe('the steps of a lane', () => {
  const traffic = new Traffic();
  const conn = traffic.open();
  const other = traffic.open();
  traffic.log.tls(conn, {
    version: 'TLSv1.3',
    cipher: '',
    alpn: '',
    serverName: '',
    resumed: false,
    handshakeMicros: 1,
  });
  traffic.run(conn, {
    request: ['GET /a HTTP/1.1\r\n', 'Host: a\r\n\r\n'],
    marks: [
      ['decision', 'It is there'],
      ['drain-wait', ''],
      ['drained', ''],
    ],
    response: answer(200, 'xxxxx'),
  });
  traffic.get(other, '/other');
  traffic.get(conn, '/b', 404);
  traffic.close(conn, 'idle-timeout');
  const ingest = traffic.ingest();

  it('are all that happened on it, in order', () => {
    expect(kinds(steps(ingest, conn, 1))).toEqual([
      ...['accepted', 'secured', 'read', 'read', 'head', 'decision', 'drain-wait', 'drained'],
      ...['response', 'write', 'ended', 'read', 'head', 'response', 'write', 'ended', 'closed'],
    ]);
  });

  it('are the same backwards', () => {
    const back = steps(ingest, conn, -1);
    expect(back.toReversed()).toEqual(steps(ingest, conn, 1));
  });

  it('say what it was', () => {
    const facts = steps(ingest, conn, 1).flatMap((step) => step.facts);
    expect(facts.filter(({ kind }) => kind === 'read')[0]).toEqual({ kind: 'read', bytes: 17 });
    expect(facts).toContainEqual({ kind: 'head', exchange: 1, method: 'GET', target: '/a' });
    expect(facts).toContainEqual({ kind: 'response', exchange: 3, status: 404 });
    expect(facts).toContainEqual({ kind: 'mark', exchange: 1, mark: 'decision', detail: 'It is there' });
    expect(facts.at(-1)).toEqual({ kind: 'closed', reason: 'idle-timeout', detail: '' });
  });

  it('end at the moment of the past that is shown', () => {
    const past = traffic.ingest();
    past.columns.past.time = steps(ingest, conn, 1)[4]!.time;
    expect(kinds(steps(past, conn, 1))).toEqual(['accepted', 'secured', 'read', 'read', 'head']);
    expect(kinds(steps(past, conn, -1))).toEqual(['head', 'read', 'read', 'secured', 'accepted']);
  });

  it('of a connection that is not held are none', () => {
    expect(laneStep(ingest.columns, 99, 0, 1)).toBeUndefined();
  });

  it('tell of a request that was cut off', () => {
    const cut = new Traffic();
    const lane = cut.open();
    cut.run(lane, { request: get('/a'), response: answer(200, 'x'), complete: false });
    const facts = steps(cut.ingest(), lane, 1).flatMap((step) => step.facts);
    expect(facts.at(-1)).toEqual({ kind: 'ended', exchange: 1, complete: false });
  });
});
