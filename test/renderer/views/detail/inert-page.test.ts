import { describe, expect, it } from 'vitest';
import { barePage, withoutUrls } from '../../../../renderer/views/detail/inert-page.ts';

describe('a captured page before it is parsed', () => {
  it.each([
    ['a<!-- <script> -->b', 'ab', []],
    ['a<SCRIPT src=x>if (a<!--b) </style></script >b', 'ab', []],
    ['<style media=print>p{}<!--</style><p>', '<p>', ['p{}<!--']],
    ['a<script>b', 'a<script>b', []],
    ['<!-- <style>p{}</style>', '<!-- ', ['p{}']],
    ['<base href=//x><p style="a" onclick=b>', '<p data-style="a" data-onclick=b>', []],
    ['<p>a < b', '<p>a < b', []],
  ])('%s', (html, bare, sheets) => {
    expect(barePage(html)).toEqual({ html: bare, sheets });
  });

  it.each(['<!--', '<script>', '<style>a', '<a', '<script ', '<!-- -->', '</style', 'x'])(
    'is read in a time that grows with its length only, were it all %s',
    (part) => {
      const text = part.repeat(4_000_000 / part.length);
      expect(barePage(text).html.length).toBeLessThanOrEqual(text.length);
      expect(barePage(`<style>${text}`).sheets.length).toBeLessThanOrEqual(1);
    },
  );
});

describe('a style', () => {
  it('loads nothing, and keeps what it holds itself', () => {
    expect(withoutUrls('@import "a"; p{background:url( "http://x/a" ) url("data:image/png,x")}')).toBe(
      ' p{background:none url("data:image/png,x")}',
    );
  });

  it('is read in a time that grows with its length only', () => {
    const text = 'url('.repeat(1_000_000);
    expect(withoutUrls(text)).toBe(text);
  });
});
