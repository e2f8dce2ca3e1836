import { useEffect, useRef, useState } from 'react';
import type { Watch } from '../../store/queries/store.ts';
import type { TalkParams, TalkResult } from '../../store/queries/talk.ts';
import { useStore } from '../shell/store-context.tsx';

/** What is said inside an exchange, as it comes. Keep `params` the same object while equal. */
export function useTalk(params: TalkParams): TalkResult | undefined {
  const store = useStore();
  const [held, setHeld] = useState<{ readonly exchange: number; readonly result: TalkResult }>();
  const watch = useRef<Watch<TalkParams>>(undefined);
  const latest = useRef(params);
  latest.current = params;
  useEffect(() => {
    if (watch.current) return watch.current.update(params);
    watch.current = store.watchTalk(params, (result) =>
      setHeld({ exchange: latest.current.exchange, result }),
    );
  }, [store, params]);
  useEffect(
    () => () => {
      watch.current?.close();
      watch.current = undefined;
    },
    [],
  );
  return held?.exchange === params.exchange ? held.result : undefined;
}
