/** The text in runs of one ink each, spaces included: the runs put together are the text. */
import type { Place } from './ast.ts';
import { type TokenKind, tokenize } from './tokens.ts';

export interface InkRun extends Place {
  readonly text: string;
  readonly ink: TokenKind | 'space';
  readonly wrong: boolean;
}

export function inkRuns(text: string, wrong: Place | undefined): InkRun[] {
  const runs: InkRun[] = [];
  let at = 0;
  const push = (end: number, ink: InkRun['ink']) => {
    if (end === at) return;
    const isWrong = wrong !== undefined && at < wrong.end && end > wrong.start && ink !== 'space';
    runs.push({ start: at, end, text: text.slice(at, end), ink, wrong: isWrong });
    at = end;
  };
  for (const token of tokenize(text)) {
    push(token.start, 'space');
    push(token.end, token.kind);
  }
  push(text.length, 'space');
  return runs;
}
