import { useEffect, useState } from 'react';
import type { Language } from '../../code/languages.ts';
import type { Tree } from '../../code/parse.ts';
import { reflow } from '../../code/reflow.ts';

/** Longer texts have no colours and are not laid out anew: 2 MB parse in about half a second of slices. */
export const MOST_PARSED = 2 * 1024 * 1024;

export function useCodeTree(text: string, language: Language | undefined): Tree | undefined {
  const [held, setHeld] = useState<{ readonly text: string; readonly tree: Tree }>();
  useEffect(() => {
    if (language === undefined || text.length > MOST_PARSED) return;
    const abort = new AbortController();
    // The languages are a third of the page's code: they come with the first text that needs one.
    const show = async ({ parseInSlices }: typeof import('../../code/parse.ts')) => {
      const tree = await parseInSlices(text, language, abort.signal);
      if (tree !== undefined && !abort.signal.aborted) setHeld({ text, tree });
    };
    // Where the program that has them has ended, the text stays as it came.
    void import('../../code/parse.ts').then(show, () => undefined);
    return () => abort.abort();
  }, [text, language]);
  return held?.text === text ? held.tree : undefined;
}

/** The text with line breaks and indents of its own; undefined while it is made, and where it is too long. */
export function useReflowed(text: string, language: Language | undefined): string | undefined {
  const tree = useCodeTree(text, language);
  const [held, setHeld] = useState<{ readonly tree: Tree; readonly text: string }>();
  useEffect(() => {
    if (tree !== undefined && language !== undefined) setHeld({ tree, text: reflow(text, tree, language) });
  }, [text, tree, language]);
  return held !== undefined && held.tree === tree ? held.text : undefined;
}
