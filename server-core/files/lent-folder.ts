/** A folder that is not on a disk of ours: somebody lends it, and can be asked for it as long as he is there. */

export interface LentEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** In bytes; 0 for a folder. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970; 0 for a folder. */
  readonly modifiedMs: number;
}

/** Paths are names below the folder. Each call rejects with LenderGone where nobody is there to ask. */
export interface LentFolder {
  readonly name: string;
  readonly gone: boolean;
  /** Undefined when nothing has that name. */
  look(path: readonly string[]): Promise<LentEntry | undefined>;
  /** At most `MAX_LENT_NAMES` of them, in no order. */
  list(path: readonly string[]): Promise<readonly LentEntry[]>;
  /** Bytes from `start` to `end` (exclusive); fewer where the file ends. Rejects when it changed since it was looked at. */
  read(path: readonly string[], start: number, end: number): Promise<Uint8Array>;
}

/** As many as a page of a folder shows. */
export const MAX_LENT_NAMES = 10_000;

/** Whoever lent the folder is gone, or does not answer. */
export class LenderGone extends Error {}
