/** The exchange that is held to compare others with; whoever shows exchanges may set it. */
import { sharedValue, useShared } from '../shell/shared-value.ts';

const held = sharedValue<number | undefined>(undefined);

export function holdToCompare(exchange: number | undefined): void {
  held.set(exchange);
}

export function useHeld(): number | undefined {
  return useShared(held);
}
