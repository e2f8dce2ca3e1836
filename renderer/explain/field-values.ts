/** Values taken apart as RFC 9110 §5.6 writes them. */
import type { FieldView } from '../store/queries/detail.ts';

/** Names without case; trailers do not count as fields of the head. */
export function valuesOf(fields: readonly FieldView[], name: string): string[] {
  const wanted = name.toLowerCase();
  return fields.filter((field) => !field.trailer && field.name.toLowerCase() === wanted).map((f) => f.value);
}

export function hasField(fields: readonly FieldView[], name: string): boolean {
  return valuesOf(fields, name).length > 0;
}

/** Splits at a separator that stands outside of quoted strings; parts are trimmed. */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quoted && sign === '\\') {
      part += sign + (text[++i] ?? '');
      continue;
    }
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) {
      parts.push(part.trim());
      part = '';
    } else part += sign;
  }
  return [...parts, part.trim()].filter((each) => each !== '');
}

/** The members of a list field, over all of its lines. */
export function listOf(fields: readonly FieldView[], name: string): string[] {
  return valuesOf(fields, name).flatMap((value) => splitOutsideQuotes(value, ','));
}

/** `name=value` pairs in order; the name in lower case, a quoted value without its quotes, '' where there is none. */
export function parametersOf(parts: readonly string[]): [name: string, value: string][] {
  return parts.map((part) => {
    const at = part.indexOf('=');
    if (at < 0) return [part.toLowerCase(), ''];
    return [part.slice(0, at).trim().toLowerCase(), unquoted(part.slice(at + 1).trim())];
  });
}

export function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
}

export const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
