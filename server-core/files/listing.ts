/** The page of a folder that has no index. */
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_POLICY, renderPage } from '../http/page.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { isListed, lookAt } from './folder-entries.ts';
import { kindOf } from './listing-icons.ts';
import { type Entry, parseOrder, sortEntries } from './listing-order.ts';
import { listingHeader, listingMain, listingStyle } from './listing-page.ts';
import { type Found, isWithin } from './locate.ts';
import { type MediaTypes, mediaType } from './media-types.ts';
import { type Readme, readmeOf, readReadme } from './readme.ts';

export interface Listing {
  /** A real path. */
  readonly root: string;
  readonly folder: Found;
  readonly query: string | undefined;
  readonly dotfiles: boolean;
  readonly mediaTypes: MediaTypes;
  /** Paths of files that are left out. */
  readonly hidden: readonly string[];
}

/** Rows on one page. Finders and browsers grow slow beyond; what is left out is said. */
export const MAX_ROWS = 10_000;

/** Entries looked at at the same time: some more than libuv has threads. */
const LOOKERS = 16;

/** Rejects with the system's error when the folder cannot be read. */
export async function listFolder(request: Request, listing: Listing): Promise<Response> {
  const { segments } = listing.folder;
  const { entries, total } = await readEntries(listing);
  const readme = await readmeIn(listing, entries);
  return listingOf(request, { segments, query: listing.query, entries, total, readme });
}

export interface Listed {
  /** Names below the root. */
  readonly segments: readonly string[];
  readonly query: string | undefined;
  readonly entries: readonly Entry[];
  /** Names in the folder, those that are left out among them. */
  readonly total: number;
  readonly readme: Readme | undefined;
}

export function listingOf(request: Request, { segments, query, entries, total, readme }: Listed): Response {
  const order = parseOrder(query);
  if (request.tracing) {
    request.mark('open', `Folder read, ${total} ${total === 1 ? 'name' : 'names'}`);
    if (readme !== undefined) request.mark('note', `${readme.name} is shown below the list`);
    request.mark('decision', 'No index page in it, so 200 with its listing');
  }
  return {
    status: 200,
    fields: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Cache-Control', 'no-cache'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Content-Security-Policy', PAGE_POLICY],
    ],
    body: renderPage({
      title: `/${segments.join('/')}`,
      style: listingStyle,
      header: listingHeader(segments),
      main: listingMain({
        entries: sortEntries(entries, order),
        order,
        total,
        parent: segments.length > 0,
        readme,
      }),
    }),
  };
}

async function readmeIn({ root, folder }: Listing, entries: readonly Entry[]): Promise<Readme | undefined> {
  const entry = readmeOf(entries);
  if (entry === undefined) return undefined;
  try {
    const real = await realpath(join(folder.real, entry.name));
    // It was inside when its row was made; a link can have been moved since.
    return isWithin(root, real) ? await readReadme(entry.name, real) : undefined;
  } catch {
    return undefined;
  }
}

async function readEntries(listing: Listing): Promise<{ entries: Entry[]; total: number }> {
  const { folder, dotfiles } = listing;
  const names = (await readdir(folder.real)).filter((name) => isListed(name, dotfiles));
  const looked = names.slice(0, MAX_ROWS);
  const entries: Entry[] = [];
  let next = 0;
  const look = async () => {
    while (next < looked.length) {
      const entry = await entryOf(listing, looked[next++]!);
      if (entry) entries.push(entry);
    }
  };
  await Promise.all(Array.from({ length: LOOKERS }, look));
  return { entries, total: names.length - (looked.length - entries.length) };
}

async function entryOf(listing: Listing, name: string): Promise<Entry | undefined> {
  const found = await lookAt(listing, join(listing.folder.real, name));
  if (found === undefined) return undefined;
  const folder = found.stats.isDirectory();
  const kind = folder ? 'folder' : kindOf(mediaType(name, listing.mediaTypes).value);
  return { name, folder, kind, bytes: found.stats.size, modifiedMs: found.stats.mtimeMs };
}
