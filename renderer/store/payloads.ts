/** Bytes that crossed the wire, pulled from the host's log by stream offset. */
import type { Columns } from './columns.ts';
import { PAGE_MASK } from './paged-rows.ts';

/** Asks the host for the payloads of `bytes` records by position, joined; rejects when one was trimmed. */
export type Pull = (positions: readonly number[]) => Promise<Uint8Array>;

export const TRIMMED = 'These bytes were trimmed from the capture';

/** Reads fewer than the host takes in one pull, so that a message of tiny reads still comes. */
const POSITIONS_A_PULL = 16_384;

/**
 * The bytes [from, to) of one direction of a connection, in an array of the caller's. Rejects when not all of
 * them are held.
 */
export async function readStream(
  columns: Columns,
  pull: Pull,
  conn: number,
  out: 0 | 1,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const positions: number[] = [];
  let start = from;
  let reached = from;
  const page = columns.connections.page(conn);
  if (page !== undefined) {
    columns.bytes.eachWithin(page, conn & PAGE_MASK, out, from, to, ({ offset, length, position }) => {
      if (positions.length === 0) start = offset;
      // A gap leaves `reached` behind, and is refused below.
      if (offset <= reached) reached = offset + length;
      positions.push(position);
    });
  }
  if (reached < to || start > from) throw new Error(TRIMMED);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < positions.length; at += POSITIONS_A_PULL) {
    pieces.push(await pull(positions.slice(at, at + POSITIONS_A_PULL)));
  }
  const joined = pieces.length === 1 ? pieces[0]! : join(pieces);
  if (joined.length < to - start) throw new Error(TRIMMED);
  return joined.slice(from - start, to - start);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
