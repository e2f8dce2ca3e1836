import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import type { TimelineParams } from '../../../renderer/store/queries/timeline.ts';
import { timelineResult } from '../../../renderer/store/timeline.ts';
import { answer, get, Traffic } from './traffic.ts';

const WHOLE: TimelineParams = {
  from: 0,
  to: 1e6,
  firstLane: 0,
  laneCount: 100,
  width: 1e6,
  server: undefined,
};

function view(ingest: Ingest, params: Partial<TimelineParams> = {}) {
  const { lanes, bars, ticks, waits, totalLanes } = timelineResult(ingest.columns, { ...WHOLE, ...params });
  const rows = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
  return {
    totalLanes,
    lanes: lanes.map((lane) => lane.conn),
    bars: rows(bars.count, (i) => [bars.lane[i], bars.exchange[i], bars.label[i]]),
    ticks: rows(ticks.count, (i) => [ticks.lane[i], ticks.out[i], ticks.bytes[i]]),
    waits: rows(waits.count, (i) => [waits.lane[i], waits.from[i], waits.to[i]]),
    raw: { bars, ticks, waits, lanes },
  };
}

describe('lanes', () => {
  const traffic = new Traffic();
  const early = traffic.open(1);
  traffic.get(early, '/early');
  traffic.close(early);
  traffic.time = 1000;
  const long = traffic.open(2);
  traffic.time = 2000;
  const late = traffic.open(1);
  const ingest = traffic.ingest();

  it.each([
    ['all of time', {}, [early, long, late]],
    ['after the first closed', { from: 500 }, [long, late]],
    ['before the last was accepted', { to: 1500 }, [early, long]],
    ['a moment in between', { from: 100, to: 900 }, []],
    ['of one server', { server: 2 }, [long]],
  ])('%s', (_name, params, lanes) => expect(view(ingest, params).lanes).toEqual(lanes));

  it('tell of the TLS handshake, and why one failed', () => {
    const traffic = new Traffic();
    const facts = {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      alpn: 'http/1.1',
      serverName: 'localhost',
    };
    const secure = traffic.open();
    traffic.time = 500;
    traffic.log.tls(secure, { ...facts, resumed: true, handshakeMicros: 400 });
    const failed = traffic.open();
    traffic.log.closed(failed, 'tls-error', 0, 0, 'The client gave up');
    const [first, second] = view(traffic.ingest()).raw.lanes;
    expect(first?.tls).toEqual({ ...facts, resumed: true, securedTime: 500, handshakeMicros: 400 });
    expect(first?.closeDetail).toBe('');
    expect(second).toMatchObject({
      tls: undefined,
      closeReason: 'tls-error',
      closeDetail: 'The client gave up',
    });
  });

  it('come as a window, and are counted in full', () => {
    const { lanes, totalLanes } = view(ingest, { firstLane: 1, laneCount: 1 });
    expect(lanes).toEqual([long]);
    expect(totalLanes).toBe(3);
  });
});

describe('bars', () => {
  it('carry the times of an exchange, NaN where they are not known', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.read(conn, get('/a'));
    const exchange = traffic.log.begin(conn, 0);
    traffic.log.request(conn, exchange, 0, 20, 'GET', '/a', '1.1');
    const { bars } = view(traffic.ingest()).raw;
    expect([bars.begin[0], bars.head[0], bars.response[0], bars.end[0]]).toEqual([
      2,
      3,
      Number.NaN,
      Number.NaN,
    ]);
    expect([bars.status[0], bars.aborted[0], bars.label]).toEqual([0, 0, ['/a']]);
  });

  it('of a request that could not be read are named by the fault', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.run(conn, { request: '\x16\x03\x01', fault: { code: 'method-invalid', at: 0 } });
    traffic.close(conn);
    const { bars, raw } = view(traffic.ingest());
    expect(bars).toEqual([[0, 1, 'method-invalid']]);
    expect(raw.bars.aborted[0]).toBe(1);
  });

  it('are found in any window, also far into a connection', () => {
    const traffic = new Traffic();
    const conns = [traffic.open(), traffic.open()];
    for (let i = 0; i < 200; i++) {
      traffic.time = i * 100 + 10;
      traffic.get(conns[i % 2]!, `/${i}`);
    }
    const ingest = traffic.ingest();
    for (const [from, to] of [
      [0, 50],
      [4990, 5230],
      [15_000, 15_100],
      [19_900, 99_999],
    ] as const) {
      const expected = ingest.columns.exchanges;
      const overlapping: number[] = [];
      expected.eachFrom(1, (page, row, id) => {
        if (page.begin[row]! <= to && page.end[row]! >= from) overlapping.push(id);
        return true;
      });
      const found = view(ingest, { from, to, width: 1e6 }).bars.map(([, exchange]) => exchange);
      expect(found.toSorted((a, b) => Number(a) - Number(b))).toEqual(overlapping);
    }
  });

  it('within one pixel are one, and trouble wins', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (const status of [200, 200, 500, 200]) traffic.get(conn, `/${status}`, status);
    traffic.time = 500_000;
    traffic.get(conn, '/later');
    expect(view(traffic.ingest(), { width: 100 }).bars).toEqual([
      [0, 3, '/500'],
      [0, 5, '/later'],
    ]);
  });
});

