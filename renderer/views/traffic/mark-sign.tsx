/** The signs of what a person noted on a row. */
import { Droplet, Flag, Leaf, Moon, Pin, Star } from 'lucide-react';
import type { MarkShape } from '../../store/queries/annotation.ts';

const SHAPES: Readonly<Record<MarkShape, typeof Star>> = {
  star: Star,
  flag: Flag,
  drop: Droplet,
  leaf: Leaf,
  moon: Moon,
};

/** `size` in CSS pixels; in rows the sign stands in the text and must not be taller than it. */
export function MarkSign({ shape, size = 12 }: { readonly shape: MarkShape; readonly size?: number }) {
  const Shape = SHAPES[shape];
  return (
    <Shape size={size} strokeWidth={1.5} style={{ color: `var(--mark-${shape})` }} className="mark-sign" />
  );
}

export function PinSign() {
  return <Pin size={12} strokeWidth={1.5} className="pin-sign" />;
}
