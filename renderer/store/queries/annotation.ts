/** What a person noted on an exchange. It never crossed the wire, and the window keeps it, not the log. */

/** A mark is told by its shape; each has a colour too. */
export const MARK_SHAPES = ['star', 'flag', 'drop', 'leaf', 'moon'] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

export interface Annotation {
  /** It stays when the list is cleared. */
  readonly pinned: boolean;
  readonly mark: MarkShape | undefined;
  /** '' without one. */
  readonly note: string;
}

export const NO_ANNOTATION: Annotation = { pinned: false, mark: undefined, note: '' };

export function isAnnotated({ pinned, mark, note }: Annotation): boolean {
  return pinned || mark !== undefined || note !== '';
}
