/** What a drag carries, as far as it can be served. */
import { droppedFolders } from '../../lend/dropped-folder.ts';
import type { SharedFolder } from '../../lend/shared-folder.ts';

export interface Dropped {
  readonly folders: readonly SharedFolder[];
  readonly files: readonly File[];
  /** Addresses of links. */
  readonly links: readonly string[];
}

export function carriesSomething(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  // A part of this page that is dragged, such as a column, is no link.
  return types.includes('Files') || types.includes('text/uri-list');
}

/** Call it within the drop event: afterwards there is nothing in it. */
export function droppedIn(transfer: DataTransfer): Dropped {
  const folders = droppedFolders(transfer);
  const names = new Set(folders.map(({ name }) => name));
  const files = Array.from(transfer.files);
  return {
    folders,
    files: files.filter(({ name }) => !names.has(name)),
    // A picture out of a page comes as a file and as its address.
    links: files.length > 0 ? [] : linksIn(transfer.getData('text/uri-list')),
  };
}

/** RFC 2483 §5: an address a line, and comments behind `#`. */
function linksIn(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => /^https?:\/\//i.test(line) && URL.canParse(line))
    .map((line) => new URL(line).origin);
}
