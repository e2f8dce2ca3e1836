/**
 * A filter text in pieces. Every text has pieces; whether they make sense is the parser's to say.
 *
 *     -status>=400 (path:"a b" or /\.png$/i) ~m post
 *     │└field │└word │   │    └phrase  │          │
 *     not    operator open         regex          alias
 */
import type { Place } from './ast.ts';
import { COMPARING, fieldNamed, KNOWN_NAMES, NAMED_FIELDS } from './fields.ts';
import { nearName } from './near-name.ts';

export type TokenKind =
  | 'open'
  | 'close'
  | 'not'
  | 'and'
  | 'or'
  /** A tilde and letters, as mitmproxy spells its filters. */
  | 'alias'
  | 'field'
  | 'operator'
  | 'word'
  | 'phrase'
  | 'regex';

export interface Token extends Place {
  readonly kind: TokenKind;
  /** As meant: a phrase without its quotes, a regular expression without slashes and flags. */
  readonly text: string;
  /** Of a regular expression. */
  readonly flags?: '' | 'i';
}

const JOINS: ReadonlyMap<string, TokenKind> = new Map([
  ['and', 'and'],
  ['&', 'and'],
  ['&&', 'and'],
  ['or', 'or'],
  ['|', 'or'],
  ['||', 'or'],
  ['not', 'not'],
]);

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (kind: TokenKind, end: number, meant = text.slice(at, end)) => {
    tokens.push({ kind, start: at, end, text: meant });
    at = end;
  };
  while (at < text.length) {
    const sign = text[at]!;
    if (isSpace(sign)) at++;
    else if (sign === '(') take('open', at + 1);
    else if (sign === ')') take('close', at + 1);
    else if (sign === '-' || sign === '!') take('not', at + 1);
    else if (sign === '"') at = pushed(tokens, phraseAt(text, at));
    else {
      const regex = regexAt(text, at);
      const alias = /^~[a-z]+(?=$|[\s()])/i.exec(text.slice(at));
      const key = regex || alias ? undefined : keyAt(text, at);
      if (regex) at = pushed(tokens, regex);
      else if (alias) take('alias', at + alias[0].length, alias[0].slice(1).toLowerCase());
      else if (key) {
        take('field', at + key.name.length);
        take('operator', at + key.operator.length);
        const value = valueAt(text, at, key.operator);
        if (value) at = pushed(tokens, value);
      } else {
        const end = wordEnd(text, at);
        take(JOINS.get(text.slice(at, end).toLowerCase()) ?? 'word', end);
      }
    }
  }
  return tokens;
}

/** The value that stands right after an operator; undefined when nothing does. */
function valueAt(text: string, at: number, operator: string): Token | undefined {
  if (text[at] === '"') return phraseAt(text, at);
  // After `:` a text in slashes is a path: only `~` asks for an expression.
  const regex = operator === '~' ? regexAt(text, at) : undefined;
  if (regex) return regex;
  const end = wordEnd(text, at);
  return end === at ? undefined : { kind: 'word', start: at, end, text: text.slice(at, end) };
}

const KEY = /^([a-z][a-z0-9-]*(?:\.[a-z0-9!#$%&'*+^_`|-]*)?)(:|!=|<=?|>=?|==?|~)/i;

/**
 * A field with its operator. An unknown name before a colon is taken for a field, so that a slip is told; before
 * another operator only when it is like one, since `v=2` is found in many targets.
 */
function keyAt(text: string, at: number): { name: string; operator: string } | undefined {
  const [, name = '', operator = ''] = KEY.exec(text.slice(at)) ?? [];
  if (name === '') return undefined;
  const key = { name, operator };
  if (isKnown(name)) return key;
  if (operator === ':') return text.startsWith('//', at + name.length + 1) ? undefined : key;
  return nearName(name, KNOWN_NAMES) === undefined ? undefined : key;
}

function isKnown(name: string): boolean {
  const dot = name.indexOf('.');
  if (dot < 0) return fieldNamed(name) !== undefined || Object.hasOwn(COMPARING, name.toLowerCase());
  const field = fieldNamed(name.slice(0, dot));
  return field !== undefined && NAMED_FIELDS.includes(field);
}

/** To the next space, or the bracket that the word did not open: file names hold brackets. */
function wordEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const sign = text[at]!;
    if (isSpace(sign)) break;
    if (sign === '(') depth++;
    if (sign === ')' && depth-- === 0) break;
  }
  return at;
}

/** An open quote runs to the end, so that a phrase finds while it is typed. */
function phraseAt(text: string, start: number): Token {
  let meant = '';
  let at = start + 1;
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at++;
    meant += text[at];
  }
  return { kind: 'phrase', start, end: Math.min(at + 1, text.length), text: meant };
}

/** `/…/` or `/…/i` up to a space, a bracket or the end; anything else that starts with a slash is a path. */
function regexAt(text: string, start: number): Token | undefined {
  if (text[start] !== '/') return undefined;
  let inClass = false;
  let at = start + 1;
  for (; at < text.length; at++) {
    const sign = text[at]!;
    if (isSpace(sign)) return undefined;
    if (sign === '\\') at++;
    else if (sign === '[') inClass = true;
    else if (sign === ']') inClass = false;
    else if (sign === '/' && !inClass) break;
  }
  if (at >= text.length || at === start + 1) return undefined;
  const flags = text[at + 1] === 'i' ? 'i' : '';
  const end = at + 1 + flags.length;
  if (end < text.length && !isSpace(text[end]!) && text[end] !== ')') return undefined;
  return { kind: 'regex', start, end, text: text.slice(start + 1, at), flags };
}

function pushed(tokens: Token[], token: Token): number {
  tokens.push(token);
  return token.end;
}

function isSpace(sign: string): boolean {
  return /\s/.test(sign);
}
