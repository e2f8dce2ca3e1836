/**
 * The authority of this user, kept in a folder of its own. A folder is made whole under another name and renamed
 * into place, which only one of two processes can do; the other takes what it finds. A folder is never changed
 * afterwards: what can no longer be used stays, and a new one is made beside it.
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PathProblem } from '../served-path.ts';
import { type Authority, AuthorityProblem, newAuthority, readAuthority } from './authority.ts';

const CERT = 'authority.pem';
const KEY = 'authority-key.pem';
const FOLDER = /^authority(?:-(\d+))?$/;

export interface KeptAuthority {
  readonly authority: Authority;
  /** Of the certificate, for those who want to trust it. */
  readonly path: string;
  /** It was made just now: nobody can have trusted it yet. */
  readonly isNew: boolean;
  /** Sentences about what was found amiss. */
  readonly notes: readonly string[];
}

/** Finds the authority in a folder, or makes one. Rejects with PathProblem when neither can be done. */
export async function keptAuthority(home: string, now: () => number = Date.now): Promise<KeptAuthority> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const notes: string[] = [];
    let isNew = false;
    for (;;) {
      const latest = await latestGeneration(home);
      if (latest > 0) {
        const folder = join(home, folderName(latest));
        const authority = await load(folder, now, notes);
        if (authority) return { authority, path: join(folder, CERT), isNew, notes };
        if (isNew) throw new Error(`What was just made in ${folder} cannot be read: ${notes.at(-1)}`);
      }
      isNew = (await make(home, latest + 1, now())) || isNew;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new PathProblem(
      `The certificate authority cannot be kept in ${home} (${code}); name another folder by WIRESCOPE_HOME, or bring a certificate with --cert and --key`,
    );
  }
}

function folderName(generation: number): string {
  return generation === 1 ? 'authority' : `authority-${generation}`;
}

/** 0 when there is none. */
async function latestGeneration(home: string): Promise<number> {
  const names = await readdir(home);
  return Math.max(
    0,
    ...names.flatMap((name) => {
      const match = FOLDER.exec(name);
      return match ? [Number(match[1] ?? 1)] : [];
    }),
  );
}

/** Undefined, and a note, when there is something that cannot be used. */
async function load(folder: string, now: () => number, notes: string[]): Promise<Authority | undefined> {
  const missing = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return '';
  };
  const cert = await readFile(join(folder, CERT), 'utf8').catch(missing);
  const key = await readFile(join(folder, KEY), 'utf8').catch(missing);
  try {
    const authority = readAuthority({ cert, key }, now);
    await closeToOthers(folder, notes);
    return authority;
  } catch (error) {
    if (!(error instanceof AuthorityProblem)) throw error;
    notes.push(
      `The certificate authority in ${folder} can no longer be used. ${error.message}. ` +
        'It was left there, and a new one made beside it',
    );
    return undefined;
  }
}

/** Nobody else may read the key. Windows has no such bits: its folder is the user's own. */
async function closeToOthers(folder: string, notes: string[]): Promise<void> {
  if (process.platform === 'win32') return;
  const key = join(folder, KEY);
  const { mode } = await stat(key);
  if ((mode & 0o077) !== 0) {
    await chmod(key, 0o600);
    notes.push(
      `Other users of this machine could read ${key}, which is now closed to them. ` +
        `If one of them may have, delete ${folder} and trust the one made next instead`,
    );
  }
  if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
}

/** False when another process was quicker. */
async function make(home: string, generation: number, now: number): Promise<boolean> {
  const made = await mkdtemp(join(home, '.making-'));
  try {
    const { cert, key } = newAuthority(hostname(), now);
    await writeFile(join(made, KEY), key, { mode: 0o600, flush: true });
    await writeFile(join(made, CERT), cert, { mode: 0o644, flush: true });
    // rename(2) takes the place of an empty folder, and never of one with files in it.
    await rename(made, join(home, folderName(generation)));
    return true;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    // Windows says EPERM where the folder is there.
    if (
      code === 'ENOTEMPTY' ||
      code === 'EEXIST' ||
      (code === 'EPERM' && (await latestGeneration(home)) >= generation)
    )
      return false;
    throw error;
  }
}
