/**
 * Puts what another process captured into this process's log. Its records keep their times, since both read one
 * clock, and get numbers of this log: so however many processes serve, a reader sees one log.
 */
import { RecordReader } from './codec.ts';
import { type CloseReason, KIND } from './events.ts';
import type { CaptureLog } from './log.ts';

/** Set in the number of a connection that this log numbered itself before the other process got it. */
export const OWN_NUMBER = 0x8000_0000;

/** Kinds whose records name an exchange. */
const OF_EXCHANGES: ReadonlySet<number> = new Set([
  KIND.begin,
  KIND.request,
  KIND.requestEnd,
  KIND.response,
  KIND.responseEnd,
  KIND.mark,
  KIND.fault,
  KIND.worker,
]);

interface Merged {
  readonly conn: number;
  /** Number here by number there, of exchanges that go on. */
  readonly exchanges: Map<number, number>;
  /** Exchanges of which the request has ended and the response not, or the other way round. */
  readonly half: Set<number>;
  bytesIn: number;
  bytesOut: number;
}

export class Merger {
  readonly #log: CaptureLog;
  readonly #reader = new RecordReader();
  /** By the number that the other process gave. */
  readonly #connections = new Map<number, Merged>();

  constructor(log: CaptureLog) {
    this.#log = log;
  }

  /** Takes a run of records with their payloads; borrows the bytes for the call. */
  take(run: Uint8Array): void {
    const reader = this.#reader.reset(run);
    while (reader.next()) {
      const record = run.subarray(reader.from, reader.to);
      const { kind } = reader;
      if (kind === KIND.opened) this.#open(reader.conn, this.#log.nextConnection());
      const merged = this.#connections.get(reader.conn);
      if (!merged) continue;
      this.#log.adopt(record, merged.conn, OF_EXCHANGES.has(kind) ? this.#exchange(merged, reader) : 0);
      if (kind === KIND.bytes && reader.out) merged.bytesOut = reader.offset + reader.length;
      else if (kind === KIND.bytes) merged.bytesIn = reader.offset + reader.length;
      else if (kind === KIND.closed) this.#connections.delete(reader.conn);
    }
  }

  /** The other process took over a connection that this log has numbered. */
  handedOver(conn: number): void {
    this.#open(conn + OWN_NUMBER, conn);
  }

  /** The other process is gone: what it had open ended with it. */
  end(reason: CloseReason, detail: string): void {
    for (const { conn, bytesIn, bytesOut } of this.#connections.values()) {
      this.#log.closed(conn, reason, bytesIn, bytesOut, detail);
    }
    this.#connections.clear();
  }

  #open(there: number, conn: number): void {
    this.#connections.set(there, {
      conn,
      exchanges: new Map(),
      half: new Set(),
      bytesIn: 0,
      bytesOut: 0,
    });
  }

  #exchange({ exchanges, half }: Merged, reader: RecordReader): number {
    const there = reader.exchange;
    if (reader.kind === KIND.begin) exchanges.set(there, this.#log.nextExchange());
    const here = exchanges.get(there) ?? 0;
    // Nothing is told of an exchange once both halves of it have ended.
    if (reader.kind === KIND.requestEnd || reader.kind === KIND.responseEnd) {
      if (half.delete(there)) exchanges.delete(there);
      else half.add(there);
    }
    return here;
  }
}
