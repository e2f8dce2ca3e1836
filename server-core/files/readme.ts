/** The text that explains a folder, shown below its listing. */
import { escapeHtml } from '../http/page.ts';
import { groupDigits } from './digits.ts';
import type { Entry } from './listing-order.ts';
import { openFile } from './open-file.ts';

export interface Readme {
  readonly name: string;
  readonly text: string;
  /** Whether the file goes on after the text. */
  readonly cut: boolean;
}

/** Longer than nearly all of them are; whoever wants the rest opens the file. */
export const README_BYTES = 65_536;

/** In the order of preference, letters of any case. */
const NAMES = ['readme.md', 'readme.txt', 'readme'];

/** The one to show of a folder's entries; undefined when there is none. */
export function readmeOf(entries: readonly Entry[]): Entry | undefined {
  for (const name of NAMES) {
    const found = entries.find((entry) => !entry.folder && entry.name.toLowerCase() === name);
    if (found) return found;
  }
  return undefined;
}

/** `real` is its path without links. Undefined where it cannot be read: the listing is no worse without it. */
export async function readReadme(name: string, real: string): Promise<Readme | undefined> {
  try {
    const { handle, stats } = await openFile(real);
    try {
      const wanted = Math.min(Number(stats.size), README_BYTES);
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(wanted), 0, wanted, 0);
      // As a stream, so that a character that the cut goes through is left out and not shown as broken.
      const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
      return { name, text, cut: stats.size > bytesRead };
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** Shown as it is written: no markup of its own, nothing that could load or run. */
export function readmeSection({ name, text, cut }: Readme): string {
  if (text.trim() === '') return '';
  const title = escapeHtml(name);
  const rest = cut
    ? `<p>These are the first ${groupDigits(README_BYTES)} bytes. <a href="${encodeURIComponent(name)}">All of it</a></p>`
    : '';
  // A line break right behind the tag would be dropped (HTML §13.1.2.5); this one is there to be dropped.
  return `<section aria-label="${title}"><h2>${title}</h2><pre>\n${escapeHtml(text)}</pre>${rest}</section>`;
}
