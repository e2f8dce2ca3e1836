/** A folder of this computer that the page may read, by whatever way the browser gave it. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modifiedMs: number;
}

/** Paths are names below it; none is `..`. */
export interface SharedFolder {
  readonly name: string;
  /** As it is on the disk now; a File is good until the one that it is of is written. Undefined for a folder or nothing. */
  file(path: readonly string[]): Promise<File | undefined>;
  isFolder(path: readonly string[]): Promise<boolean>;
  /** The names of what is in it; `most` at most. */
  list(path: readonly string[], most: number): Promise<readonly FolderEntry[]>;
}

export function fileEntry({ name, size, lastModified }: File): FolderEntry {
  return { name, kind: 'file', size, modifiedMs: lastModified };
}

export function folderEntry(name: string): FolderEntry {
  return { name, kind: 'folder', size: 0, modifiedMs: 0 };
}
