/** The tests of a filter's values, apart from where the values come from. */
import type { Test } from '../filter/ast.ts';

/** Texts compare without case. */
export function textTest(test: Test): (text: string) => boolean {
  switch (test.kind) {
    case 'contains':
    case 'equals': {
      if (test.glob) {
        const expression = new RegExp(globSource(test.text, test.kind === 'equals'), 'is');
        return (text) => expression.test(text);
      }
      const wanted = test.text.toLowerCase();
      if (test.kind === 'equals') return (text) => text.toLowerCase() === wanted;
      return (text) => text.toLowerCase().includes(wanted);
    }
    case 'matches': {
      const expression = new RegExp(test.source, test.flags);
      return (text) => expression.test(text);
    }
    default:
      throw new Error(`A ${test.kind} is no test of a text`);
  }
}

/** What is not known is NaN, and passes none. */
export function numberTest(test: Test): (value: number) => boolean {
  if (test.kind === 'between') {
    const { from, to } = test;
    return (value) => value >= from && value <= to;
  }
  if (test.kind !== 'compare') throw new Error(`A ${test.kind} is no test of a number`);
  const { value: limit } = test;
  switch (test.compare) {
    case '=':
      return (value) => value === limit;
    case '<':
      return (value) => value < limit;
    case '<=':
      return (value) => value <= limit;
    case '>':
      return (value) => value > limit;
    case '>=':
      return (value) => value >= limit;
  }
}

function globSource(text: string, whole: boolean): string {
  const source = text
    .split('*')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('.*');
  return whole ? `^${source}$` : source;
}
