import { describe, expect, it } from 'vitest';
import { contentKind, kindOfChip } from '../../../renderer/store/content-kind.ts';
import { CHIPS } from '../../../renderer/store/queries/filter.ts';

describe('what a response holds', () => {
  it.each([
    ['text/html; charset=utf-8', '/x', 'html'],
    ['TEXT/CSS', '/x', 'css'],
    ['text/javascript', '/x', 'js'],
    ['application/x-javascript', '/x', 'js'],
    ['application/wasm', '/x', 'js'],
    ['image/svg+xml', '/x', 'img'],
    ['font/woff2', '/x', 'font'],
    ['application/font-woff', '/x', 'font'],
    ['video/mp4', '/x', 'media'],
    ['application/json', '/x', 'data'],
    ['application/problem+json', '/x', 'data'],
    ['text/event-stream', '/x', 'data'],
    ['application/zip', '/x.json', 'other'],
    ['text/plain', '/x.css', 'other'],
    ['', '/a/', 'html'],
    ['', '/a/?b=/c.css', 'html'],
    ['', '/App.CSS?v=1', 'css'],
    ['', '/a.b/c', 'other'],
    ['', '*', 'other'],
    ['', '', 'other'],
  ])('type %j of %j is %s', (type, target, kind) => expect(contentKind(type, target)).toBe(kind));

  it('has a chip for each kind', () => {
    expect(CHIPS.map((chip) => kindOfChip(chip))).toEqual([
      'html',
      'css',
      'js',
      'img',
      'font',
      'media',
      'data',
      undefined,
      'other',
      undefined,
    ]);
  });
});
