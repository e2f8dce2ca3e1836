/** The exchange that is held to compare others with; whoever shows exchanges may set it. */
import { useSyncExternalStore } from 'react';

let held: number | undefined;
const listeners = new Set<() => void>();

export function holdToCompare(exchange: number | undefined): void {
  held = exchange;
  for (const listener of [...listeners]) listener();
}

export function useHeld(): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => held,
  );
}
