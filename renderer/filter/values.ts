/** A value as its field reads it: `4xx`, `200..299`, `10kB`, `*.png`, one of a list. */
import type { Compare, Test } from './ast.ts';
import { type Field, type FieldName, fieldOf, IS_WORDS, isWordOf } from './fields.ts';
import { nearName } from './near-name.ts';
import { DAY_MICROS, isDated, readQuantity } from './quantities.ts';
import type { Token } from './tokens.ts';

export type Operator = ':' | '=' | '==' | '!=' | '~' | '<' | '<=' | '>' | '>=';

/** A test, or why there is none. */
export type Reading =
  | { readonly test: Test }
  | { readonly message: string; readonly fix?: string; readonly incomplete?: boolean };

export function readValue(name: FieldName, operator: Operator, value: Token): Reading {
  const field = fieldOf(name);
  if (field.type === 'words') return readWord(name, operator, value);
  if (field.type === 'bytes') return readBytes(name, operator, value);
  if (field.type !== 'text') return readNumber(name, field, operator, value);
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return { message: `\`${name}\` is a text, which is neither more nor less than another` };
  }
  if (operator === '~') return readPattern(value);
  return { test: textTest(value, operator === ':' ? 'contains' : 'equals') };
}

/** In a word `*` stands for any run of signs; in quotes everything is meant as it stands. */
export function textTest({ kind, text }: Token, how: 'contains' | 'equals'): Test {
  return { kind: how, text, glob: kind === 'word' && text.includes('*') };
}

/** A pattern without slashes minds no case, as in mitmproxy; one in slashes says itself what it minds. */
export function readPattern({ kind, text, flags }: Token): Reading {
  const source = text === '' ? '(?:)' : slashed(text);
  try {
    new RegExp(source);
  } catch (problem) {
    const why = problem instanceof Error ? problem.message.split(': ').at(-1)!.toLowerCase() : '';
    return { message: `\`${text}\` is no regular expression: ${why}`, incomplete: true };
  }
  return { test: { kind: 'matches', source, flags: kind === 'regex' ? (flags ?? '') : 'i' } };
}

/** The same expression as it can stand between slashes, where spaces would end it. */
function slashed(source: string): string {
  return source.replace(/\\?\s|\\.|\//g, (piece) => {
    if (piece === '/') return '\\/';
    const space = piece.at(-1)!;
    return /\s/.test(space) ? `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}` : piece;
  });
}

/** Hex in pairs, between slashes or not; after `~` an expression, in which `\xff` is a byte. */
function readBytes(name: FieldName, operator: Operator, value: Token): Reading {
  if (operator === '~') return readPattern(value);
  const hex = value.text.replace(/^\/|\/$|\s/g, '').toLowerCase();
  if (operator !== ':' && operator !== '=' && operator !== '!=') {
    return { message: `\`${name}\` takes hex after a colon, as in \`${fieldOf(name).example}\`` };
  }
  if (/^(?:[0-9a-f]{2})+$/.test(hex)) return { test: { kind: 'bytes', hex } };
  return {
    message: `\`${value.text}\` is no hex: two digits make a byte, as in \`${fieldOf(name).example}\``,
    incomplete: /^[0-9a-f]*$/.test(hex),
  };
}

function readWord(name: FieldName, operator: Operator, { text }: Token): Reading {
  if (operator !== ':' && operator !== '=' && operator !== '==' && operator !== '!=') {
    return { message: `\`${name}\` takes a word after a colon, such as \`${fieldOf(name).example}\`` };
  }
  const word = isWordOf(text);
  if (word !== undefined) return { test: { kind: 'word', word } };
  const words = Object.keys(IS_WORDS);
  const near = nearName(text, words);
  return {
    message: `\`${name}:${text}\` is not known${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    incomplete: words.some((each) => each.startsWith(text.toLowerCase())),
    ...(near !== undefined && { fix: near }),
  };
}

const WITHIN = /^(.*?)\.\.(.*)$/;
const COMPARED = /^(<=?|>=?|=)(.+)$/;

function readNumber(name: FieldName, field: Field, operator: Operator, { text }: Token): Reading {
  const wrong: Reading = {
    message: `\`${text}\` is no ${NOUN[field.type]}; write it as in \`${field.example}\``,
    incomplete: /^(?:\d+\.\.?|[<>]=?|c|#|[\d:]+\.?|\d{4}-[\d-]*(?:T[\d:]*\.?)?)$/i.test(text),
  };
  if (operator === '~') return { message: `\`${name}\` is a number: no expression matches it` };
  const isPlain = operator === ':' || operator === '=' || operator === '==' || operator === '!=';
  const compared = operator === ':' ? COMPARED.exec(text) : null;
  if (compared) return compare(field, compared[1] as Compare, compared[2]!) ?? wrong;
  if (!isPlain) return compare(field, operator, text) ?? wrong;
  const [, from = '', to = ''] = WITHIN.exec(text) ?? [];
  if (from !== '' && to !== '') {
    const [low, high] = [readQuantity(field.type, from), readQuantity(field.type, lastOf(field, to))];
    if (low === undefined || high === undefined) return wrong;
    if (field.type === 'clock' && isDated(low) !== isDated(high))
      return { message: `Both ends of \`${text}\` need a date, or neither` };
    if (low > high) return { message: `Nothing lies in \`${text}\`: its end is before its start` };
    return { test: { kind: 'between', from: low, to: high } };
  }
  if (from !== '') return compare(field, '>=', from) ?? wrong;
  if (to !== '') return compare(field, '<=', lastOf(field, to)) ?? wrong;
  const all = field.type === 'status' ? statusClass(text) : undefined;
  if (all) return { test: all };
  return compare(field, '=', text) ?? wrong;
}

const NOUN: Readonly<Record<Field['type'], string>> = {
  text: 'text',
  words: 'word',
  status: 'status',
  number: 'number',
  size: 'size',
  duration: 'length of time',
  clock: 'time of day, nor a date',
  bytes: 'hex',
};

function compare(field: Field, how: Compare, text: string): Reading | undefined {
  const value = readQuantity(field.type, text);
  if (value === undefined) return undefined;
  if (field.type === 'clock' && how === '=') return { test: clockSpan(text, value) };
  return { test: { kind: 'compare', compare: how, value } };
}

/** A date at which a span ends is in it. */
function lastOf({ type }: Field, text: string): string {
  return type === 'clock' && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59.999999` : text;
}

/** `14:02` is all of that minute, `14:02:30` all of that second, `2026-03-28` all of that day. */
function clockSpan(text: string, from: number): Test {
  const [, minute, second, fraction = ''] = /(\d+:\d+)(:\d+)?(?:\.(\d+))?$/.exec(text) ?? [];
  const ofMinute = second === undefined ? 60e6 : 10 ** (6 - fraction.length);
  const length = minute === undefined ? DAY_MICROS : ofMinute;
  return { kind: 'between', from, to: from + length - 1 };
}

/** `4xx`, `40x`, `4*`: all statuses that begin so. */
function statusClass(text: string): Test | undefined {
  const digits = /^([1-9]\d?)(?:x{1,2}|\*)$/i.exec(text)?.[1];
  if (digits === undefined || (!text.endsWith('*') && text.length !== 3)) return undefined;
  const by = 10 ** (3 - digits.length);
  const from = Number(digits) * by;
  return { kind: 'between', from, to: from + by - 1 };
}
