/** Shows a file in the system's file manager. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { shell } from 'electron/common';

/** Only what is served is shown: a page may not point at the rest of the disk. Throws for anything else. */
export function reveal(path: string, served: readonly string[]): void {
  if (!served.some((folder) => liesIn(path, folder))) throw new Error('Only served files can be shown');
  shell.showItemInFolder(path);
}

/** By real paths, so that no link and no `..` leads out. */
function liesIn(path: string, folder: string): boolean {
  try {
    const below = relative(realpathSync(folder), realpathSync(path));
    return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  } catch {
    return false;
  }
}
