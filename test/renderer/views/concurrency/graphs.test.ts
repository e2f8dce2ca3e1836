import { describe, expect, it } from 'vitest';
import { drawnTracks, highestIn } from '../../../../renderer/views/concurrency/drawn-tracks.ts';
import { type DetailedResult, TRACKS } from '../../../../renderer/views/concurrency/graph-tracks.ts';
import { onWholeBins } from '../../../../renderer/views/concurrency/graph-window.ts';

const column = (...values: number[]) => Float64Array.from(values);
const result: DetailedResult = {
  params: { from: 0, to: 1_000_000, bins: 2 },
  open: column(1, 2),
  inFlight: column(0, 1),
  requests: column(3, 0),
  bytesIn: column(100, 0),
  bytesOut: column(2000, 500),
  details: {
    p50: column(900, Number.NaN),
    p95: column(900, Number.NaN),
    p99: column(900, Number.NaN),
    latency: { count: 1, p50: 900, p95: 900, p99: 900 },
    reused: column(2, 0),
    loopLag: column(10, 20),
    workerLag: column(0, 0),
    waitingBytes: column(0, 0),
    waitingConnections: column(0, 0),
    acceptQueue: column(0, 0),
    knowsAcceptQueue: false,
    cpu: column(0.5, 2),
    memory: column(1e8, 1e8),
    workers: [],
    moreWorkers: 0,
    switches: [],
  },
};

describe('the window of the graphs', () => {
  it('stands on whole bins, so that a bin keeps its value while time goes on', () => {
    const bin = 10e6 / 500;
    const endingAt = (to: number) => onWholeBins({ from: to - 10e6, to }, 500);
    for (const last of [42_000_001, 42_012_345, 42_019_999]) {
      expect(endingAt(last)).toEqual({ from: 42_020_000 - 10e6, to: 42_020_000 });
    }
    expect(endingAt(42_020_001).to).toBe(42_020_000 + bin);
  });
});

describe('what is drawn', () => {
  it('begins with what is held, ends now, and says what this system does not tell', () => {
    const tracks = drawnTracks(result, 0, 400_000);
    const open = tracks.find(({ track }) => track.id === 'open')!;
    expect([...open.series[0]!.values]).toEqual([1, Number.NaN]);
    const [begun] = drawnTracks(result, 600_000, 1_000_000);
    expect([...begun!.series[0]!.values]).toEqual([Number.NaN, 2]);
    const waiting = tracks.find(({ track }) => track.id === 'queue')!;
    expect(waiting.series.map(({ name, isKnown }) => [name, isKnown])).toEqual([
      ['accepted', true],
      ['queue', false],
    ]);
  });

  it('has scales that hold their highest value, and never less than the track asks for', () => {
    for (const { top, series, track } of drawnTracks(result, 0, 1_000_000)) {
      expect(top).toBeGreaterThanOrEqual(track.least);
      for (const { values } of series) expect(highestIn(values)?.value ?? 0).toBeLessThanOrEqual(top);
    }
  });

  it('is highest where it is highest', () => {
    const values = Float64Array.from([1, Number.NaN, 7, 3]);
    expect(highestIn(values)).toEqual({ value: 7, bin: 2 });
    expect(highestIn(values, 0, 1)).toEqual({ value: 1, bin: 0 });
    expect(highestIn(values, 1, 1)).toBeUndefined();
  });
});

describe('rates', () => {
  const values = (id: string, series: string) =>
    Array.from(
      TRACKS.find((track) => track.id === id)!
        .series.find(({ name }) => name === series)!
        .values(result),
    );

  it('are per second, whatever the length of a bin', () => {
    expect(values('requests', 'requests')).toEqual([6, 0]);
    expect(values('bytes', 'out')).toEqual([4000, 1000]);
  });

  it('are a share of the requests, where there were any', () => {
    expect(values('reuse', 'reused')).toEqual([(2 / 3) * 100, Number.NaN]);
    expect(values('cpu', 'cpu')).toEqual([50, 200]);
  });

  it('leave levels as they are', () => {
    expect(values('open', 'open')).toEqual([1, 2]);
  });
});
