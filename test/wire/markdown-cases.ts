/**
 * Fixtures as documents. Under a heading stand some prose, a block of bytes and a block of what must come of it:
 *
 *     ## One case
 *     ```http request maxFields=2
 *     GET / HTTP/1.1\r\n
 *     ```
 *     ```events
 *     method "GET"
 *     ```
 *
 * In the bytes, `\r \n \t \\ \xHH` are escapes, `{"a"*10}` repeats, and the line breaks of the document are only
 * layout. Words behind the role are options of the parser, `close` (the peer closes at the end) or
 * `answers=METHOD` (the request that a response answers).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../server-core/wire/http1/events.ts';
import { HTTP1_DEFAULTS, type Http1Options } from '../../server-core/wire/limits.ts';
import { unescapeBytes } from './escapes.ts';

export interface MarkdownCase {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly role: Role;
  readonly options: Partial<Http1Options>;
  readonly close: boolean;
  /** Methods of the requests that responses answer, in turn. */
  readonly answers: readonly string[];
  readonly bytes: Uint8Array;
  readonly events: readonly string[];
}

export function loadCases(folder: string): MarkdownCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return files.sort().flatMap((file) => parseCases(file, readFileSync(join(folder, file), 'utf8')));
}

export function parseCases(file: string, markdown: string): MarkdownCase[] {
  const cases: MarkdownCase[] = [];
  const block = /^(#+) (.+)$|^```http (.+)\n([\s\S]*?)^```$\s+^```events\n([\s\S]*?)^```$|^```.*$/gm;
  let name = '';
  for (const match of markdown.matchAll(block)) {
    const [whole, hashes, heading, info, bytes, events] = match;
    const line = markdown.slice(0, match.index).split('\n').length;
    if (hashes !== undefined) name = heading!;
    else if (info === undefined) throw new Error(`${file}:${line}: ${whole} belongs to no case`);
    else cases.push(newCase(file, name, line, info, bytes!, events!));
  }
  return cases;
}

function newCase(
  file: string,
  name: string,
  line: number,
  info: string,
  bytes: string,
  events: string,
): MarkdownCase {
  const [role, ...words] = info.trim().split(/\s+/);
  if (role !== 'request' && role !== 'response') throw new Error(`${file}:${line}: ${role} is no role`);
  const options: Record<string, number | boolean> = {};
  let close = false;
  let answers: string[] = [];
  for (const word of words) {
    const [key, value] = word.split('=') as [string, string | undefined];
    if (key === 'close') close = true;
    else if (key === 'answers') answers = value!.split(',');
    else if (key in HTTP1_DEFAULTS) options[key] = value === undefined ? true : Number(value);
    else throw new Error(`${file}:${line}: ${word} is no option`);
  }
  return {
    file,
    name,
    line,
    role,
    options,
    close,
    answers,
    bytes: unescapeBytes(expandRepeats(bytes.replaceAll('\n', ''))),
    events: events.trimEnd().split('\n'),
  };
}

/** `{"ab"*3}` → `ababab` */
export function expandRepeats(text: string): string {
  return text.replace(/\{"([^"]*)"\*(\d+)\}/g, (_, piece: string, count: string) =>
    piece.repeat(Number(count)),
  );
}
