import { useEffect, useState } from 'react';
import { useStoreState } from '../shell/store-context.tsx';
import { usePaced } from '../shell/use-paced.ts';

/** Time for an answer to come before the next question. */
const PACE_MS = 250;

/**
 * What is known of an exchange's connections, read again while they go on and something new was captured. Null when it
 * is not held. `ask` and `isOver` stay the same functions.
 */
export function useHeldLadder<R>(
  exchange: number,
  ask: (exchange: number) => Promise<R | undefined>,
  isOver: (result: R) => boolean,
): R | null | undefined {
  const lastTime = usePaced(useStoreState('lastTime').lastTime, PACE_MS);
  const [held, setHeld] = useState<{ readonly exchange: number; readonly result: R | null }>();
  const own = held?.exchange === exchange ? held.result : undefined;
  const isDone = own !== undefined && own !== null && isOver(own);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later last time means that there may be more.
  useEffect(() => {
    if (isDone) return;
    let wanted = true;
    void ask(exchange).then((result) => wanted && setHeld({ exchange, result: result ?? null }));
    return () => {
      wanted = false;
    };
  }, [ask, exchange, isDone, lastTime]);
  return own;
}
