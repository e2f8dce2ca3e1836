import { useEffect, useState } from 'react';
import { EMPTY_LAB_LOG, type LabLog, seenOf, withReport } from '../../lab/lab-log.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';

/** What the lab of the host does and found, as it comes; `problem` is one sentence where the host does not tell. */
export function useLab(): { readonly log: LabLog; readonly problem: string | undefined } {
  const store = useStore();
  const { link } = useStoreState('link');
  const [log, setLog] = useState<LabLog>(EMPTY_LAB_LOG);
  const [problem, setProblem] = useState<string>();
  const isLinked = link.state === 'live';
  useEffect(() => {
    if (!isLinked) return;
    let watches = true;
    const follow = async () => {
      setProblem(undefined);
      for (let now = EMPTY_LAB_LOG; watches; ) {
        const report = await store.lab({ op: 'lab', act: 'watch', ...seenOf(now) });
        now = withReport(now, report);
        if (watches) setLog(now);
      }
    };
    follow().catch((error: unknown) => {
      if (watches) setProblem(sentenceOf(error));
    });
    return () => {
      watches = false;
    };
  }, [store, isLinked]);
  return { log, problem };
}
