import { describe, expect, it } from 'vitest';
import { fuzzyFind } from '../../../../renderer/views/actions/fuzzy.ts';

const TITLES = [
  'Playhead: go back through recorded time',
  'Group by connection',
  'Group by folder of the path',
  'Clear the filter',
  'Copy as cURL',
  '日本語 in the browser',
  'Stop www',
];
const found = (text: string) => fuzzyFind(TITLES, text).map(({ index }) => TITLES[index]);

describe('finding by a few letters', () => {
  it.each([
    ['gbc', 'Group by connection'],
    ['group folder', 'Group by folder of the path'],
    ['path group', 'Group by folder of the path'],
    ['curl', 'Copy as cURL'],
    ['本', '日本語 in the browser'],
    ['CLEAR', 'Clear the filter'],
  ])('%s is first of all %s', (text, title) => expect(found(text)[0]).toBe(title));

  it('gives all for nothing, in their order', () => {
    expect(found('  ')).toEqual(TITLES);
  });

  it('gives later what is to come later, among what fits as well', () => {
    const titles = ['Expect', 'Export: HAR', 'Go to the next pane'];
    const order = fuzzyFind(titles, 'exp', (index) => index === 0).map(({ index }) => index);
    expect(order).toEqual([1, 0, 2]);
  });

  it('gives none where none fits, signs of expressions among them', () => {
    expect(found('zzz')).toEqual([]);
    expect(found('*+?[(')).toEqual([]);
  });

  it('takes a text of any length', () => {
    expect(found('x '.repeat(5000))).toEqual([]);
  });

  it('says which letters were meant', () => {
    const [first] = fuzzyFind(['Stop www'], 'sw');
    expect(first?.ranges).toEqual([0, 1, 5, 6]);
  });
});
