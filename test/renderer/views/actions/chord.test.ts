import { describe, expect, it } from 'vitest';
import { isPressed, isTyped } from '../../../../renderer/views/actions/chord.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('a chord', () => {
  it.each([
    ['Ctrl K', { key: 'k', ctrlKey: true }, true],
    ['Ctrl K', { key: 'k', metaKey: true }, true],
    ['Ctrl K', { key: 'k' }, false],
    ['Ctrl K', { key: 'K', ctrlKey: true, shiftKey: true }, false],
    ['Ctrl Shift P', { key: 'P', ctrlKey: true, shiftKey: true }, true],
    ['Ctrl Shift P', { key: 'p', ctrlKey: true }, false],
    ['P', { key: 'p' }, true],
    ['P', { key: 'P', shiftKey: true }, false],
    ['P', { key: 'p', altKey: true }, false],
    ['F6', { key: 'F6' }, true],
    ['F6', { key: 'F6', shiftKey: true }, false],
    ['Shift F6', { key: 'F6', shiftKey: true }, true],
    // Where the sign is on the keyboard differs from country to country.
    ['?', { key: '?', shiftKey: true }, true],
    ['?', { key: '?' }, true],
    ['/', { key: '/', shiftKey: true }, true],
    ['1', { key: '1' }, true],
    ['1', { key: '1', ctrlKey: true }, false],
  ])('%s by %o: %s', (chord, event, is) => {
    expect(isPressed(chord, { ...none, ...event })).toBe(is);
  });

  it.each([
    ['/', true],
    ['P', true],
    ['Ctrl K', false],
    ['Alt X', false],
    ['F6', false],
    ['Shift F6', false],
  ])('%s is typed in a text: %s', (chord, is) => expect(isTyped(chord)).toBe(is));
});
