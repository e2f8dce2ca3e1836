import { describe, expect, it } from 'vitest';
import { type FilterBoxState, filterMove } from '../../../../renderer/views/traffic/filter-keys.ts';

const plain = { altKey: false, ctrlKey: false, shiftKey: false };
const closed: FilterBoxState = {
  isEmpty: true,
  isOpen: false,
  hasOther: false,
  hasOptions: false,
  chosen: undefined,
  completes: false,
};
const typed = { ...closed, isEmpty: false, hasOptions: true, completes: true };
const open = { ...typed, isOpen: true };

describe('keys of the filter box', () => {
  it.each([
    ['ArrowDown', closed, 'leave'],
    ['ArrowDown', typed, 'open-first'],
    ['ArrowDown', open, 'next'],
    ['ArrowUp', closed, 'open-first'],
    ['ArrowUp', typed, undefined],
    ['ArrowUp', open, 'previous'],
    ['Tab', typed, undefined],
    ['Tab', open, 'accept'],
    ['Tab', { ...open, completes: false }, undefined],
    ['Tab', { ...open, completes: false, chosen: 'completion' }, 'accept'],
    ['Enter', open, 'done'],
    ['Enter', { ...open, chosen: 'completion' }, 'accept'],
    ['Delete', { ...open, chosen: 'saved' }, 'forget'],
    ['Delete', { ...open, chosen: 'recent' }, undefined],
    ['Escape', open, 'close'],
    ['Escape', { ...closed, hasOther: true }, 'close'],
    ['Escape', typed, 'clear'],
    ['Escape', closed, 'leave'],
    [' ', open, undefined],
    ['a', open, undefined],
  ] as const)('%j', (key, box, move) => expect(filterMove({ ...plain, key }, box)).toBe(move));

  it('opens the list by Ctrl Space, and leaves Shift Tab alone', () => {
    expect(filterMove({ ...plain, key: ' ', ctrlKey: true }, typed)).toBe('open');
    expect(filterMove({ ...plain, key: 'Tab', shiftKey: true }, open)).toBeUndefined();
  });
});
