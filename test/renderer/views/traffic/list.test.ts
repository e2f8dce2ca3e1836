import { describe, expect, it } from 'vitest';
import { columnsFor } from '../../../../renderer/views/traffic/columns.ts';
import { listMove } from '../../../../renderer/views/traffic/list-keys.ts';
import {
  MOST_ROWS,
  ROW_PX,
  rowsOnScreen,
  scrollToShow,
  withOverscan,
} from '../../../../renderer/views/traffic/list-window.ts';
import { elideMiddle, printable, splitTarget } from '../../../../renderer/views/traffic/path-text.ts';

describe('the window of rows', () => {
  it('counts rows that are seen in part', () => {
    expect(rowsOnScreen(0, 100)).toEqual({ first: 0, count: 5 });
    expect(rowsOnScreen(30, 100)).toEqual({ first: 1, count: 6 });
  });

  it('adds overscan, and none before the first row', () => {
    expect(withOverscan({ first: 100, count: 10 })).toEqual({ first: 80, count: 50 });
    expect(withOverscan({ first: 5, count: 10 })).toEqual({ first: 0, count: 35 });
  });

  it('scrolls no further than to show the row', () => {
    expect(scrollToShow(3, 0, 100)).toBe(0);
    expect(scrollToShow(5, 0, 100)).toBe(20);
    expect(scrollToShow(2, 100, 100)).toBe(40);
  });

  it('has room for a million rows within what browsers lay out', () => {
    expect(MOST_ROWS).toBeGreaterThan(1_000_000);
    expect(MOST_ROWS * ROW_PX).toBeLessThan(2 ** 25);
  });
});

describe('keys', () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false };
  it.each([
    ['ArrowDown', { kind: 'by', rows: 1 }],
    ['k', { kind: 'by', rows: -1 }],
    ['PageUp', { kind: 'page', pages: -1 }],
    ['End', { kind: 'last' }],
    ['ArrowRight', { kind: 'detail' }],
    ['x', undefined],
  ])('%s', (key, move) => {
    expect(listMove({ ...plain, key })).toEqual(move);
  });

  it('steps along the connection with Alt, and leaves Ctrl to the window', () => {
    expect(listMove({ ...plain, altKey: true, key: 'ArrowUp' })).toEqual({ kind: 'connection', step: -1 });
    expect(listMove({ ...plain, altKey: true, key: 'j' })).toBeUndefined();
    expect(listMove({ ...plain, ctrlKey: true, key: 'End' })).toBeUndefined();
  });
});

describe('paths', () => {
  it('parts the query', () => {
    expect(splitTarget('/a?b?c')).toEqual({ path: '/a', query: '?b?c' });
    expect(splitTarget('*')).toEqual({ path: '*', query: '' });
  });

  it('leaves out the middle where there is room for a head, else the start', () => {
    expect(elideMiddle('/short', 20)).toBe('/short');
    expect(elideMiddle('/assets/images/2026/hero-wide.avif', 21)).toBe('/assets/im…-wide.avif');
    expect(elideMiddle('/assets/images/2026/hero-wide.avif', 12)).toBe('…o-wide.avif');
    for (let most = 5; most < 40; most++) {
      expect(elideMiddle('/assets/images/2026/hero-wide.avif', most).length).toBeLessThanOrEqual(most);
    }
  });

  it('shows controls instead of obeying them', () => {
    expect(printable('/a\r\n\u0000b c')).toBe('/a␍␊␀b·c');
  });
});

describe('columns', () => {
  it('gives up the least needed first', () => {
    const [narrow, middle, wide] = [columnsFor(430, 3), columnsFor(575, 3), columnsFor(1236, 3)];
    expect([narrow.time, narrow.conn, narrow.type]).toEqual([false, false, false]);
    expect([middle.time, middle.conn, middle.type]).toEqual([true, true, false]);
    expect([wide.time, wide.conn, wide.type]).toEqual([true, true, true]);
  });

  it('has as many tracks as columns', () => {
    for (const width of [360, 430, 575, 900, 1600]) {
      const { template, count } = columnsFor(width, 7);
      expect(template.replace('minmax(0, 1fr)', 'rest').split(' ').length).toBe(count);
    }
  });
});
