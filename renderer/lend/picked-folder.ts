/** A folder that was picked in the browser's own dialog, where it has one: the File System Access API. */
import { type FolderEntry, fileEntry, folderEntry, type SharedFolder } from './shared-folder.ts';

/** Undefined where the browser has no such dialog. */
export const pickFolder: (() => Promise<SharedFolder | undefined>) | undefined =
  'showDirectoryPicker' in globalThis ? pick : undefined;

/** Resolves to undefined when the person thinks better of it. */
async function pick(): Promise<SharedFolder | undefined> {
  const show = Reflect.get(globalThis, 'showDirectoryPicker') as () => Promise<FileSystemDirectoryHandle>;
  try {
    return new PickedFolder(await show());
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return undefined;
    throw error;
  }
}

export class PickedFolder implements SharedFolder {
  readonly name: string;
  readonly #root: FileSystemDirectoryHandle;

  constructor(root: FileSystemDirectoryHandle) {
    this.name = root.name;
    this.#root = root;
  }

  async file(path: readonly string[]): Promise<File | undefined> {
    const folder = await this.#folder(path.slice(0, -1));
    const name = path.at(-1);
    if (!folder || name === undefined) return undefined;
    return absent(async () => (await folder.getFileHandle(name)).getFile());
  }

  async isFolder(path: readonly string[]): Promise<boolean> {
    return (await this.#folder(path)) !== undefined;
  }

  async list(path: readonly string[], most: number): Promise<readonly FolderEntry[]> {
    const folder = await this.#folder(path);
    const entries: FolderEntry[] = [];
    if (!folder) return entries;
    for await (const handle of folder.values()) {
      if (entries.length >= most) break;
      if (handle.kind === 'directory') entries.push(folderEntry(handle.name));
      else {
        const file = await absent(() => (handle as FileSystemFileHandle).getFile());
        if (file) entries.push(fileEntry(file));
      }
    }
    return entries;
  }

  async #folder(path: readonly string[]): Promise<FileSystemDirectoryHandle | undefined> {
    let folder: FileSystemDirectoryHandle | undefined = this.#root;
    for (const name of path) {
      const within: FileSystemDirectoryHandle = folder;
      folder = await absent(() => within.getDirectoryHandle(name));
      if (!folder) return undefined;
    }
    return folder;
  }
}

/** Undefined for what is not there, is of the other kind, or has a name that the browser refuses. */
async function absent<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const { name } = error as DOMException;
    if (name === 'NotFoundError' || name === 'TypeMismatchError' || error instanceof TypeError)
      return undefined;
    throw error;
  }
}
