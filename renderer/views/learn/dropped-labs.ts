import { useCallback } from 'react';
import { useToast } from '../shell/toast.tsx';
import { useLabSession } from './use-labs.ts';

/** What every lab file has in it; other JSON is left to those who serve it. */
const MARK = '"wirescopeLab"';
/** Longer than any lab can be by the limits of its texts. */
const MOST_BYTES = 256 * 1024;

/** Adds the labs among files that were dropped, and gives back the rest. */
export function useDroppedLabs(): (files: readonly File[]) => Promise<readonly File[]> {
  const session = useLabSession();
  const toast = useToast();
  return useCallback(
    async (files) => {
      const rest: File[] = [];
      for (const file of files) {
        const mayBe = file.name.endsWith('.json') && file.size <= MOST_BYTES;
        const text = mayBe ? await file.text().catch(() => '') : '';
        if (!text.includes(MARK)) {
          rest.push(file);
          continue;
        }
        const problem = session.add(text);
        toast({ text: `${file.name}: ${problem ?? 'the lab is open in Learn'}` });
      }
      return rest;
    },
    [session, toast],
  );
}