describe('ticks', () => {
  const traffic = new Traffic();
  const first = traffic.open();
  const second = traffic.open();
  traffic.read(first, 'a'.repeat(10));
  traffic.write(first, 'b'.repeat(100));
  traffic.read(first, 'a'.repeat(1));
  traffic.write(second, 'b'.repeat(1000));
  traffic.time = 700_000;
  traffic.read(first, 'a'.repeat(7));
  const ingest = traffic.ingest();

  it('are one a read or write when there is room', () => {
    expect(view(ingest).ticks).toEqual([
      [0, 0, 10],
      [0, 1, 100],
      [0, 0, 1],
      [0, 0, 7],
      [1, 1, 1000],
    ]);
  });

  it('on one pixel are merged by lane and direction, their bytes added', () => {
    expect(view(ingest, { width: 100 }).ticks).toEqual([
      [0, 0, 11],
      [0, 1, 100],
      [0, 0, 7],
      [1, 1, 1000],
    ]);
  });

  it('outside of the window are left out', () => {
    expect(view(ingest, { from: 600_000 }).ticks).toEqual([[0, 0, 7]]);
  });
});

describe('drain waits', () => {
  const marks = [
    ['drain-wait', ''],
    ['drained', ''],
    ['decision', 'x'],
    ['drain-wait', ''],
    ['drained', ''],
  ] as const;

  it('come in pairs of marks', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.run(conn, { request: get('/'), response: answer(200, 'x'), marks });
    const begin = 5;
    expect(view(traffic.ingest()).waits).toEqual([
      [0, begin, begin + 1],
      [0, begin + 3, begin + 4],
    ]);
    expect(view(traffic.ingest(), { width: 1 }).waits).toEqual([[0, begin, begin + 4]]);
  });

  it('that have not ended reach to the end of the window', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.run(conn, { request: get('/'), marks: [['drain-wait', '']] });
    expect(view(traffic.ingest(), { to: 900 }).waits).toEqual([[0, 5, 900]]);
  });
});

describe('what the server noted', () => {
  const traffic = new Traffic();
  const conn = traffic.open();
  traffic.run(conn, {
    request: get('/a'),
    response: answer(200, 'x'),
    marks: [
      ['decision', 'first'],
      ['decision', 'second'],
    ],
  });
  const { columns } = traffic.ingest();
  const pointsOf = (params: Partial<TimelineParams>) => {
    const { points } = timelineResult(columns, { ...WHOLE, to: 100, ...params });
    return points.detail.map((detail, i) => [points.lane[i], points.mark[i], detail]);
  };

  it('is told of bars that have room for it, one a pixel', () => {
    expect(pointsOf({ width: 10_000 })).toEqual([
      [0, 'decision', 'first'],
      [0, 'decision', 'second'],
    ]);
    expect(pointsOf({ to: 1000, width: 10_000 })).toHaveLength(2);
    expect(pointsOf({ to: 1e6, width: 10_000 })).toEqual([]);
  });
});
