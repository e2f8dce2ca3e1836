/** Batches of encoded records into columns. Times never go back in the log, except for carried records. */
import { RecordReader } from '../../server-core/capture/codec.ts';
import { KIND, type ServerState, type Worker } from '../../server-core/capture/events.ts';
import { Traces } from '../../server-core/capture/traces.ts';
import { Columns } from './columns.ts';
import { FilteredIndex } from './filtered-index.ts';
import { endAll, NO_SHIFT, type Shift } from './generation.ts';
import { ListLines } from './list-lines.ts';
import { ListOrder } from './list-order.ts';
import type { Annotation } from './queries/annotation.ts';
import { Trim } from './trim.ts';

/** Everything derived from one log: columns, what is trimmed of them, which rows the filter shows and in what order. */
export class Ingest {
  readonly columns = new Columns();
  readonly trim = new Trim(this.columns);
  readonly index = new FilteredIndex(this.columns);
  readonly order = new ListOrder(this.columns, this.index);
  readonly lines = new ListLines(this.columns, this.order);
  /** Why the latest batch could not be read to its end; undefined when it could. */
  error: string | undefined;
  readonly #reader = new RecordReader();
  readonly #traces = new Traces();
  #shift: Shift = NO_SHIFT;
  #lastServer = 0;

  /** What is added to the numbers of the log that is read now. */
  get shift(): Shift {
    return this.#shift;
  }

  /** Takes a batch in; borrows the bytes for the call. What was read before, on an earlier link, is passed over. */
  batch(bytes: Uint8Array): void {
    const shift = this.#shift;
    const reader = this.#reader.reset(bytes, this.trim.read - shift.position);
    let first = true;
    while (reader.next()) {
      const position = reader.position + shift.position;
      if (!reader.carried && position < this.trim.read) continue;
      if (!reader.carried && reader.kind !== KIND.tombstone) {
        if (first) this.trim.batch(position, reader.time + shift.time);
        first = false;
      }
      this.#record(reader);
      // Carried records and the tombstone before them repeat the past: they are not the log's own next record.
      if (reader.carried) continue;
      this.trim.read = Math.max(this.trim.read, reader.endPosition + shift.position);
    }
    this.error = reader.error;
    this.index.absorb();
  }

  annotate(exchanges: readonly number[], change: Partial<Annotation>): void {
    this.columns.annotate(exchanges, change);
    this.index.absorb();
  }

  /** Forgets what has ended and is not pinned, at once. */
  clear(): void {
    this.trim.clear();
    this.index.absorb();
  }

  /** Forgets those of some exchanges that have ended and are not pinned; returns how many. */
  forget(exchanges: readonly number[]): number {
    const gone = this.trim.forget(exchanges);
    this.index.absorb();
    return gone;
  }

  /** Another log goes on where this one ended with its process; `time` is how much later it began, in microseconds. */
  goOn(time: number): void {
    const { columns, trim } = this;
    endAll(columns, trim.read);
    this.#shift = {
      position: trim.read,
      conn: columns.connections.last,
      exchange: columns.exchanges.last,
      server: this.#lastServer,
      // A clock that was set back must not let times run backwards.
      time: Math.max(time, columns.lastTime),
    };
    this.index.absorb();
  }

  #record(reader: RecordReader): void {
    const { columns } = this;
    const shift = this.#shift;
    const time = reader.time + shift.time;
    const position = reader.position + shift.position;
    const conn = reader.conn === 0 ? 0 : reader.conn + shift.conn;
    if (reader.kind !== KIND.server) columns.at(time);
    switch (reader.kind) {
      case KIND.bytes:
        columns.byteRecord(
          conn,
          time,
          reader.out ? 1 : 0,
          reader.offset,
          reader.length,
          position,
          reader.continued,
        );
        return;
      case KIND.begin:
        if (reader.carried) this.trim.carriedBegin();
        columns.begin(conn, this.#exchange(reader), time, reader.offset, position);
        return;
      case KIND.request:
        columns.request(
          this.#exchange(reader),
          time,
          reader.headEnd,
          reader.method,
          reader.target,
          reader.version,
        );
        return;
      case KIND.requestEnd:
        columns.requestEnd(this.#exchange(reader), reader.offset);
        return;
      case KIND.response:
        columns.response(this.#exchange(reader), time, reader.offset, reader.status, reader.mediaType);
        return;
      case KIND.responseEnd:
        columns.responseEnd(this.#exchange(reader), time, reader.offset, reader.complete, position);
        return;
      case KIND.mark:
        this.#mark(reader, time);
        return;
      case KIND.step:
        this.#traces.learn(reader);
        return;
      case KIND.traced:
        columns.mark(this.#exchange(reader), time, this.#traces.of(reader.step));
        return;
      case KIND.worker:
        columns.worker(conn, this.#exchange(reader), time, reader.workerName);
        return;
      case KIND.fault:
        columns.fault(this.#exchange(reader), time, reader.fault ?? '', reader.out, reader.offset);
        return;
      case KIND.opened:
        columns.opened(
          conn,
          time,
          reader.server + shift.server,
          reader.remoteAddress,
          reader.remotePort,
          reader.localPort,
        );
        return;
      case KIND.closed:
        columns.closed(
          conn,
          time,
          reader.reason,
          reader.bytesIn,
          reader.bytesOut,
          position,
          reader.closeDetail,
        );
        return;
      case KIND.tls: {
        const { tlsVersion: version, cipher, alpn, serverName, resumed, handshakeMicros } = reader;
        columns.tls(conn, time, { version, cipher, alpn, serverName, resumed, handshakeMicros });
        return;
      }
      case KIND.metrics:
        columns.metrics.sample(time, reader);
        return;
      case KIND.usage:
        columns.metrics.workers.usage(this.#worker(reader), time, reader.usage);
        return;
      case KIND.workerLife: {
        const { workerStage: stage, lifeDetail: detail } = reader;
        if (stage !== undefined) columns.metrics.workers.life(this.#worker(reader), time, stage, detail);
        return;
      }
      case KIND.server:
        this.#server(reader.serverState, time);
        return;
      case KIND.tombstone:
        this.trim.tombstone(reader.start + shift.position, time, reader.trimmedExchanges + shift.exchange);
        return;
    }
  }

  #mark(reader: RecordReader, time: number): void {
    const { mark, detail } = reader;
    if (mark !== undefined) this.columns.mark(this.#exchange(reader), time, { mark, detail });
  }

  #exchange(reader: RecordReader): number {
    return reader.exchange === 0 ? 0 : reader.exchange + this.#shift.exchange;
  }

  #worker({ server, workerId: id, workerName: name }: RecordReader): Worker {
    // 0 is no server's number.
    return { server: server === 0 ? 0 : server + this.#shift.server, id, name };
  }

  #server(state: ServerState | undefined, time: number): void {
    if (state === undefined) return;
    const id = state.id + this.#shift.server;
    this.#lastServer = Math.max(this.#lastServer, id);
    this.columns.metrics.model(time, { ...state, id });
    this.columns.server({ ...state, id });
  }
}
