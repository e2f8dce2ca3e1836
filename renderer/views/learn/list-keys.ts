import type { KeyboardEvent } from 'react';

const PAGE = 10;

/** Arrows, pages and ends of a list of `count` lines, of which the one at `at` is chosen. */
export function listKeys(at: number, count: number, choose: (at: number) => void) {
  return (event: KeyboardEvent): void => {
    const last = count - 1;
    const to = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.min(last, at + PAGE),
      PageUp: Math.max(0, at - PAGE),
      // Home and End move the caret of a text field.
      ...(event.target instanceof HTMLInputElement ? {} : { Home: 0, End: last }),
    }[event.key];
    if (to === undefined || to < 0) return;
    event.preventDefault();
    choose(to);
  };
}
