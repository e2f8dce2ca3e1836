/**
 * The language of the filter box. Words are joined by "and"; `-` before a word negates it; quotes hold spaces.
 *
 *     api                 path or method contains it, or it is the status (`404`, `4xx`)
 *     -font  -"a b"       must not match
 *     method:put  path:/api  status:4xx  type:css  type:image/png  conn:23  server:www
 *     status>=400  size>10k  time>200ms
 *     is:pending  is:open  is:complete  is:aborted  is:malformed  is:error
 *
 * Text that looks like a key but is none, or has a value that the key cannot have, is a word: paths hold colons.
 */
export type Comparison = '=' | '<' | '<=' | '>' | '>=';

export type Term = { readonly negated: boolean } & (
  | { readonly key: 'word' | 'method' | 'path' | 'type' | 'server'; readonly text: string }
  | {
      readonly key: 'status' | 'conn' | 'size' | 'time';
      readonly compare: Comparison;
      readonly value: number;
    }
  | { readonly key: 'status-class'; readonly value: number }
  | { readonly key: 'is'; readonly text: IsWord }
);

export const IS_WORDS = ['pending', 'open', 'complete', 'aborted', 'malformed', 'error'] as const;
export type IsWord = (typeof IS_WORDS)[number];

/** Reads a filter text; every text has a meaning. Texts of terms are in lower case. */
export function parseFilter(text: string): Term[] {
  return [...text.toLowerCase().matchAll(TOKEN)].map(([token]) => {
    const negated = token.length > 1 && token.startsWith('-');
    const body = negated ? token.slice(1) : token;
    return { negated, ...(parseKeyed(body) ?? { key: 'word', text: unquoted(body) }) };
  });
}

/** A run of non-spaces in which quoted parts may hold spaces; an open quote runs to the end. */
const TOKEN = /(?:"[^"]*(?:"|$)|[^\s"])+/g;
const KEYED = /^([a-z]+)(:|<=?|>=?|=)(.+)$/;

type Meaning = Term extends infer T ? (T extends Term ? Omit<T, 'negated'> : never) : never;

function parseKeyed(body: string): Meaning | undefined {
  const match = KEYED.exec(body);
  if (match === null) return undefined;
  const [, key = '', operator = ':', quoted = ''] = match;
  const text = unquoted(quoted);
  const compare = operator === ':' ? '=' : (operator as Comparison);
  switch (key) {
    case 'method':
    case 'path':
    case 'type':
    case 'server':
      return compare === '=' ? { key, text } : undefined;
    case 'is':
      return IS_WORDS.includes(text as IsWord) ? { key, text: text as IsWord } : undefined;
    case 'status':
      if (compare === '=' && /^[1-5]xx$/.test(text)) return { key: 'status-class', value: Number(text[0]) };
      return /^\d{3}$/.test(text) ? { key, compare, value: Number(text) } : undefined;
    case 'conn':
      return /^c?\d+$/.test(text) ? { key, compare, value: Number(text.replace('c', '')) } : undefined;
    case 'size':
      return measured(key, compare, text, SIZE_UNITS);
    case 'time':
      return measured(key, compare, text, TIME_UNITS);
    default:
      return undefined;
  }
}

const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
};
/** To microseconds; a bare number is milliseconds, as in the Time column. */
const TIME_UNITS: Readonly<Record<string, number>> = {
  '': 1e3,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1e3,
  s: 1e6,
  min: 60e6,
};

function measured(
  key: 'size' | 'time',
  compare: Comparison,
  text: string,
  units: Readonly<Record<string, number>>,
): Meaning | undefined {
  const match = /^(\d+(?:\.\d+)?)([a-zµμ]*)$/.exec(text);
  const unit = match === null ? undefined : units[match[2] ?? ''];
  return match === null || unit === undefined ? undefined : { key, compare, value: Number(match[1]) * unit };
}

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}
