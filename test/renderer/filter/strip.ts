import type { Expr } from '../../../renderer/filter/ast.ts';

/** The meaning without its places. */
export function strip(expr: Expr | undefined): unknown {
  if (expr === undefined) return undefined;
  const { start: _start, end: _end, ...rest } = expr;
  if (rest.kind === 'not') return { ...rest, of: strip(rest.of) };
  if (rest.kind === 'and' || rest.kind === 'or') return { ...rest, parts: rest.parts.map(strip) };
  return rest;
}
