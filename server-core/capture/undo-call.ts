/** Content as it was before its coding, RFC 9110 §8.4.1: asked of the host where the viewer's own browser knows no way. */
export interface UndoCall {
  readonly op: 'undo';
  readonly coding: HostCoding;
  /** In base64. */
  readonly content: string;
}

export const HOST_CODINGS = ['br', 'zstd'] as const;
export type HostCoding = (typeof HOST_CODINGS)[number];

/** The answer's first byte; what could be had follows it. */
export const UNDONE = { whole: 0, broken: 1, cut: 2 } as const;

/** 8 MiB of content, as a viewer reads it by and by; with base64 around it half of the longest message. */
export const MOST_CODED_BYTES = 8 * 1024 * 1024;
/** 4 MiB of what it becomes: half of what may wait for a viewer. */
export const MOST_UNDONE_BYTES = 4 * 1024 * 1024;

/** Checks what came over a transport; a string says in one sentence why it is no such call. */
export function checkUndo({ coding, content }: Record<string, unknown>): UndoCall | string {
  const known = HOST_CODINGS.find((each) => each === coding);
  if (known === undefined) return `An \`undo\` call needs one of ${HOST_CODINGS.join(', ')}`;
  if (typeof content !== 'string' || content.length > Math.ceil(MOST_CODED_BYTES / 3) * 4) {
    return `An \`undo\` call needs at most ${MOST_CODED_BYTES} bytes in base64`;
  }
  return { op: 'undo', coding: known, content };
}
