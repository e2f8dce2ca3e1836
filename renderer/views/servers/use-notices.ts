import { useEffect, useRef } from 'react';
import { useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

/** Says once what happened to the capture: the disk is full, a recording ended, the process was started again. */
export function useNotices(): void {
  const { hello, restarts } = useStoreState();
  const toast = useToast();
  const told = useRef(new Set<string>());
  useEffect(() => {
    const sentences = [
      ...(hello?.notes ?? []),
      ...restarts.map(({ exchange, sentence }) => `${exchange}:${sentence}`),
    ];
    for (const text of sentences) {
      if (told.current.has(text)) continue;
      told.current.add(text);
      toast({ text: text.replace(/^\d+:/, '') });
    }
    // A note that went may come again, and is said again.
    for (const text of told.current) if (!sentences.includes(text)) told.current.delete(text);
  }, [hello, restarts, toast]);
}
