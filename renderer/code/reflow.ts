/**
 * Gives a text line breaks and indents by its tree. Only white space between tokens changes: what is inside of a
 * token, a comment or preformatted text stays as it is.
 */
import type { Tree } from '@lezer/common';
import type { Language } from './languages.ts';

const INDENT = '  ';

export function reflow(text: string, tree: Tree, language: Language): string {
  return language === 'html' || language === 'xml'
    ? reflowMarkup(text, tree)
    : reflowBlocks(text, tree, language);
}

interface Token {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** Name of the node that it is a direct child of. */
  readonly parent: string;
}

/** Nodes whose inside is one token: nothing in them may be broken. */
const WHOLE = new Set([
  'String',
  'TemplateString',
  'RegExp',
  'LineComment',
  'BlockComment',
  'Comment',
  'StringLiteral',
  'ParenthesizedContent',
  'JSXText',
]);

function leaves(tree: Tree): Token[] {
  const tokens: Token[] = [];
  tree.iterate({
    enter: (node) => {
      const whole = WHOLE.has(node.name);
      if (!whole && node.node.firstChild !== null) return true;
      if (node.to > node.from) {
        tokens.push({ from: node.from, to: node.to, name: node.name, parent: node.node.parent?.name ?? '' });
      }
      return !whole;
    },
  });
  return tokens;
}

/** A script or a style sheet: a line for each statement and declaration, blocks indented. */
function reflowBlocks(text: string, tree: Tree, language: Language): string {
  const out: string[] = [];
  let depth = 0;
  let parens = 0;
  let at = 0;
  let fresh = true;
  /** Of each open block: whether it has lines of its own, and how many parentheses are open around it. */
  const blocks: { readonly broken: boolean; readonly parens: number }[] = [];
  const newline = () => {
    if (fresh) return;
    out.push('\n');
    fresh = true;
  };
  const write = (piece: string) => {
    if (piece === '') return;
    if (fresh) out.push(INDENT.repeat(Math.max(0, depth)));
    out.push(piece);
    fresh = false;
  };
  for (const { from, to, name, parent } of leaves(tree)) {
    if (from < at) continue;
    const between = text.slice(at, from);
    const value = text.slice(from, to);
    at = to;
    const block = value === '}' ? blocks.pop() : undefined;
    if (block) parens = block.parens;
    if (block?.broken) {
      // Text that the tree has no node for is kept as it is; here and below.
      write(between.trim());
      depth--;
      newline();
    } else if (fresh) {
      write(between.trim());
    } else {
      const kept = between.trim();
      const blank = /\n\s*\n/.test(between);
      if (kept !== '') write(between.replace(/\s+/g, ' '));
      else if (/\n/.test(between) && parens === 0) newline();
      else if (between !== '' && !fresh) out.push(' ');
      if (blank && fresh) out.push('\n');
    }
    if (value === '(' || value === '[') parens++;
    if ((value === ')' || value === ']') && parens > 0) parens--;
    write(value);
    if (value === '{' && name !== 'TemplateString') {
      const inline = /^(?:ImportGroup|ExportGroup|ObjectPattern|Interpolation)$/.test(parent);
      const opens = !inline && !/^\s*\}/.test(text.slice(to, to + 32));
      blocks.push({ broken: opens, parens });
      parens = opens ? 0 : parens;
      if (opens) {
        depth++;
        newline();
      }
    } else if (value === ';' && parens === 0) newline();
    else if (value === ',' && parent === 'ObjectExpression') newline();
    else if (/^(?:LineComment|Comment|BlockComment)$/.test(name) && (name === 'LineComment' || parens === 0))
      newline();
    else if (block?.broken && parens === 0 && (language === 'css' || !followed(text, to))) newline();
  }
  write(text.slice(at).trim());
  return out.join('').trimEnd();
}

/** Whether what comes after a block belongs to its line: `} else {`, `});`, `}, {`. */
function followed(text: string, at: number): boolean {
  return /^\s*(?:[;,).\]:?]|else\b|catch\b|finally\b|while\b|from\b|[=+\-*/&|<>])/.test(
    text.slice(at, at + 32),
  );
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
const KEPT = /^(?:pre|textarea)$/i;

/** A page or document: a line for each tag and each text, children indented. */
function reflowMarkup(text: string, tree: Tree): string {
  const lines: string[] = [];
  let depth = 0;
  const put = (piece: string) => {
    const trimmed = piece.trim();
    if (trimmed !== '') lines.push(INDENT.repeat(Math.max(0, depth)) + trimmed);
  };
  const nameOf = (from: number, to: number) =>
    /^<\/?([^\s/>]+)/.exec(text.slice(from, Math.min(to, from + 64)))?.[1] ?? '';
  let at = 0;
  tree.iterate({
    enter: (node) => {
      const { name, from, to } = node;
      if (name === 'Element') {
        const tag = nameOf(from, to);
        // Short elements that hold only words stay on one line; preformatted ones stay as they are.
        const inner = text.slice(from, to);
        const flat = to - from <= 100 && !/<[a-z][\s\S]*<[a-z]/i.test(inner) && !/\n/.test(inner.trim());
        if (!KEPT.test(tag) && !flat) return true;
        put(text.slice(at, from));
        put(inner);
        at = to;
        return false;
      }
      if (/^(?:OpenTag|StartTag|SelfClosingTag)$/.test(name) && to - from > 1) {
        put(text.slice(at, from));
        put(text.slice(from, to));
        at = to;
        if (name === 'OpenTag' && !VOID.test(nameOf(from, to))) depth++;
        return false;
      }
      if ((name === 'CloseTag' || name === 'MismatchedCloseTag') && to - from > 1) {
        put(text.slice(at, from));
        if (name === 'CloseTag') depth--;
        put(text.slice(from, to));
        at = to;
        return false;
      }
      if (/^(?:Comment|DoctypeDecl|ProcessingInst|Cdata|ScriptText|StyleText|TextareaText)$/.test(name)) {
        put(text.slice(at, from));
        put(text.slice(from, to));
        at = to;
        return false;
      }
      return true;
    },
  });
  put(text.slice(at));
  return lines.join('\n');
}
