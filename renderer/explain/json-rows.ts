/**
 * JSON as lines that fold, RFC 8259. It reads the text itself: numbers keep all their digits, names that stand
 * twice are shown twice, and a text that is cut off or wrong is shown up to there.
 */
export interface JsonRow {
  readonly depth: number;
  /** Name of the member or index of the element; undefined for the whole. */
  readonly key: string | number | undefined;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  /** As written, quotes included; of objects and arrays ''. */
  readonly text: string;
  /** Of an object or array: how many members it has, and the index of the first row after them. */
  count: number;
  after: number;
}

export interface JsonOutline {
  readonly rows: readonly JsonRow[];
  /** One sentence with its place, when not all could be read. */
  readonly problem: string | undefined;
}

/** As many values as are listed. */
export const MOST_ROWS = 500_000;
/** Deeper nesting is not read: RFC 8259 §9 lets parsers set one, and this one of ours is far above what is in use. */
const MOST_DEPTH = 512;

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

class Wrong extends Error {}

export function jsonOutline(text: string): JsonOutline {
  const rows: JsonRow[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const wrong = (expected: string): never => {
    if (at >= text.length) throw new Wrong(`The text ends where ${expected} should be`);
    throw new Wrong(`Expected ${expected} ${placeIn(text, at)}`);
  };
  const value = (depth: number, key: JsonRow['key']): void => {
    if (rows.length >= MOST_ROWS) throw new Wrong(`Only the first ${MOST_ROWS} values are listed`);
    take(SPACE);
    const sign = text[at];
    if (sign === '{' || sign === '[') return nested(depth, key, sign);
    const string = sign === '"' ? take(STRING) : undefined;
    const number = string ?? take(NUMBER);
    const found = number ?? take(WORD) ?? wrong('a value');
    const kind = string !== undefined ? 'string' : number !== undefined ? 'number' : 'word';
    rows.push({ depth, key, kind, text: found, count: 0, after: rows.length + 1 });
  };
  const nested = (depth: number, key: JsonRow['key'], sign: '{' | '['): void => {
    if (depth >= MOST_DEPTH) throw new Wrong(`Nested deeper than ${MOST_DEPTH} levels ${placeIn(text, at)}`);
    const isObject = sign === '{';
    const close = isObject ? '}' : ']';
    const row: JsonRow = { depth, key, kind: isObject ? 'object' : 'array', text: '', count: 0, after: 0 };
    rows.push(row);
    at++;
    try {
      take(SPACE);
      while (text[at] !== close) {
        if (row.count > 0) {
          if (text[at] !== ',') wrong(`a comma or ${close}`);
          at++;
          take(SPACE);
        }
        let name: JsonRow['key'] = row.count;
        if (isObject) {
          name = unescaped(take(STRING) ?? wrong('a name in quotes'));
          take(SPACE);
          if (text[at] !== ':') wrong('a colon');
          at++;
        }
        const before = rows.length;
        try {
          value(depth + 1, name);
        } finally {
          if (rows.length > before) row.count++;
        }
        take(SPACE);
      }
      at++;
    } finally {
      row.after = rows.length;
    }
  };

  try {
    value(0, undefined);
    take(SPACE);
    if (at < text.length) wrong('the end');
    return { rows, problem: undefined };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { rows, problem: error.message };
  }
}

/** As the lines of the text view are numbered. */
function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `in line ${lines.length} at column ${lines.at(-1)!.length + 1}`;
}

/** The path of a row as JavaScript reaches it: `$.list[3]["odd name"]`. */
export function jsonPath(rows: readonly JsonRow[], index: number): string {
  const steps: string[] = [];
  for (let i = index, depth = Number.POSITIVE_INFINITY; i >= 0; i--) {
    const row = rows[i]!;
    if (row.depth >= depth) continue;
    depth = row.depth;
    if (row.key !== undefined) steps.push(stepOf(row.key));
  }
  return `$${steps.reverse().join('')}`;
}

function stepOf(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Indexes of the rows that are seen when some are folded. */
export function unfoldedRows(rows: readonly JsonRow[], folded: ReadonlySet<number>): Uint32Array {
  const seen = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i = folded.has(i) ? rows[i]!.after : i + 1) seen[count++] = i;
  return seen.subarray(0, count);
}

function unescaped(quoted: string): string {
  return JSON.parse(quoted) as string;
}

/** Indexes of the rows whose name or value holds some words, without regard to case. */
export function foundRows(rows: readonly JsonRow[], words: string): number[] {
  if (words === '') return [];
  const wanted = words.toLowerCase();
  const found: number[] = [];
  for (const [index, { key, text }] of rows.entries()) {
    const isNamed = typeof key === 'string' && key.toLowerCase().includes(wanted);
    if (isNamed || text.toLowerCase().includes(wanted)) found.push(index);
  }
  return found;
}

/** Indexes of the objects and arrays that a row lies in, the innermost first. */
export function rowsAround(rows: readonly JsonRow[], index: number): number[] {
  const around: number[] = [];
  let depth = rows[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    if (rows[at]!.depth >= depth) continue;
    depth = rows[at]!.depth;
    around.push(at);
  }
  return around;
}
