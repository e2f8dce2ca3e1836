/** Batches of encoded records into columns. Times never go back in the log, except for carried records. */
import { RecordReader } from '../../server-core/capture/codec.ts';
import { KIND } from '../../server-core/capture/events.ts';
import { BYTES_HEADER } from '../../server-core/capture/layout.ts';
import { Columns } from './columns.ts';
import { FilteredIndex } from './filtered-index.ts';
import { Trim } from './trim.ts';

/** Everything derived from one log: columns, what is trimmed of them, and which rows the filter shows. */
export class Ingest {
  readonly columns = new Columns();
  readonly trim = new Trim(this.columns);
  readonly index = new FilteredIndex(this.columns);
  /** Why the latest batch could not be read to its end; undefined when it could. */
  error: string | undefined;
  readonly #reader = new RecordReader();
  #clearAt: number | undefined;

  /** Takes a batch in; borrows the bytes for the call. */
  batch(bytes: Uint8Array): void {
    const reader = this.#reader.reset(bytes, this.trim.read);
    let first = true;
    while (reader.next()) {
      if (!reader.carried && reader.kind !== KIND.tombstone) {
        if (first) this.trim.batch(reader.position, reader.time);
        first = false;
      }
      this.#record(reader);
      // Carried records and the tombstone before them repeat the past: they are not the log's own next record.
      if (reader.carried) continue;
      this.trim.read = Math.max(this.trim.read, endPosition(reader));
      if (this.#clearAt !== undefined && this.trim.read >= this.#clearAt) this.clear();
    }
    this.error = reader.error;
    this.index.absorb();
  }

  /** Forgets what has ended, at once. */
  clear(): void {
    this.#clearAt = undefined;
    this.trim.clear();
    this.index.absorb();
  }

  /** Forgets what has ended as soon as the log is read up to a position: how a clear outlives a reconnect. */
  clearWhenAt(position: number): void {
    this.#clearAt = position;
  }

  #record(reader: RecordReader): void {
    const { columns } = this;
    const { time, conn, position } = reader;
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
        columns.begin(conn, reader.exchange, time, reader.offset, position);
        return;
      case KIND.request:
        columns.request(reader.exchange, time, reader.headEnd, reader.method, reader.target, reader.version);
        return;
      case KIND.requestEnd:
        columns.requestEnd(reader.exchange, reader.offset);
        return;
      case KIND.response:
        columns.response(reader.exchange, time, reader.offset, reader.status, reader.mediaType);
        return;
      case KIND.responseEnd:
        columns.responseEnd(reader.exchange, time, reader.offset, reader.complete, position);
        return;
      case KIND.mark:
        if (reader.mark !== undefined) columns.mark(reader.exchange, time, reader.mark, reader.detail);
        return;
      case KIND.fault:
        columns.fault(reader.exchange, reader.fault ?? '', reader.out, reader.offset);
        return;
      case KIND.opened:
        columns.opened(conn, time, reader.server, reader.remoteAddress, reader.remotePort, reader.localPort);
        return;
      case KIND.closed:
        columns.closed(conn, time, reader.reason, reader.bytesIn, reader.bytesOut, position);
        return;
      case KIND.metrics:
        columns.sample(time, reader.loopLagMicros, reader.waitingBytes);
        return;
      case KIND.server:
        columns.server(reader.serverState);
        return;
      case KIND.tombstone:
        this.trim.tombstone(reader.start, time, reader.trimmedExchanges);
        return;
    }
  }
}

/** Log position after the current record; an elided one counts with the payload it has in the log. */
function endPosition(reader: RecordReader): number {
  const length = reader.kind === KIND.bytes ? BYTES_HEADER + reader.length : reader.to - reader.from;
  return reader.position + length;
}
