import { describe, expect, it } from 'vitest';
import {
  LONGEST_TEXT,
  MOST_SLIDES,
  movedSlide,
  readSlides,
  type Slide,
  writeSlides,
} from '../../../renderer/learn/slides.ts';

const SLIDES: readonly Slide[] = [
  { text: 'A request', place: { kind: 'exchange', exchange: 3, begin: 1_700_000_000_000_001 } },
  { text: 'Its version', place: { kind: 'bytes', exchange: 3, begin: 5, side: 'in', from: 6, to: 14 } },
  { text: 'A second', place: { kind: 'time', from: 10, to: 1_000_010 } },
];

describe('a file of notes', () => {
  it('is read as it was written', () => expect(readSlides(writeSlides(SLIDES))).toEqual(SLIDES));

  it.each([
    ['no json', /no JSON/],
    ['null', /holds no notes/],
    ['{"wirescope":"slides"}', /holds no notes/],
    ['{"wirescope":"slides","version":2,"slides":[]}', /later version/],
    [JSON.stringify({ wirescope: 'slides', version: 1, slides: Array(MOST_SLIDES + 1).fill({}) }), /at most/],
  ])('%.40s is none', (text, why) => expect(readSlides(text)).toMatch(why));

  it.each([
    { kind: 'time', from: 2, to: 1 },
    { kind: 'time', from: 0.5, to: 1 },
    { kind: 'exchange', exchange: -1, begin: 0 },
    { kind: 'bytes', exchange: 1, begin: 0, side: 'up', from: 0, to: 1 },
    { kind: 'bytes', exchange: 1, begin: 0, side: 'in', from: 1, to: 1 },
    { kind: 'page', exchange: 1, begin: 0 },
    undefined,
  ])('a note on %j is pinned to nothing', (place) => {
    const text = JSON.stringify({
      wirescope: 'slides',
      version: 1,
      slides: [SLIDES[0], { text: '', place }],
    });
    expect(readSlides(text)).toBe('Note 2 of that file is pinned to nothing');
  });

  it('bounds what is said', () => {
    const [slide] = readSlides(writeSlides([{ ...SLIDES[0]!, text: 'x'.repeat(999) }])) as Slide[];
    expect(slide!.text).toHaveLength(LONGEST_TEXT);
  });
});

it('a slide moves by one place, and not out of the row', () => {
  const texts = (at: number, by: 1 | -1) => movedSlide(SLIDES, at, by).map(({ text }) => text);
  expect(texts(0, 1)).toEqual(['Its version', 'A request', 'A second']);
  expect(texts(2, 1)).toEqual(['A request', 'Its version', 'A second']);
  expect(texts(0, -1)).toEqual(['A request', 'Its version', 'A second']);
});
