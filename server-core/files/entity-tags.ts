/** Entity tags, RFC 9110 §8.8.3, with their quotes and `W/` as they stand in fields. */

export type TagComparison = (a: string, b: string) => boolean;

/** §8.8.3.2: the same tag, and neither is weak. */
export function strongMatch(a: string, b: string): boolean {
  return a === b && !a.startsWith('W/');
}

/** §8.8.3.2: the same tag, weak or not. */
export function weakMatch(a: string, b: string): boolean {
  return opaque(a) === opaque(b);
}

function opaque(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}

/** Next member of a list: an entity-tag, after any empty members. `etagc` takes a comma but no quote. */
const NEXT_TAG = /[\t ,]*((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[\t ]*(?=,|$)/y;

/** Whether `"a", W/"b"` or `*` has the tag. Reading stops at the first member that is not an entity-tag. */
export function listsTag(list: string, tag: string, same: TagComparison): boolean {
  if (list === '*') return true;
  NEXT_TAG.lastIndex = 0;
  for (let next = NEXT_TAG.exec(list); next; next = NEXT_TAG.exec(list)) {
    if (same(next[1]!, tag)) {
      NEXT_TAG.lastIndex = 0;
      return true;
    }
  }
  return false;
}
