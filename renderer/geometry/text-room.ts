/**
 * Whether a text surely fits where it stands, told without laying it out. What may be cut needs a clip of its own, and
 * hundreds of those are dear to draw where nearly all texts fit.
 */

/** Upper bounds of Inter's advances at 11 CSS pixels and a weight of 500. */
const NARROW = 4.7;
const UPPER = 9;
const WIDE = 11.5;
const OTHER = 7.4;

const NARROW_SIGNS = new Set(" !'(),./:;[]`fijlrt|I");
const WIDE_SIGNS = new Set('%@MWmw');

/** @param room CSS pixels */
export function fitsSans11(text: string, room: number): boolean {
  let needed = 0;
  for (const sign of text) {
    const width = widthOf(sign);
    needed += width;
    if (needed > room) return false;
  }
  return true;
}

/** @param cells how many signs of a font in which all are as wide there is room for */
export function fitsMono(text: string, cells: number): boolean {
  return text.length <= cells && IN_MONO.test(text);
}

/** What JetBrains Mono surely has; other signs come from another font, in its widths. */
const IN_MONO = /^[ -~…·]*$/;

function widthOf(sign: string): number {
  if (NARROW_SIGNS.has(sign)) return NARROW;
  if (WIDE_SIGNS.has(sign)) return WIDE;
  if (sign >= 'A' && sign <= 'Z') return UPPER;
  return sign >= ' ' && sign <= '~' ? OTHER : Number.POSITIVE_INFINITY;
}
