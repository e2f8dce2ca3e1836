/** The canonical text of a filter: read again, it means the same. */
import type { Expr, Term, Test } from './ast.ts';
import { fieldOf } from './fields.ts';
import { writeQuantity } from './quantities.ts';
import { tokenize } from './tokens.ts';

export function printFilter(expr: Expr | undefined): string {
  return expr === undefined ? '' : print(expr);
}

function print(expr: Expr): string {
  switch (expr.kind) {
    case 'term':
      return printTerm(expr);
    case 'not':
      return `-${bracketed(expr.of)}`;
    case 'and':
      return expr.parts.map((part) => (part.kind === 'or' ? bracketed(part) : print(part))).join(' ');
    case 'or':
      return expr.parts.map(print).join(' or ');
  }
}

function bracketed(expr: Expr): string {
  return expr.kind === 'and' || expr.kind === 'or' ? inBrackets(print(expr)) : print(expr);
}

/** A word with an open bracket of its own would take the closing one, were there no space before it. */
export function inBrackets(text: string): string {
  return tokenize(`(${text})`).at(-1)?.kind === 'close' ? `(${text})` : `(${text} )`;
}

export function printTerm({ field, name, test }: Pick<Term, 'field' | 'name' | 'test'>): string {
  if (field === 'any') {
    if (test.kind === 'matches') return `/${test.source}/${test.flags}`;
    return test.kind === 'contains' ? keyed('', test.text, test.glob) : '';
  }
  const key = name === undefined ? field : `${field}.${name}`;
  const { type } = fieldOf(field);
  switch (test.kind) {
    case 'contains':
      return keyed(`${key}:`, test.text, test.glob);
    case 'equals':
      return keyed(`${key}=`, test.text, test.glob);
    case 'matches':
      return `${key}~/${test.source}/${test.flags}`;
    case 'compare': {
      const value = writeQuantity(type, test.value);
      return `${key}${test.compare === '=' ? ':' : test.compare}${value}`;
    }
    case 'between':
      return `${key}:${between(type, test)}`;
    case 'bytes':
      return `${key}:${test.hex}`;
    case 'word':
      return `${key}:${test.word}`;
  }
}

/** A key with its value, in quotes only where the bare text would be read as something else. */
export function keyed(key: string, text: string, glob = false): string {
  const tokens = tokenize(key + text);
  const last = tokens.at(-1);
  const isWord = last?.kind === 'word' && last.text === text && tokens.length === (key === '' ? 1 : 3);
  if (isWord && text.includes('*') === glob) return key + text;
  return `${key}"${text.replace(/["\\]/g, '\\$&')}"`;
}

function between(type: Parameters<typeof writeQuantity>[0], test: Extract<Test, { kind: 'between' }>) {
  const { from, to } = test;
  if (type === 'status' && from % 100 === 0 && to === from + 99) return `${from / 100}xx`;
  return `${writeQuantity(type, from)}..${writeQuantity(type, to)}`;
}
