/** Bytes that the Bytes tab has chosen, for whoever wants to pin something to them; and those that it is to show. */
import { useEffect } from 'react';
import type { Direction } from '../../../server-core/capture/events.ts';
import { sharedValue, useShared } from '../shell/shared-value.ts';

export interface PinnedBytes {
  readonly exchange: number;
  readonly side: Direction;
  /** Offsets in the message, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

let chosen: PinnedBytes | undefined;
const shown = sharedValue<PinnedBytes | undefined>(undefined);

export function chosenBytes(): PinnedBytes | undefined {
  return chosen;
}

/** Tells of what is chosen as long as it is. */
export function useTellChosen(bytes: PinnedBytes | undefined): void {
  const { exchange, side, start, end } = bytes ?? {};
  useEffect(() => {
    if (exchange === undefined || side === undefined || start === undefined || end === undefined) return;
    chosen = { exchange, side, start, end };
    return () => {
      chosen = undefined;
    };
  }, [exchange, side, start, end]);
}

/** Has the Bytes tab choose these, now or once it is there; another object shows the same ones anew. */
export function showBytes(bytes: PinnedBytes | undefined): void {
  shown.set(bytes);
}

/** What the Bytes tab of an exchange is to show. */
export function useShownBytes(exchange: number): PinnedBytes | undefined {
  const bytes = useShared(shown);
  return bytes?.exchange === exchange ? bytes : undefined;
}
