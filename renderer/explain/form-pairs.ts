/** What a query and a urlencoded form say, WHATWG URL §5.1. */
export interface FormPair {
  readonly name: string;
  readonly value: string;
}

/** @param text without the question mark, one char per byte */
export function formPairs(text: string): FormPair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? { name: percentDecoded(part), value: '' }
        : { name: percentDecoded(part.slice(0, at)), value: percentDecoded(part.slice(at + 1)) };
    });
}

/** The query of a request target, without its question mark; undefined when it has none. */
export function queryOf(target: string): string | undefined {
  const at = target.indexOf('?');
  return at < 0 ? undefined : target.slice(at + 1);
}

function percentDecoded(text: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const hex = code === 0x25 ? /^[0-9a-f]{2}$/i.exec(text.slice(i + 1, i + 3)) : null;
    if (hex) {
      bytes.push(Number.parseInt(hex[0], 16));
      i += 2;
    } else bytes.push(code === 0x2b ? 0x20 : code);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
