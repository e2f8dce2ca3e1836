import { useEffect, useRef } from 'react';

/**
 * When older rows are trimmed, or newer ones come first, the places of all others change. Scrolling by as much
 * keeps the row that is read where it is.
 */
export function useAnchor(
  rows: readonly { readonly id: number }[],
  start: number,
  firstSeen: number,
  holds: boolean,
  shift: (rows: number) => void,
): void {
  const anchor = useRef<{ readonly id: number; readonly index: number }>(undefined);
  useEffect(() => {
    const held = anchor.current;
    if (held && holds && firstSeen > 0) {
      const now = rows.findIndex((row) => row.id === held.id);
      if (now >= 0 && start + now !== held.index) shift(start + now - held.index);
    }
    const at = rows[firstSeen - start];
    anchor.current = at && { id: at.id, index: firstSeen };
  });
}
