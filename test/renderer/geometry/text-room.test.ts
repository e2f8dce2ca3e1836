import { expect, it } from 'vitest';
import { fitsMono, fitsSans11 } from '../../../renderer/geometry/text-room.ts';

it.each(['GET', 'OPTIONS', 'css', 'html', 'javascript', 'svg+xml', 'woff2'])(
  '%s is shown without a clip in the room that its column has',
  (text) => expect(fitsSans11(text, 64)).toBe(true),
);

it('what would be cut does not fit', () => {
  expect(fitsSans11('javascript', 40)).toBe(false);
  expect(fitsSans11('WWWWWW', 64)).toBe(false);
  expect(fitsSans11('', 0)).toBe(true);
});

it('a sign of another font may be of any width', () => {
  expect(fitsSans11('текст', 1000)).toBe(false);
  expect(fitsMono('/ключ', 1000)).toBe(false);
  expect(fitsMono('/日本', 1000)).toBe(false);
});

it('signs as wide as each other are counted', () => {
  expect(fitsMono('/a/b', 4)).toBe(true);
  expect(fitsMono('/a/b', 3)).toBe(false);
  expect(fitsMono('/a…b·c', 6)).toBe(true);
});
