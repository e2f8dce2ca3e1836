/** Where in the text of a JSON document a value stands, so that a mistake in it can be pointed at. */

export interface TextPlace {
  /** Both count from 1; columns in UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
}

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/**
 * Offset of the value at a path, of the last value on the way to it that is there.
 *
 * @param text is read by JSON.parse without a mistake
 */
export function offsetOf(text: string, path: readonly (string | number)[]): number {
  let at = space(text, 0);
  for (const key of path) {
    const next = typeof key === 'number' ? item(text, at, key) : member(text, at, key);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function member(text: string, at: number, name: string): number | undefined {
  if (text[at] !== '{') return undefined;
  for (let next = space(text, at + 1); text[next] === '"'; ) {
    const end = string(text, next);
    const value = space(text, space(text, end) + 1);
    if (JSON.parse(text.slice(next, end)) === name) return value;
    next = following(text, value);
  }
  return undefined;
}

function item(text: string, at: number, index: number): number | undefined {
  if (text[at] !== '[') return undefined;
  let next = space(text, at + 1);
  for (let passed = 0; passed < index && text[next] !== ']'; passed++) next = following(text, next);
  return text[next] === ']' ? undefined : next;
}

/** Where the next member or item begins, or the bracket that closes. */
function following(text: string, value: number): number {
  const end = space(text, endOf(text, value));
  return text[end] === ',' ? space(text, end + 1) : end;
}

function endOf(text: string, at: number): number {
  if (text[at] === '"') return string(text, at);
  if (text[at] !== '{' && text[at] !== '[') {
    let end = at;
    while (end < text.length && !/[\s,\]}]/.test(text[end]!)) end++;
    return end;
  }
  let depth = 0;
  for (let next = at; next < text.length; next++) {
    if (text[next] === '"') next = string(text, next) - 1;
    else if (text[next] === '{' || text[next] === '[') depth++;
    else if ((text[next] === '}' || text[next] === ']') && --depth === 0) return next + 1;
  }
  return text.length;
}

/** One past its closing quote. */
function string(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}

function space(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? '')) next++;
  return next;
}
