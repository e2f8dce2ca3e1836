/** A folder that was dropped: by the entries of File and Directory Entries API, which every browser has. */
import { type FolderEntry, fileEntry, folderEntry, type SharedFolder } from './shared-folder.ts';

/** Call it within the drop event, which alone has entries to give. Files are left out. */
export function droppedFolders(transfer: DataTransfer): SharedFolder[] {
  return Array.from(transfer.items)
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry?.isDirectory)
    .map((entry) => new DroppedFolder(entry as FileSystemDirectoryEntry));
}

class DroppedFolder implements SharedFolder {
  readonly name: string;
  readonly #root: FileSystemDirectoryEntry;

  constructor(root: FileSystemDirectoryEntry) {
    this.name = root.name;
    this.#root = root;
  }

  async file(path: readonly string[]): Promise<File | undefined> {
    const entry = await found((done, none) => this.#root.getFile(path.join('/'), {}, done, none));
    return entry && fileOf(entry as FileSystemFileEntry);
  }

  async isFolder(path: readonly string[]): Promise<boolean> {
    return (await this.#folder(path)) !== undefined;
  }

  async list(path: readonly string[], most: number): Promise<readonly FolderEntry[]> {
    const folder = await this.#folder(path);
    if (!folder) return [];
    const reader = folder.createReader();
    const entries: FileSystemEntry[] = [];
    while (entries.length < most) {
      // It gives a hundred at a time, and none at the end.
      const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
      if (some.length === 0) break;
      entries.push(...some);
    }
    const found = entries.slice(0, most).map(async (entry) => {
      if (entry.isDirectory) return folderEntry(entry.name);
      const file = await fileOf(entry as FileSystemFileEntry);
      return file && fileEntry(file);
    });
    return (await Promise.all(found)).filter((entry) => entry !== undefined);
  }

  async #folder(path: readonly string[]): Promise<FileSystemDirectoryEntry | undefined> {
    if (path.length === 0) return this.#root;
    const entry = await found((done, none) => this.#root.getDirectory(path.join('/'), {}, done, none));
    return entry as FileSystemDirectoryEntry | undefined;
  }
}

function found(
  look: (done: (entry: FileSystemEntry) => void, none: () => void) => void,
): Promise<FileSystemEntry | undefined> {
  return new Promise((resolve) => look(resolve, () => resolve(undefined)));
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
}
