import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertionPoint } from '../../../server-core/host/live/insertion-point.ts';

/** The page with a mark where the tag goes. */
function marked(page: string): string | undefined {
  const at = insertionPoint(page, true);
  return at === undefined ? undefined : `${page.slice(0, at)}|${page.slice(at)}`;
}

describe('the place', () => {
  it.each([
    ['<!doctype html><html><head><title>a', '<!doctype html><html><head>|<title>a'],
    [
      '<!DOCTYPE html>\n<html lang="a>b">\n<HEAD\nprefix=x>\n<title>',
      '<!DOCTYPE html>\n<html lang="a>b">\n<HEAD\nprefix=x>|\n<title>',
    ],
    ['<!doctype html><title>a</title><p>b', '<!doctype html>|<title>a</title><p>b'],
    ['<p>fragment', '|<p>fragment'],
    ['just text', '|just text'],
    ['', '|'],
    ['\n\n', '\n\n|'],
    ['\xef\xbb\xbf<!doctype html><body>', '\xef\xbb\xbf<!doctype html>|<body>'],
    [
      '<!-- <head> --><!doctype html><!-- </body> --><html><!-- x --!><head>',
      '<!-- <head> --><!doctype html><!-- </body> --><html><!-- x --!><head>|',
    ],
    ['<!--><p>', '<!-->|<p>'],
    ['<!---><p>', '<!--->|<p>'],
    ['<!--!><head>--><p>', '<!--!><head>-->|<p>'],
    [
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html><body>',
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>|<body>',
    ],
    ['<html a"b><head>', '<html a"b><head>|'],
    ["<html a = 'x>y' b=c'd><head>", "<html a = 'x>y' b=c'd><head>|"],
    ['<html><frameset cols="*,*">', '<html>|<frameset cols="*,*">'],
    ['<header>a', '|<header>a'],
    ['<html><header>a', '<html>|<header>a'],
    ['<html><html><head>', '<html>|<html><head>'],
    ['<script>"</body>"</script></body>', '|<script>"</body>"</script></body>'],
    ['</p><head>', '|</p><head>'],
  ])('%j', (page, expected) => expect(marked(page)).toBe(expected));

  it.each(['<!-- never ends', '<html lang="', '<!doctype', '<head '])('none in %j', (page) => {
    expect(marked(page)).toBeUndefined();
  });

  it('does not depend on how the page is cut', () => {
    const parts = [
      '<!doctype html>',
      '<!-- a -->',
      '<html x="a>b">',
      '<head>',
      '<title>',
      ' ',
      '<p>',
      '<!-',
      '<h',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts)), (chosen) => {
        const page = chosen.join('');
        for (let length = 0; length <= page.length; length++) {
          const early = insertionPoint(page.slice(0, length), false);
          if (early !== undefined) expect(early).toBe(insertionPoint(page, true));
        }
      }),
    );
  });
});
