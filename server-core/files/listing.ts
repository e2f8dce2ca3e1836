/** The page of a folder that has no index. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_POLICY, renderPage } from '../http/page.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { type Entry, type Order, parseOrder, sortEntries } from './listing-order.ts';
import { listingHeader, listingMain, listingStyle } from './listing-page.ts';
import { type Found, isWithin } from './locate.ts';

export interface Listing {
  /** A real path. */
  readonly root: string;
  readonly folder: Found;
  readonly query: string | undefined;
  readonly dotfiles: boolean;
}

/** Rows on one page. Finders and browsers grow slow beyond; what is left out is said. */
export const MAX_ROWS = 10_000;

/** Entries looked at at the same time: some more than libuv has threads. */
const LOOKERS = 16;

/** Rejects with the system's error when the folder cannot be read. */
export async function listFolder(request: Request, listing: Listing): Promise<Response> {
  const { folder } = listing;
  const order = parseOrder(listing.query);
  const { entries, total } = await readEntries(listing);
  if (request.tracing) {
    request.mark('open', `Folder read, ${total} ${total === 1 ? 'name' : 'names'}`);
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
    body: page(folder.segments, sortEntries(entries, order), order, total),
  };
}

function page(
  segments: readonly string[],
  entries: readonly Entry[],
  order: Order,
  total: number,
): Uint8Array {
  return renderPage({
    title: `/${segments.join('/')}`,
    style: listingStyle,
    header: listingHeader(segments),
    main: listingMain({ entries, order, total, parent: segments.length > 0 }),
  });
}

async function readEntries(listing: Listing): Promise<{ entries: Entry[]; total: number }> {
  const { folder, dotfiles } = listing;
  const names = (await readdir(folder.real)).filter((name) => dotfiles || isListed(name));
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

function isListed(name: string): boolean {
  return !name.startsWith('.') || name === '.well-known';
}

/** Undefined for what a request could not get either: links that lead nowhere or out of the root, pipes, devices. */
async function entryOf(listing: Listing, name: string): Promise<Entry | undefined> {
  const path = join(listing.folder.real, name);
  try {
    let stats = await lstat(path);
    if (stats.isSymbolicLink()) {
      const real = await realpath(path);
      if (!isWithin(listing.root, real)) return undefined;
      stats = await stat(real);
    }
    if (!stats.isFile() && !stats.isDirectory()) return undefined;
    return { name, folder: stats.isDirectory(), bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch {
    return undefined;
  }
}
