/**
 * What host and viewer say to each other over a Transport. The first byte of a message is its type.
 *
 *   host → viewer   batch  [1][records…]          a run of log records, encoded as in the log; `bytes` records
 *                                                  come without their payload (flag `elided`)
 *                   reply  [2][u32 id LE][JSON]    answer to the call with that id: {ok: …} or {error: "…"}
 *                   raw    [3][u32 id LE][bytes]   answer to a `pull`
 *                   hello  [4][JSON Hello]         first message, and again when the host's settings change
 *   viewer → host   credit [17][u32 bytes LE]      that many more batch bytes may be sent
 *                   call   [18][u32 id LE][JSON Call]
 *
 * Flow: a viewer starts with no credit. The host sends at most one batch per frame (60 a second), of at most
 * 64 KiB, and never more than the credit it holds; a viewer that stops giving credit falls behind and later
 * catches up from where it was, or meets a tombstone that says what it missed.
 */
import type { ServerState } from './events.ts';

export const MESSAGE = { batch: 1, reply: 2, raw: 3, hello: 4, credit: 17, call: 18 } as const;

export const MAX_BATCH_BYTES = 65_536;

export interface Hello {
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly platform: string;
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  readonly memoryBudgetBytes: number;
  /** The folder served when none is chosen. */
  readonly tour: string;
}

/** What a viewer may ask for. Paths are the host machine's. */
export type Call =
  | { readonly op: 'serve'; readonly path: string; readonly port?: number }
  | { readonly op: 'start' | 'stop' | 'remove' | 'open'; readonly server: number }
  | { readonly op: 'memory'; readonly bytes: number }
  | { readonly op: 'usage' }
  /** The payload of `bytes` records by position, joined; fails when one was trimmed. */
  | { readonly op: 'pull'; readonly positions: readonly number[] };

export interface ServeReply {
  readonly server: ServerState;
  /** What was done differently from what was asked, one sentence each: port taken, a file's folder served. */
  readonly notes: readonly string[];
  /** A path below the server's URL to open: the file that was given instead of a folder. */
  readonly open: string;
}

export interface UsageReply {
  readonly logBytes: number;
  readonly memoryBudgetBytes: number;
}
