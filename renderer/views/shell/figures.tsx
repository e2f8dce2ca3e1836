/** Figures with their unit in a lighter ink. */
import type { Quantity } from '../../geometry/quantities.ts';

export function Figure({ of }: { readonly of: Quantity }) {
  return figure(of);
}

/** The same for lists of many, where each component costs. */
export function figure({ number, unit }: Quantity) {
  return (
    <>
      {number}
      <span className="unit">{unit}</span>
    </>
  );
}
