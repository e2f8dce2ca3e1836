import { useEffect, useRef } from 'react';
import { desktop } from '../host.ts';
import { useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

/** Where there is a log to copy the end of. */
const COPY = desktop && {
  action: { label: 'Copy a report', run: () => void desktop?.copyReport() },
};

/** Says once what happened to the capture: the disk is full, a recording ended, the process was started again. */
export function useNotices(): void {
  const { hello, restarts } = useStoreState('hello', 'restarts');
  const toast = useToast();
  const told = useRef(new Set<string>());
  useEffect(() => {
    void desktop?.lastCrash().then((text) => text !== undefined && toast({ text, ...COPY }));
  }, [toast]);
  useEffect(() => {
    const sentences = [
      ...(hello?.notes ?? []),
      ...restarts.map(({ exchange, sentence }) => `${exchange}:${sentence}`),
    ];
    for (const text of sentences) {
      if (told.current.has(text)) continue;
      told.current.add(text);
      const isRestart = /^\d+:/.test(text);
      toast({ text: text.replace(/^\d+:/, ''), ...(isRestart && COPY) });
    }
    // A note that went may come again, and is said again.
    for (const text of told.current) if (!sentences.includes(text)) told.current.delete(text);
  }, [hello, restarts, toast]);
}
