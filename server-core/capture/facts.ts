/**
 * What still holds at the log's start: the state of every server, every connection then open, and every exchange
 * then in flight with its head. A reader that begins there is first given these, so that each record that follows
 * makes sense to it. They are exactly the trimmed records folded into one another: nothing is kept while records
 * are written, and each segment is read once more on its way out of memory (digest.ts).
 */
import type { Digest, Fact } from './digest.ts';
import { generationOf } from './trace-steps.ts';

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

interface OpenConnection {
  readonly opened: Fact;
  /** What its TLS handshake agreed on. */
  tls: Fact | undefined;
  /** Which process has it. */
  worker: Fact | undefined;
  /** By exchange in flight: the records that describe it. */
  readonly exchanges: Map<number, Fact[]>;
}

export class Facts {
  readonly #servers = new Map<number, Fact>();
  /** Of the generation that is told lately: what is held refers to no older one. */
  readonly #steps = new Map<number, Fact>();
  readonly #connections = new Map<number, OpenConnection>();
  #generation = 0;
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
    const list = [...this.#servers.values(), ...this.#steps.values()];
    for (const { opened, tls, worker, exchanges } of this.#connections.values()) {
      list.push(opened);
      if (tls) list.push(tls);
      if (worker) list.push(worker);
      for (const facts of exchanges.values()) list.push(...facts);
    }
    return list;
  }

  /** Takes in what the oldest segment told; the segment may go. */
  fold(digest: Digest): void {
    this.#foldEnds(digest);
    for (const { server, fact } of digest.servers) {
      // A server that was removed has nothing more to say, and one that comes back moves to the end.
      this.#servers.delete(server);
      if (fact) this.#servers.set(server, fact);
    }
    for (const { step, fact } of digest.steps) {
      if (generationOf(step) !== this.#generation) this.#steps.clear();
      this.#generation = generationOf(step);
      this.#steps.set(step, fact);
    }
    for (const { conn, fact } of digest.opened) {
      this.#connections.set(conn, {
        opened: fact,
        tls: undefined,
        worker: undefined,
        exchanges: new Map(),
      });
    }
    for (const { conn, fact } of digest.secured) {
      const connection = this.#connections.get(conn);
      if (connection) connection.tls = fact;
    }
    for (const { conn, fact } of digest.handed) {
      const connection = this.#connections.get(conn);
      if (connection) connection.worker = fact;
    }
    for (const { conn, exchange, fact, isBegin } of digest.told) {
      // Absent when the connection closed in this segment: that ended the exchange too.
      const exchanges = this.#connections.get(conn)?.exchanges;
      if (isBegin && exchanges) {
        exchanges.set(exchange, [fact]);
        this.#inFlight++;
      } else exchanges?.get(exchange)?.push(fact);
    }
    this.#begun += digest.begun;
    this.#bytes += digest.bytes;
    this.#records += digest.records;
    this.#start = digest.end;
  }

  /** Forgets what ended in the segment. */
  #foldEnds({ ended, closed }: Digest): void {
    for (const { conn, exchange } of ended) {
      if (this.#connections.get(conn)?.exchanges.delete(exchange)) this.#inFlight--;
    }
    for (const conn of closed) {
      this.#inFlight -= this.#connections.get(conn)?.exchanges.size ?? 0;
      this.#connections.delete(conn);
    }
  }
}
