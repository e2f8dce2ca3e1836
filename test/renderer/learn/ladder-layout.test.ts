import { describe, expect, it } from 'vitest';
import { type LadderWords, ladderLayout } from '../../../renderer/learn/ladder-layout.ts';
import { ladderResult } from '../../../renderer/store/ladder.ts';
import type { SentConnection } from '../../../server-core/capture/send-call.ts';
import { answer, get, SERVER, Traffic } from '../store/traffic.ts';

const WORDS: LadderWords = { bytes: (length) => `${length} B`, closed: () => 'closed' };

function served() {
  const traffic = new Traffic();
  traffic.log.server(SERVER);
  const conn = traffic.open(1, 50_001);
  traffic.wait(100);
  const request = get('/a');
  traffic.run(conn, { request: [request.slice(0, 10), request.slice(10)], response: answer(200, 'hello') });
  traffic.wait(50_000);
  traffic.close(conn);
  return { result: ladderResult(traffic.ingest().columns, { exchange: 1 })!, request };
}

/** The client's side of it: one write for both reads, one read for the write. */
function client(bytesIn: number, bytesOut: number): SentConnection {
  return {
    localPort: 50_001,
    answer: '',
    answerBytes: bytesOut,
    events: [
      { time: 3, kind: 'open', length: 0 },
      { time: 50, kind: 'write', length: bytesIn },
      { time: 20_000, kind: 'read', length: bytesOut },
      { time: 40_000, kind: 'finish', length: 0 },
    ],
  };
}

describe('a ladder', () => {
  const { result, request } = served();
  const out = answer(200, 'hello').length;

  it('what is later stands lower, and nothing stands on another', () => {
    const { points } = ladderLayout(result, client(request.length, out), WORDS);
    for (const [n, point] of points.slice(1).entries()) {
      expect(point.time).toBeGreaterThanOrEqual(points[n]!.time);
      expect(point.y - points[n]!.y).toBeGreaterThanOrEqual(20);
    }
  });

  it('tells the things of both ends', () => {
    const { points } = ladderLayout(result, client(request.length, out), WORDS);
    const words = (end: string) => points.filter((point) => point.end === end).map((point) => point.words);
    expect(words('client')).toEqual(['connected', `wrote ${request.length} B`, `read ${out} B`, 'FIN']);
    expect(words('server')).toEqual([
      'accepted',
      'read 10 B',
      `read ${request.length - 10} B`,
      'GET /a',
      'answer 200',
      `wrote ${out} B`,
      'closed',
    ]);
  });

  it('an arrow for each run of bytes that left in one write and came in one read', () => {
    const layout = ladderLayout(result, client(request.length, out), WORDS);
    expect(layout.arrows.map(({ direction, words }) => [direction, words])).toEqual([
      ['in', '10'],
      ['in', String(request.length - 10)],
      ['out', String(out)],
    ]);
    for (const { fromY, toY } of layout.arrows) expect(toY!).toBeGreaterThan(fromY!);
  });

  it('what left and did not come has no end', () => {
    const layout = ladderLayout(result, client(request.length + 7, 0), WORDS);
    expect(layout.arrows.filter(({ direction }) => direction === 'out')).toMatchObject([{ toY: undefined }]);
  });

  it('without a client of ours only the server’s end of an arrow is known', () => {
    const { arrows, points } = ladderLayout(result, undefined, WORDS);
    expect(points.every(({ end }) => end === 'server')).toBe(true);
    expect(arrows.map(({ fromY, toY }) => [fromY === undefined, toY === undefined])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it('long gaps are told in words', () => {
    const { gaps } = ladderLayout(result, undefined, WORDS);
    expect(gaps.map(({ micros }) => Math.round(micros / 1000))).toEqual([50]);
  });
});
