/** Figures with their unit in a lighter ink. */
import type { Quantity } from '../../geometry/quantities.ts';

export function Figure({ of }: { readonly of: Quantity }) {
  return (
    <>
      {of.number}
      <span className="unit">{of.unit}</span>
    </>
  );
}

/** The same text with thin no-break spaces where a unit follows, for canvas and titles. */
export function figureText({ number, unit }: Quantity): string {
  return unit === '' ? number : `${number}\u2009${unit}`;
}
