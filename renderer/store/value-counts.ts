/** The values that a field has in the rows held, for completion: those that begin with what was typed come first. */
import { type FieldName, fieldOf } from '../filter/fields.ts';
import type { Columns } from './columns.ts';
import { CONTENT_KINDS } from './content-kind.ts';
import type { ExchangePage } from './exchanges.ts';
import { HELD, PAGE_MASK, PAGE_ROWS } from './paged-rows.ts';
import type { ValueCount } from './queries/filter.ts';

export function valueCounts(columns: Columns, field: FieldName, typed: string, most: number): ValueCount[] {
  const wanted = typed.toLowerCase();
  const begins: ValueCount[] = [];
  const holds: ValueCount[] = [];
  for (const [value, count] of counted(columns, field, wanted)) {
    const lower = value.toLowerCase();
    if (lower.startsWith(wanted)) begins.push({ value, count });
    else if (lower.includes(wanted)) holds.push({ value, count });
  }
  const ranked = [...begins.sort(byCount), ...holds.sort(byCount)];
  return ranked.slice(0, most);
}

function byCount(a: ValueCount, b: ValueCount): number {
  // Uncounted ones have an order of their own.
  if (a.count === b.count) return a.count === 0 ? 0 : a.value < b.value ? -1 : 1;
  return b.count - a.count;
}

type Counts = ReadonlyMap<string, number>;

function counted(columns: Columns, field: FieldName, wanted: string): Counts {
  const { strings, servers, connections } = columns;
  switch (field) {
    case 'method':
      return ofTexts(columns, 'method', wanted);
    case 'mime':
      return ofTexts(columns, 'mediaType', wanted, (type) => type.split(';')[0]!.trim());
    case 'version':
      return ofTexts(columns, 'version', wanted);
    case 'fault':
      return ofTexts(columns, 'fault', wanted);
    case 'worker':
      return ofTexts(columns, 'worker', wanted);
    case 'path':
      // With their queries there may be as many as rows; what was typed of one is looked for in all of it.
      return ofTexts(columns, 'target', wanted, wanted.includes('?') ? undefined : withoutQuery);
    case 'query':
      return ofTexts(columns, 'target', wanted, (target) => target.slice(withoutQuery(target).length + 1));
    case 'status':
      return withClasses(ofNumbers(columns, (page, row) => page.status[row]!, String));
    case 'type':
      return ofNumbers(
        columns,
        (page, row) => page.kind[row]! + 1,
        (kind) => CONTENT_KINDS[kind - 1]!,
      );
    case 'server':
      return ofNumbers(
        columns,
        (page, row) => page.server[row]!,
        (id) => servers.get(id)?.name ?? '',
      );
    case 'conn':
      return ofNumbers(
        columns,
        (page, row) => page.conn[row]!,
        (conn) => `c${conn}`,
      );
    case 'port':
    case 'client': {
      const key = (page: ExchangePage, row: number) => {
        const conn = page.conn[row]!;
        const at = field === 'port' ? 'localPort' : 'remoteAddress';
        return connections.page(conn)?.[at][conn & PAGE_MASK] ?? 0;
      };
      return ofNumbers(columns, key, field === 'port' ? String : (id) => strings.text(id));
    }
    default:
      return new Map(STEPS[fieldOf(field).type]?.map((value) => [value, 0]));
  }
}

/** Quantities have as many values as rows: round ones stand for them. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  size: ['1kB', '10kB', '100kB', '1MB', '10MB'],
  duration: ['1ms', '10ms', '100ms', '1s', '10s'],
};

/** More distinct texts than this are not looked through for one list: the worker has rows to take in. */
const MOST_TEXTS = 100_000;

function ofTexts(
  { exchanges, strings }: Columns,
  column: 'method' | 'mediaType' | 'version' | 'fault' | 'worker' | 'target',
  wanted: string,
  part: (text: string) => string = (text) => text,
): Counts {
  const rows = new Uint32Array(strings.capacity);
  exchanges.eachPage((page) => {
    const ids = page[column];
    for (let row = 0; row < PAGE_ROWS; row++) if ((page.flags[row]! & HELD) !== 0) rows[ids[row]!]!++;
  });
  const counts = new Map<string, number>();
  let looked = 0;
  for (let id = 1; id < rows.length && looked < MOST_TEXTS; id++) {
    if (rows[id] === 0) continue;
    looked++;
    const text = part(strings.text(id));
    if (text === '' || !text.toLowerCase().includes(wanted)) continue;
    counts.set(text, (counts.get(text) ?? 0) + rows[id]!);
  }
  return counts;
}

/** By a number of each row; 0 stands for none. */
function ofNumbers(
  { exchanges }: Columns,
  key: (page: ExchangePage, row: number) => number,
  name: (key: number) => string,
): Counts {
  const rows = new Map<number, number>();
  exchanges.eachFrom(1, (page, row) => {
    const number = key(page, row);
    if (number !== 0) rows.set(number, (rows.get(number) ?? 0) + 1);
    return true;
  });
  return new Map([...rows].map(([number, count]) => [name(number), count]));
}

/** `404` is also one of `4xx`. */
function withClasses(statuses: Counts): Counts {
  const counts = new Map(statuses);
  for (const [status, count] of statuses) {
    const name = `${status[0]}xx`;
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return counts;
}

function withoutQuery(target: string): string {
  const at = target.indexOf('?');
  return at < 0 ? target : target.slice(0, at);
}
