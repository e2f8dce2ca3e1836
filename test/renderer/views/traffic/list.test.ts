import { describe, expect, it } from 'vitest';
import { listMove } from '../../../../renderer/views/traffic/list-keys.ts';
import {
  lastRows,
  rowsOnScreen,
  rowsToDraw,
  scrollToShow,
} from '../../../../renderer/views/traffic/list-window.ts';
import { elideMiddle, printable, splitTarget } from '../../../../renderer/views/traffic/path-text.ts';

describe('the window of rows', () => {
  it('counts rows that are seen in part', () => {
    expect(rowsOnScreen(0, 100)).toEqual({ first: 0, count: 5 });
    expect(rowsOnScreen(30, 100)).toEqual({ first: 1, count: 6 });
  });

  it('draws as many wherever the list stands, those around the screen among them', () => {
    for (const top of [0, 7, 20, 190, 200, 213, 5000]) {
      const [seen, drawn] = [rowsOnScreen(top, 110), rowsToDraw(top, 110)];
      expect(drawn.count).toBe(rowsToDraw(0, 110).count);
      expect(drawn.first).toBe(Math.max(0, seen.first - 10));
      expect(drawn.first + drawn.count).toBeGreaterThanOrEqual(seen.first + seen.count + 10);
    }
  });

  it('draws none below the last, where new ones come', () => {
    expect(lastRows(100)).toEqual({ first: 0, count: 11 });
  });

  it('scrolls no further than to show the row', () => {
    expect(scrollToShow(3, 0, 100)).toBe(0);
    expect(scrollToShow(5, 0, 100)).toBe(20);
    expect(scrollToShow(2, 100, 100)).toBe(40);
  });
});

describe('keys', () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  it.each([
    ['ArrowDown', { kind: 'by', rows: 1 }],
    ['k', { kind: 'by', rows: -1 }],
    ['PageUp', { kind: 'page', pages: -1 }],
    ['End', { kind: 'last' }],
    ['ArrowRight', { kind: 'detail' }],
    ['r', { kind: 'again' }],
    ['d', { kind: 'forget' }],
    ['t', { kind: 'reference' }],
    ['x', undefined],
  ])('%s', (key, move) => {
    expect(listMove({ ...plain, key })).toEqual(move);
  });

  it('steps along the connection with Alt, and leaves Ctrl to the window', () => {
    expect(listMove({ ...plain, altKey: true, key: 'ArrowUp' })).toEqual({ kind: 'connection', step: -1 });
    expect(listMove({ ...plain, altKey: true, key: 'j' })).toBeUndefined();
    expect(listMove({ ...plain, ctrlKey: true, key: 'End' })).toBeUndefined();
    expect(listMove({ ...plain, ctrlKey: true, key: 'C' })).toEqual({ kind: 'commands' });
    expect(listMove({ ...plain, ctrlKey: true, altKey: true, key: 'c' })).toEqual({ kind: 'note' });
  });

  it('deletes with Ctrl, and leaves it to the window with Shift, which clears all', () => {
    for (const key of ['Delete', 'Backspace']) {
      expect(listMove({ ...plain, ctrlKey: true, key })).toEqual({ kind: 'forget' });
      expect(listMove({ ...plain, ctrlKey: true, shiftKey: true, key })).toBeUndefined();
      expect(listMove({ ...plain, key })).toBeUndefined();
    }
  });

  it('takes all and copies with Ctrl', () => {
    expect(listMove({ ...plain, ctrlKey: true, key: 'a' })).toEqual({ kind: 'all' });
    expect(listMove({ ...plain, metaKey: true, key: 'c' })).toEqual({ kind: 'copy' });
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
    expect(elideMiddle('/img/tile-01.svg', 15)).toBe('…/tile-01.svg');
    expect(elideMiddle('/assets/hero.avif', 16)).toBe('…ssets/hero.avif');
    expect(elideMiddle('/assets/images/', 9)).toBe('…/images/');
    for (let most = 5; most < 40; most++) {
      expect(elideMiddle('/assets/images/2026/hero-wide.avif', most).length).toBeLessThanOrEqual(most);
    }
  });

  it('shows controls instead of obeying them', () => {
    expect(printable('/a\r\n\u0000b c')).toBe('/a␍␊␀b·c');
  });
});
