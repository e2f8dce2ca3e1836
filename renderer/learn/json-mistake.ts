/**
 * Where a text stops being JSON (RFC 8259). JSON.parse says so in words only, and in others in each browser; whoever
 * writes a file by hand needs the place.
 */

const SPACE = /[\t\n\r ]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Offset of the first sign that cannot stand where it does, the text's length where it ends too early; undefined where it is right. */
export function mistakeOf(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let at = skip(SPACE, text, 0);
  /** What may come: a value, a member's name, what follows a value; a closing bracket where `mayClose`. */
  let wanted: 'value' | 'name' | 'next' = 'value';
  let mayClose = false;
  for (;;) {
    const sign = text[at];
    if (wanted === 'next') {
      const inner = open.at(-1);
      if (inner === undefined) return at === text.length ? undefined : at;
      if (sign === ',') {
        wanted = inner === '{' ? 'name' : 'value';
        mayClose = false;
      } else if (sign === CLOSING[inner]) open.pop();
      else return at;
      at++;
    } else if (mayClose && sign === CLOSING[open.at(-1)!]) {
      open.pop();
      wanted = 'next';
      at++;
    } else if (wanted === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      wanted = sign === '{' ? 'name' : 'value';
      mayClose = true;
      at++;
    } else {
      const end = skip(SCALAR, text, at);
      if (end === at || (wanted === 'name' && sign !== '"')) return at;
      at = end;
      mayClose = false;
      if (wanted === 'name') {
        at = skip(SPACE, text, at);
        if (text[at] !== ':') return at;
        at++;
        wanted = 'value';
      } else wanted = 'next';
    }
    at = skip(SPACE, text, at);
  }
}

const CLOSING = { '{': '}', '[': ']' } as const;

/** One past what matches at a place; the place itself where nothing does. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
