/**
 * Golden documents: under a heading stand the bytes of a request, what the parser makes of them, and the bytes that
 * come back. `UPDATE_GOLDEN=1` writes the last two anew.
 *
 *     ```http request spa
 *     GET / HTTP/1.1\r\n
 *     ```
 *
 * The word behind `request` names the site that is asked (sites.ts), `files` by default. In the bytes, `\r \n \t \\
 * \xHH` are escapes, and line breaks of the document are only layout. `{etag a.txt}` is the tag of that file.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Document {
  readonly file: string;
  readonly name: string;
  readonly site: string;
  /** As it stands there, escapes and all. */
  readonly request: string;
  readonly parsed: string;
  readonly response: string;
}

/** A request with whatever is written of its outcome. */
const CASE =
  /^```http request(?: (\S+))?\n([\s\S]*?)^```\n(?:\n```parsed\n([\s\S]*?)^```\n)?(?:\n```response\n([\s\S]*?)^```\n)?/gm;
const HEADING = /^## (.+)$/gm;

export function loadDocuments(): Document[] {
  return files().flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    return [...text.matchAll(CASE)].map((match) => {
      const [, site = 'files', request = '', parsed = '', response = ''] = match;
      return { file, name: nameBefore(text, match.index), site, request, parsed, response };
    });
  });
}

/** Writes down the outcome of each case, by `${file} ${name}`; cases that are not named stay as they are. */
export function updateDocuments(outcomes: ReadonlyMap<string, { parsed: string; response: string }>): void {
  for (const file of files()) {
    const path = join(import.meta.dirname, file);
    const text = readFileSync(path, 'utf8');
    const updated = text.replace(
      CASE,
      (whole, site: string | undefined, request: string, ...rest: unknown[]) => {
        const at = rest.find((value) => typeof value === 'number') as number;
        const outcome = outcomes.get(`${file} ${nameBefore(text, at)}`);
        if (!outcome) return whole;
        const head = `\`\`\`http request${site === undefined ? '' : ` ${site}`}\n${request}\`\`\`\n`;
        return `${head}\n\`\`\`parsed\n${outcome.parsed}\`\`\`\n\n\`\`\`response\n${outcome.response}\`\`\`\n`;
      },
    );
    if (updated !== text) writeFileSync(path, updated);
  }
}

function files(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.md'))
    .sort();
}

function nameBefore(text: string, at: number): string {
  return [...text.slice(0, at).matchAll(HEADING)].at(-1)?.[1] ?? '';
}
