import { describe, expect, it } from 'vitest';
import type { GraphResult } from '../../../../renderer/store/queries/graphs.ts';
import { TRACKS } from '../../../../renderer/views/concurrency/graph-tracks.ts';
import { graphWindow } from '../../../../renderer/views/concurrency/graph-window.ts';

describe('the window of the graphs', () => {
  it('stands on whole bins, so that a bin keeps its value while time goes on', () => {
    const bin = 10e6 / 500;
    for (const last of [42_000_001, 42_012_345, 42_019_999]) {
      expect(graphWindow(10e6, 0, last, 500)).toEqual({ from: 42_020_000 - 10e6, to: 42_020_000 });
    }
    expect(graphWindow(10e6, 0, 42_020_001, 500).to).toBe(42_020_000 + bin);
  });

  it('begins with the first event until the window is full', () => {
    expect(graphWindow(10e6, 0, 3e6, 500)).toEqual({ from: 0, to: 10e6 });
  });

  it('holds everything when asked to', () => {
    const { from, to } = graphWindow(undefined, 5e6, 90e6, 500);
    expect(from).toBe(5e6);
    expect(to).toBeGreaterThan(90e6);
  });
});

describe('rates', () => {
  const column = (...values: number[]) => Float64Array.from(values);
  const result: GraphResult = {
    params: { from: 0, to: 1_000_000, bins: 2 },
    open: column(1, 2),
    inFlight: column(0, 1),
    requests: column(3, 0),
    bytesIn: column(100, 0),
    bytesOut: column(2000, 500),
    slowest: column(900, Number.NaN),
    loopLag: column(10, 20),
    waitingBytes: column(0, 0),
  };
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

  it('leave levels as they are', () => {
    expect(values('open', 'open')).toEqual([1, 2]);
  });
});
