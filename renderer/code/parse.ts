/** Parses without holding up the page: a slice of work, then whatever waits, then the next slice. */
import type { Tree } from '@lezer/common';
import { type Language, PARSERS } from './languages.ts';

export type { Tree };

/** Milliseconds of a slice: half of a frame at 60 Hz. */
const SLICE_MS = 8;

/** Resolves to undefined when it was aborted. */
export async function parseInSlices(
  text: string,
  language: Language,
  signal: AbortSignal,
): Promise<Tree | undefined> {
  const parse = PARSERS[language].startParse(text);
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const tree = parse.advance();
      if (tree !== null) return tree;
    } while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return undefined;
  }
}
