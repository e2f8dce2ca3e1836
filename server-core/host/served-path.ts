import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, parse } from 'node:path';
import { shortcutTarget } from './shortcut.ts';
import type { Source } from './site-handler.ts';

export interface Served {
  readonly source: Source;
  readonly name: string;
  /** Path below the server's URL to open: '/' or the file that was given. */
  readonly open: string;
  readonly notes: readonly string[];
  /** Why few people mean to share it; undefined for what is fit to be served. */
  readonly warning?: string;
}

/** One sentence for people about why a path cannot be served. */
export class PathProblem extends Error {}

export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What to serve for the URL of another server. Throws PathProblem. */
export function servedOrigin(text: string): Served {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new PathProblem(`${text} is not the address of a server, such as http://localhost:3000`);
  }
  return { source: { kind: 'origin', url: url.href }, name: url.host, open: '/', notes: [] };
}

/** A folder that was served before, by its real path, whether it is there now or not. */
export function folderAt(root: string): Pick<Served, 'source' | 'name'> {
  return { source: { kind: 'folder', root }, name: basename(root) || root };
}

/** Finds the folder to serve for a path that a person gave. Rejects with PathProblem. */
export async function servedPath(path: string): Promise<Served> {
  const kind = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new PathProblem(pathSentence(path, error.code));
  });
  const notes: string[] = [];
  let folder = path;
  let open = '/';
  if (!kind.isDirectory()) {
    if (!kind.isFile()) throw new PathProblem(`${path} is neither a folder nor a file`);
    const target = await shortcutTarget(path).catch(() => undefined);
    if (target !== undefined) return viaShortcut(path, target);
    folder = dirname(path);
    open = `/${encodeURIComponent(basename(path))}`;
    notes.push(`${basename(path)} is a file, so its folder is served and the file opened`);
  }
  await access(folder, constants.R_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    throw new PathProblem(pathSentence(folder, error.code));
  });
  const root = await realpath(folder);
  const warning = warningOf(root);
  if (warning !== undefined) notes.push(warning);
  return {
    ...{ source: { kind: 'folder', root }, name: basename(root) || root, open, notes },
    ...(warning !== undefined && { warning }),
  };
}

/** One that leads to another is not followed: two could lead to each other. */
async function viaShortcut(path: string, target: string): Promise<Served> {
  if (isUrl(target)) return servedOrigin(target);
  const kind = await stat(target).catch((error: NodeJS.ErrnoException) => {
    throw new PathProblem(`${basename(path)} leads to ${target}: ${pathSentence(target, error.code)}`);
  });
  if (kind.isFile() && (await shortcutTarget(target)) !== undefined)
    throw new PathProblem(`${basename(path)} leads to another shortcut`);
  return servedPath(target);
}

function warningOf(root: string): string | undefined {
  if (root === parse(root).root)
    return 'This serves the whole disk: everything readable on it can be fetched';
  return root === homedir() ? 'This serves your whole home folder, private files included' : undefined;
}

/** Why a path that a person gave cannot be read. */
export function pathSentence(path: string, code: string | undefined, what = 'folder'): string {
  if (code === 'ENOENT') return `There is no ${what} ${path}`;
  if (code === 'EISDIR') return `${path} is a folder`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read by this user`;
  if (code === 'ENOTDIR') return `A part of ${path} is a file, not a folder`;
  return `${path} cannot be opened (${code ?? 'unknown error'})`;
}

/** Whether both are the same folder, or the same server. */
export function sameSource(a: Source, b: Source): boolean {
  if (a.kind === 'folder') return b.kind === 'folder' && a.root === b.root;
  return a.kind === 'origin' && b.kind === 'origin' && a.url === b.url;
}
