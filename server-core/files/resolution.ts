/** From names to the file that answers for them: index pages, clean URLs, folders. */
import { join } from 'node:path';
import type { Names } from './disk.ts';
import { type Found, locate } from './locate.ts';
import type { PathMapping } from './path-mapping.ts';

export type Resolution =
  | {
      readonly kind: 'file';
      readonly found: Found;
      /** A path that would come first, were it a file. */
      readonly yieldsTo?: string;
      /** For the decision trace, where it is not the very file that was named. */
      readonly because?: string;
    }
  /** A folder with an index, asked for without the slash that relative links in it need. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'bare-folder'; readonly folder: Found }
  | { readonly kind: 'missing'; readonly because: string; readonly near: boolean; readonly refused: boolean };

export interface ResolutionOptions {
  readonly index: string;
  readonly cleanUrls: boolean;
}

/** `root` is a real path. Rejects with the system's error when something is there but cannot be looked at. */
export async function resolveNames(
  disk: Names,
  root: string,
  { segments, folder: slash }: PathMapping & { kind: 'mapped' },
  { index, cleanUrls }: ResolutionOptions,
): Promise<Resolution> {
  const lookup = await locate(disk, root, segments);
  if (lookup.kind === 'file' && !slash) return { kind: 'file', found: lookup };
  if (cleanUrls && !slash && (lookup.kind === 'folder' || lookup.kind === 'missing')) {
    const page = await pageOf(disk, root, segments);
    if (page !== undefined) return page;
  }
  if (lookup.kind === 'folder') {
    const found = await locate(disk, root, [...lookup.segments, index]);
    if (found.kind !== 'file') return { kind: 'bare-folder', folder: lookup };
    if (!slash) return { kind: 'redirect' };
    const because = `The folder ${segments.join('/')}/ has an ${index}, which answers for it`;
    return { kind: 'file', found: { ...found, exact: found.exact && lookup.exact }, because };
  }
  if ('because' in lookup) {
    const { kind, because } = lookup;
    return { kind: 'missing', because, near: kind === 'missing', refused: kind !== 'missing' };
  }
  const because = 'It is a file, but the target ends in a slash';
  return { kind: 'missing', because, near: false, refused: false };
}

async function pageOf(
  disk: Names,
  root: string,
  segments: readonly string[],
): Promise<Resolution | undefined> {
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const found = await locate(disk, root, [...segments.slice(0, -1), `${last}.html`]);
  if (found.kind !== 'file') return undefined;
  return {
    kind: 'file',
    found,
    yieldsTo: join(root, ...segments),
    because: `No file is named ${segments.join('/')}, and by the cleanUrls setting ${last}.html answers for it`,
  };
}
