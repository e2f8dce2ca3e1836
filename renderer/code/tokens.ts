/** Classes for pieces of text, out of a tree, for the range that is on screen. */
import type { Tree } from '@lezer/common';
import { highlightTree, tags as t, tagHighlighter } from '@lezer/highlight';

const HIGHLIGHTER = tagHighlighter([
  { tag: [t.comment, t.meta, t.processingInstruction, t.documentMeta], class: 'c-comment' },
  {
    tag: [t.keyword, t.modifier, t.operatorKeyword, t.definitionKeyword, t.moduleKeyword],
    class: 'c-keyword',
  },
  { tag: [t.string, t.special(t.string), t.regexp, t.attributeValue, t.character], class: 'c-string' },
  { tag: [t.number, t.bool, t.null, t.unit, t.color, t.atom, t.literal], class: 'c-number' },
  { tag: [t.tagName, t.className, t.typeName, t.labelName], class: 'c-tag' },
  { tag: [t.propertyName, t.attributeName], class: 'c-name' },
  { tag: [t.punctuation, t.bracket, t.angleBracket, t.separator, t.operator], class: 'c-sign' },
]);

export interface CodeToken {
  readonly from: number;
  readonly to: number;
  readonly className: string;
}

/** Ascending and without overlaps; text between them has no class. */
export function tokensIn(tree: Tree, from: number, to: number): CodeToken[] {
  const tokens: CodeToken[] = [];
  highlightTree(
    tree,
    HIGHLIGHTER,
    (start, end, className) => tokens.push({ from: Math.max(start, from), to: Math.min(end, to), className }),
    from,
    to,
  );
  return tokens;
}
