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
