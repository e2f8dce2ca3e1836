/** What a key means in the list. `connection` steps among exchanges of the same connection. */
export type ListMove =
  | { readonly kind: 'by'; readonly rows: number }
  | { readonly kind: 'page'; readonly pages: -1 | 1 }
  | { readonly kind: 'first' | 'last' | 'detail' | 'group' | 'all' | 'copy' }
  | { readonly kind: 'pin' | 'mark' | 'note' | 'again' | 'forget' | 'reference' | 'commands' }
  | { readonly kind: 'connection'; readonly step: -1 | 1 };

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const PLAIN: Readonly<Record<string, ListMove>> = {
  ArrowDown: { kind: 'by', rows: 1 },
  ArrowUp: { kind: 'by', rows: -1 },
  j: { kind: 'by', rows: 1 },
  k: { kind: 'by', rows: -1 },
  PageDown: { kind: 'page', pages: 1 },
  ' ': { kind: 'page', pages: 1 },
  PageUp: { kind: 'page', pages: -1 },
  Home: { kind: 'first' },
  End: { kind: 'last' },
  Enter: { kind: 'detail' },
  ArrowRight: { kind: 'detail' },
  ArrowLeft: { kind: 'group' },
  s: { kind: 'pin' },
  m: { kind: 'mark' },
  n: { kind: 'note' },
  r: { kind: 'again' },
  d: { kind: 'forget' },
  t: { kind: 'reference' },
};

/** Where the browser keeps one of them for itself, the letter alone does the same, or a menu. */
const WITH_CTRL: Readonly<Record<string, ListMove>> = {
  a: { kind: 'all' },
  c: { kind: 'copy' },
  C: { kind: 'commands' },
  r: { kind: 'again' },
  t: { kind: 'reference' },
};

/** With Shift it clears the whole list. A Mac has Backspace in its place. */
function isDelete({ key, shiftKey }: Key): boolean {
  return !shiftKey && (key === 'Delete' || key === 'Backspace');
}

/** Shift, where it is held, does not change the move but makes it choose all rows on the way. */
export function listMove(event: Key): ListMove | undefined {
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return event.key.toLowerCase() === 'c' ? { kind: 'note' } : undefined;
    if (isDelete(event)) return { kind: 'forget' };
    return WITH_CTRL[event.key];
  }
  if (!event.altKey) return PLAIN[event.key];
  if (event.key === 'ArrowDown') return { kind: 'connection', step: 1 };
  if (event.key === 'ArrowUp') return { kind: 'connection', step: -1 };
  return undefined;
}
