import { describe, expect, it } from 'vitest';
import { type WaterfallRow, waterfallPaths } from '../../../renderer/geometry/waterfall-paths.ts';

const done: WaterfallRow = { origin: 0, begin: 0, head: 10, response: 40, end: 50, state: 'done' };
const paths = (...rows: readonly (WaterfallRow | undefined)[]) =>
  waterfallPaths({ rows, rowHeight: 20, width: 100, span: 100 });

describe('the bars of the list', () => {
  it('are reading, work and sending, one behind the other', () => {
    expect(paths(done)).toEqual({
      read: 'M0 7h10v6h-10z',
      work: 'M10 7h30v6h-30z',
      write: 'M40 7h10v6h-10z',
    });
  });

  it('stand a row below each other, on the axis of their row', () => {
    expect(paths(undefined, { ...done, origin: -20 }).read).toBe('M20 27h10v6h-10z');
  });

  it('are one path for all rows', () => {
    expect(paths(done, done).work).toBe('M10 7h30v6h-30zM10 27h30v6h-30z');
  });

  it('are seen however short they were', () => {
    expect(paths({ ...done, head: 0, response: 0, end: 0 })).toEqual({
      read: 'M0 7h1.5v6h-1.5z',
      work: 'M0 7h1.5v6h-1.5z',
      write: 'M0 7h1.5v6h-1.5z',
    });
  });

  it('end at the edge, with a sign, where the answer goes on beyond it', () => {
    const { write, cover, beyond } = paths({ ...done, end: 300 });
    expect(write).toBe('M40 7h60v6h-60z');
    expect(cover).toBe('M92 4h8v12h-8z');
    expect(beyond).toBe('M94 7l3 3-3 3M97 7l3 3-3 3');
  });

  it('are left out beyond either edge', () => {
    expect(paths({ ...done, origin: 45 })).toEqual({ write: 'M0 7h5v6h-5z' });
    expect(paths({ ...done, origin: -200 })).toMatchObject({ cover: 'M92 4h8v12h-8z' });
    expect(paths({ ...done, origin: -200 }).read).toBeUndefined();
  });

  it.each([
    ['pending', { ...done, head: 80, response: undefined, end: undefined, state: 'open' }],
    ['sending', { ...done, response: 80, end: undefined, state: 'open' }],
    ['upgraded', { ...done, response: 80, end: undefined, state: 'upgraded' }],
  ] as const)('what is open goes on in dots: %s', (ink, row) => {
    expect(paths(row)[ink]).toBe('M83 10h2M88 10h2M95 6.5l4 3.5-4 3.5');
  });

  it('a cross stands where it was aborted', () => {
    expect(paths({ ...done, state: 'aborted' }).aborted).toBe('M47 6.5l6 7m0-7l-6 7');
  });
});
