/** Changes to a filter text that leave the rest of it as it was typed. */
import { parseFilter } from './parser.ts';
import { inBrackets, printFilter } from './printer.ts';
import { tokenize } from './tokens.ts';

/** The filter that also asks for a term. What asked for the contrary goes; a term that stands already stays. */
export function withTerm(text: string, term: string): string {
  const { expr } = parseFilter(text);
  const added = parseFilter(term).expr;
  if (expr === undefined || added === undefined) return term;
  const parts = expr.kind === 'and' ? expr.parts : [expr];
  const wanted = printFilter(added);
  const contrary = printFilter(added.kind === 'not' ? added.of : { ...added, kind: 'not', of: added });
  if (parts.some((part) => printFilter(part) === wanted)) return text;
  const kept = parts.filter((part) => printFilter(part) !== contrary);
  if (kept.length < parts.length) {
    const rest = kept.length === 0 ? '' : printFilter({ ...expr, kind: 'and', parts: kept });
    return `${rest} ${term}`.trim();
  }
  const whole = isOpenEnded(text) ? printFilter(expr) : text.trim();
  return expr.kind === 'or' ? `${inBrackets(whole)} ${term}` : `${whole} ${term}`;
}

/** Whether its last quote is not closed, so that what is put after it would fall into the phrase. */
function isOpenEnded(text: string): boolean {
  return tokenize(`${text} x`).at(-1)?.text !== 'x';
}
