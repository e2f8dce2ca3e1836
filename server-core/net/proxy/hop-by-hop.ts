import type { Fields } from '../../wire/http1/fields.ts';
import type { FieldLine } from '../../wire/http1/writer.ts';

/**
 * Fields that concern one connection only: RFC 9110 §7.6.1, and those of §11.7 that speak to a proxy which asked.
 * Trailer goes too: it announces what this hop may leave out (RFC 9110 §6.6.2).
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
]);

/** What Connection names, in lower case. */
export function connectionOptions(fields: Fields): ReadonlySet<string> {
  return new Set(listed(fields.all('connection')));
}

/** The elements of a comma list of tokens, in lower case. */
export function listed(value: string | undefined): string[] {
  if (value === undefined) return [];
  const elements = value.split(',').map((element) => element.trim().toLowerCase());
  return elements.filter((element) => element !== '');
}

/**
 * The fields to forward, in wire order, as received: none that is hop-by-hop or named by Connection, and none of
 * `without` (lower case), which the caller writes anew.
 */
export function endToEnd(fields: Fields, without: ReadonlySet<string>): FieldLine[] {
  const options = connectionOptions(fields);
  const kept: FieldLine[] = [];
  for (let i = 0; i < fields.count; i++) {
    const name = fields.name(i);
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || options.has(lower) || without.has(lower)) continue;
    kept.push([name, fields.value(i)]);
  }
  return kept;
}
