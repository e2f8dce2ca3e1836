import { useEffect, useState } from 'react';
import type { MessageView } from '../../store/queries/detail.ts';
import { useStore } from '../shell/store-context.tsx';

/** As many as the longest number has. */
const COUNT = 8;

/** The bytes of a message from a place on; undefined while they are on their way, and where there are none. */
export function useByteValues(
  exchange: number,
  message: MessageView | undefined,
  offset: number | undefined,
): Uint8Array | undefined {
  const store = useStore();
  const [asked, setAsked] = useState<{ readonly key: string; readonly bytes: Uint8Array }>();
  const { direction, length = 0, bytes: held } = message ?? {};
  const end = Math.min(length, (offset ?? 0) + COUNT);
  const isHeld = held !== undefined && end <= held.length;
  const key = `${exchange} ${direction} ${offset} ${end}`;
  useEffect(() => {
    if (direction === undefined || offset === undefined || isHeld) return;
    let wanted = true;
    store.readBytes(exchange, direction, offset, end).then(
      (bytes) => wanted && setAsked({ key, bytes }),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [store, exchange, direction, offset, end, isHeld, key]);
  if (offset === undefined) return undefined;
  if (isHeld) return held.subarray(offset, end);
  return asked?.key === key ? asked.bytes : undefined;
}
