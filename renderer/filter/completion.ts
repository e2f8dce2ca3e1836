/** What could stand where the caret is, and what it would replace. */
import type { Place } from './ast.ts';
import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  type FieldType,
  fieldNamed,
  fieldOf,
  IS_WORDS,
  type IsWord,
  NAMED_FIELDS,
} from './fields.ts';
import { keyed } from './printer.ts';
import { tokenize } from './tokens.ts';

/** The piece under the caret: its place in the text, and what of it was typed before the caret. */
export type Wanted = Place & { readonly typed: string } & (
    | { readonly want: 'term' }
    | { readonly want: 'value'; readonly field: FieldName; readonly key: string }
  );

export interface Completion {
  /** What takes the place of the piece. */
  readonly text: string;
  readonly label: string;
  readonly says: string;
  /** How many rows have it; undefined for what is not counted. */
  readonly count?: number;
  /** The bytes of messages have to be read for it. */
  readonly isSlow?: boolean;
  /** What goes on after it is chosen: a field wants its value. */
  readonly more: boolean;
}

/** A value seen in the capture. */
export interface SeenValue {
  readonly value: string;
  readonly count: number;
}

/** Undefined where nothing can be completed: in a phrase, after a whole expression. */
export function wantedAt(text: string, caret: number): Wanted | undefined {
  const tokens = tokenize(text);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'operator' && token.end === caret && tokens[index + 1]?.start !== caret) {
      return wantedValue(text, tokens[index - 1]!.text, token.text, { start: caret, end: caret }, '');
    }
    if (caret <= token.start || caret > token.end) continue;
    const before = tokens[index - 1];
    if (before?.kind === 'operator' && before.end === token.start) {
      const typed = text.slice(token.start, caret).replace(/^"/, '');
      return wantedValue(text, tokens[index - 2]!.text, before.text, token, typed);
    }
    const { start, end, kind } = token;
    if (kind === 'word' || kind === 'field')
      return { want: 'term', start, end, typed: text.slice(start, caret) };
    if (kind !== 'not' && kind !== 'open') return undefined;
  }
  const isFree = caret === 0 || /[\s(!-]$/.test(text.slice(0, caret));
  return isFree ? { want: 'term', start: caret, end: caret, typed: '' } : undefined;
}

function wantedValue(
  text: string,
  name: string,
  operator: string,
  at: Place,
  typed: string,
): Wanted | undefined {
  const field = fieldNamed(name.split('.')[0]!);
  if (field === undefined || operator === '~') return undefined;
  const from = at.start - operator.length - name.length;
  return { want: 'value', field, key: text.slice(from, at.start), typed, start: at.start, end: at.end };
}

/** Fields, operators and the words of `is:` that go on from what was typed; those that begin with it come first. */
export function termCompletions(typed: string): Completion[] {
  const word = typed.toLowerCase();
  const exact = fieldNamed(word);
  const operators = exact === undefined ? [] : operatorCompletions(exact);
  const fields = byPrefix(FIELD_NAMES, word, (name) => [name, ...FIELDS[name].aliases])
    .filter((name) => name !== exact)
    .map(fieldCompletion);
  const words = word.length < 2 ? [] : byPrefix(Object.keys(IS_WORDS) as IsWord[], word).map(isCompletion);
  return [...operators, ...fields, ...words];
}

/** Values of a field: those of its own list, and those seen, which come in their order. */
export function valueCompletions(
  wanted: Wanted & { want: 'value' },
  seen: readonly SeenValue[],
): Completion[] {
  const { field, key, typed } = wanted;
  if (field === 'is')
    return byPrefix(Object.keys(IS_WORDS) as IsWord[], typed).map((word) => ({
      ...isCompletion(word),
      text: word,
      label: word,
    }));
  return seen.map(({ value, count }) => ({
    text: keyed(key, value).slice(key.length),
    label: value,
    says: '',
    count,
    more: false,
  }));
}

function fieldCompletion(name: FieldName): Completion {
  const { says, type, reads } = fieldOf(name);
  const operator = type === 'size' || type === 'duration' || type === 'clock' ? '>' : ':';
  return {
    text: `${name}${operator}`,
    label: `${name}${operator}`,
    says,
    isSlow: reads !== undefined,
    more: true,
  };
}

function isCompletion(word: IsWord): Completion {
  return { text: `is:${word}`, label: `is:${word}`, says: IS_WORDS[word], more: false };
}

const TEXT_OPERATORS = [
  [':', 'holds it'],
  ['=', 'is just it'],
  ['!=', 'is something else'],
  ['~', 'matches an expression'],
] as const;
const NUMBER_OPERATORS = [
  [':', 'is it, or lies in a range'],
  ['>', 'is more'],
  ['<', 'is less'],
  ['>=', 'is as much or more'],
  ['<=', 'is as much or less'],
  ['!=', 'is something else'],
] as const;

const OPERATORS: Readonly<Partial<Record<FieldType, readonly (readonly [string, string])[]>>> = {
  text: TEXT_OPERATORS,
  bytes: TEXT_OPERATORS.filter(([operator]) => operator === ':' || operator === '~'),
};

function operatorCompletions(name: FieldName): Completion[] {
  const { type, says } = fieldOf(name);
  if (type === 'words') return [{ text: `${name}:`, label: `${name}:`, says, more: true }];
  const operators = OPERATORS[type] ?? NUMBER_OPERATORS;
  const dotted = NAMED_FIELDS.includes(name)
    ? [{ text: `${name}.`, label: `${name}.`, says: 'one field by its name', more: true }]
    : [];
  return [
    ...operators.map(([operator, meaning]) => ({
      text: `${name}${operator}`,
      label: `${name}${operator}`,
      says: operator === ':' ? says : meaning,
      more: true,
    })),
    ...dotted,
  ];
}

/** Names that begin with a text, then those one of whose other names does, then those that hold it. */
function byPrefix<T extends string>(
  names: readonly T[],
  text: string,
  spellings: (name: T) => readonly string[] = (name) => [name],
): T[] {
  const typed = text.toLowerCase();
  const rank = (name: T) => {
    if (name.startsWith(typed)) return 0;
    if (spellings(name).some((each) => each.startsWith(typed))) return 1;
    return typed.length > 2 && name.includes(typed) ? 2 : 3;
  };
  return names
    .map((name) => ({ name, rank: rank(name) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}
