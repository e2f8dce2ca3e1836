/**
 * Data that came anew, in which every part that says the same as before is the object that it was before. A message
 * between threads is a copy, and whoever compares by identity would take each copy for a change.
 */
export function withSharedParts<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (!isPlain(before) || !isPlain(now) || Array.isArray(before) !== Array.isArray(now)) return now;
  const old = before as Record<string, unknown>;
  const parts = Object.entries(now);
  let isSame = parts.length === Object.keys(old).length;
  const shared: Record<string, unknown> = Array.isArray(now)
    ? ([] as unknown as Record<string, unknown>)
    : {};
  for (const [key, part] of parts) {
    const kept = withSharedParts(old[key], part);
    if (!Object.hasOwn(old, key) || !Object.is(kept, old[key])) isSame = false;
    shared[key] = kept;
  }
  return (isSame ? before : shared) as T;
}

/** Maps, bytes and their like are compared by identity. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
