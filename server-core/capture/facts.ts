/**
 * What still holds at the log's start: the state of every server, every connection then open, and every exchange
 * then in flight with its head. A reader that begins there is first given these, so that each record that follows
 * makes sense to it. They are exactly the trimmed records folded into one another: nothing is kept while records
 * are written, and each segment is read once more on its way out.
 */
import { RecordReader } from './codec.ts';
import { KIND } from './events.ts';
import { ANCHOR_BYTES, FLAG, writeAnchor } from './layout.ts';
import type { Segment } from './segment.ts';

/** What went with the segments trimmed so far. */
export interface Trimmed {
  /** First position still held. */
  readonly start: number;
  readonly records: number;
  /** Exchanges that had ended; one in flight at `start` is carried, not counted. */
  readonly exchanges: number;
  /** Payload bytes of the `bytes` records. */
  readonly bytes: number;
}

/** An anchor with the position the record had, then the record with its `carried` flag set. */
type Fact = Uint8Array;

interface OpenConnection {
  readonly opened: Fact;
  /** By exchange in flight: the records that describe it. */
  readonly exchanges: Map<number, Fact[]>;
}

export class Facts {
  readonly #servers = new Map<number, Fact>();
  readonly #connections = new Map<number, OpenConnection>();
  readonly #reader = new RecordReader();
  #start = 0;
  #records = 0;
  #begun = 0;
  #inFlight = 0;
  #bytes = 0;

  get trimmed(): Trimmed {
    return {
      start: this.#start,
      records: this.#records,
      exchanges: this.#begun - this.#inFlight,
      bytes: this.#bytes,
    };
  }

  /** In an order in which each makes sense after those before it. The arrays are shared: do not write to them. */
  list(): Uint8Array[] {
    const list = [...this.#servers.values()];
    for (const { opened, exchanges } of this.#connections.values()) {
      list.push(opened);
      for (const facts of exchanges.values()) list.push(...facts);
    }
    return list;
  }

  /** Takes in the oldest segment, which is about to go. */
  fold(segment: Segment): void {
    const records = segment.bytes.subarray(0, segment.used);
    const ended = this.#foldEnds(records, segment.start);
    this.#foldBegins(records, segment.start, ended);
    this.#start = segment.end;
    this.#records += segment.records;
  }

  /** Forgets what ended in this segment; returns what of it may have begun in it, so that it is never copied. */
  #foldEnds(records: Uint8Array, start: number): Ended {
    const ended: Ended = { connections: new Set(), exchanges: new Set() };
    const reader = this.#reader.reset(records, start);
    while (reader.next()) {
      if (reader.kind === KIND.responseEnd) {
        ended.exchanges.add(reader.exchange);
        if (this.#connections.get(reader.conn)?.exchanges.delete(reader.exchange)) this.#inFlight--;
      } else if (reader.kind === KIND.closed) {
        ended.connections.add(reader.conn);
        this.#inFlight -= this.#connections.get(reader.conn)?.exchanges.size ?? 0;
        this.#connections.delete(reader.conn);
      }
    }
    return ended;
  }

  #foldBegins(records: Uint8Array, start: number, ended: Ended): void {
    const reader = this.#reader.reset(records, start);
    while (reader.next()) {
      switch (reader.kind) {
        case KIND.server:
          // A server that was removed has nothing more to say, and one that comes back moves to the end.
          this.#servers.delete(reader.server);
          if (reader.serverState?.status !== 'removed')
            this.#servers.set(reader.server, fact(reader, records));
          break;
        case KIND.opened:
          if (ended.connections.has(reader.conn)) break;
          this.#connections.set(reader.conn, { opened: fact(reader, records), exchanges: new Map() });
          break;
        case KIND.bytes:
          this.#bytes += reader.length;
          break;
        case KIND.begin: {
          this.#begun++;
          if (ended.exchanges.has(reader.exchange)) break;
          // Absent when the connection closed in this segment: that ended the exchange too.
          const connection = this.#connections.get(reader.conn);
          if (!connection) break;
          connection.exchanges.set(reader.exchange, [fact(reader, records)]);
          this.#inFlight++;
          break;
        }
        case KIND.request:
        case KIND.requestEnd:
        case KIND.response:
        case KIND.fault:
          this.#connections.get(reader.conn)?.exchanges.get(reader.exchange)?.push(fact(reader, records));
          break;
      }
    }
  }
}

interface Ended {
  readonly connections: Set<number>;
  readonly exchanges: Set<number>;
}

function fact(reader: RecordReader, records: Uint8Array): Fact {
  const copy = new Uint8Array(ANCHOR_BYTES + reader.to - reader.from);
  const at = writeAnchor(copy, 0, reader.position);
  copy.set(records.subarray(reader.from, reader.to), at);
  copy[at + 5]! |= FLAG.carried;
  return copy;
}
