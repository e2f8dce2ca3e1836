/** The window shown to others on the network: how it stands, and what those who look on may ask for. */
import type { Call, Hello } from './feed-messages.ts';

export interface ShareState {
  /** Addresses of the window for others, the token in them: one for each network of this machine. */
  readonly urls: readonly string[];
  readonly viewers: number;
  readonly mostViewers: number;
}

/** Two classes of thirty, and some to spare; each viewer costs a cursor and a socket. */
export const MOST_VIEWERS = 64;

/** All that only reads. What is not named here is refused, so that a call added later is, too. */
const READS: ReadonlySet<Call['op']> = new Set(['usage', 'pull', 'read', 'tree', 'undo'] as const);

export function onlyReads(call: Call): boolean {
  return READS.has(call.op) || (call.op === 'lab' && call.act === 'watch');
}

/** What a guest is told of the host: without the paths of its disk, and without the addresses of the share. */
export function helloForGuests({ share: _, recording: __, ...hello }: Hello): Hello {
  return {
    ...hello,
    guest: true,
    tour: '',
    captures: hello.captures.map((capture) => ({ ...capture, path: capture.name })),
  };
}
