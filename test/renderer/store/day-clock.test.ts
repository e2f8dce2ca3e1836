import { describe, expect, it } from 'vitest';
import { formatClock } from '../../../renderer/geometry/quantities.ts';
import { DayClock } from '../../../renderer/store/day-clock.ts';
import { listResult } from '../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import { Traffic } from './traffic.ts';

/** Half past two in the afternoon, wherever this runs. */
const EPOCH_MS = new Date(2026, 2, 28, 14, 30).getTime();

describe('a time of the log as a time of day', () => {
  it('is what the clock showed, over midnight and a change of the zone too', () => {
    const clock = new DayClock();
    clock.epochMs = EPOCH_MS;
    const seconds = (text: string) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    for (let hour = 0; hour < 48; hour++) {
      const time = hour * 3600e6 + 1234.5;
      expect(clock.of(time) / 1e6).toBeCloseTo(seconds(formatClock(EPOCH_MS, time, 6)), 6);
    }
  });

  it('is what a filter for it asks for, to the microsecond that the list shows', () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (let i = 0; i < 4; i++) {
      traffic.get(conn, `/${i}`);
      traffic.wait(20e6);
    }
    const ingest = traffic.ingest();
    ingest.columns.day.epochMs = EPOCH_MS;
    const shown = (text: string) => {
      ingest.index.set({ ...NO_FILTER, text });
      return listResult(ingest, { first: 0, count: 9, tail: false }).rows.map(({ id }) => id);
    };
    expect(shown('at:14:30')).toEqual([1, 2, 3]);
    expect(shown('at:14:30:20')).toEqual([2]);
    expect(shown('after:14:30:20')).toEqual([2, 3, 4]);
    expect(shown('before:14:30:20')).toEqual([1]);
    expect(shown('at:14:30:10..14:30:50')).toEqual([2, 3]);
    expect(shown('at:2026-03-28')).toEqual([1, 2, 3, 4]);
    expect(shown('at:2026-03-29')).toEqual([]);
    expect(shown('before:2026-03-28')).toEqual([]);
    expect(shown('after:2026-03-28T14:30:20')).toEqual([2, 3, 4]);
    expect(shown('at:2026-03-27..2026-03-28T14:30:39')).toEqual([1, 2]);
    shown('');
    const { rows } = listResult(ingest, { first: 0, count: 9, tail: false });
    const third = formatClock(EPOCH_MS, rows[2]!.beginTime, 6);
    expect(shown(`at>=${third}`)).toEqual([3, 4]);
    expect(shown(`at>${third}`)).toEqual([4]);
    expect(shown(`at:${third}`)).toEqual([3]);
  });
});
