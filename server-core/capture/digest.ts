/**
 * What one segment changes in the facts: what ended in it that began before, and what began in it and goes on.
 * Most of what a segment tells begins and ends within it, so this is small, and stands in for the segment where
 * its bytes lie on disk.
 */
import { RecordReader } from './codec.ts';
import { KIND } from './events.ts';
import { ANCHOR_BYTES, FLAG, writeAnchor } from './layout.ts';
import type { Records } from './segment.ts';

/** An anchor with the position the record had, then the record with its `carried` flag set. */
export type Fact = Uint8Array;

export interface Digest {
  /** Position after the segment. */
  readonly end: number;
  readonly records: number;
  /** Exchanges that began in it, and payload bytes of its `bytes` records. */
  readonly begun: number;
  readonly bytes: number;
  /** Exchanges and connections that ended in it and did not begin in it. */
  readonly ended: readonly { readonly conn: number; readonly exchange: number }[];
  readonly closed: readonly number[];
  /** In their order; without a fact where the server was removed. */
  readonly servers: readonly { readonly server: number; readonly fact: Fact | undefined }[];
  readonly steps: readonly { readonly step: number; readonly fact: Fact }[];
  /** Connections that were opened in it and are still open. */
  readonly opened: readonly { readonly conn: number; readonly fact: Fact }[];
  /** Handshakes done in it on connections that are still open. */
  readonly secured: readonly { readonly conn: number; readonly fact: Fact }[];
  /** Connections that another process took over, and are still open. */
  readonly handed: readonly { readonly conn: number; readonly fact: Fact }[];
  /** What describes exchanges that go on, in order. */
  readonly told: readonly ExchangeFact[];
}

interface ExchangeFact {
  readonly conn: number;
  readonly exchange: number;
  readonly fact: Fact;
  readonly isBegin: boolean;
}

const reader = new RecordReader();

export function digestOf(segment: Records): Digest {
  const records = segment.bytes.subarray(0, segment.used);
  const ends = endsIn(records, segment.start);
  const servers: Digest['servers'][number][] = [];
  const steps: Digest['steps'][number][] = [];
  const opened: Digest['opened'][number][] = [];
  const secured: Digest['secured'][number][] = [];
  const handed: Digest['handed'][number][] = [];
  const told: ExchangeFact[] = [];
  /** Opened and closed in it. */
  const brief = new Set<number>();
  let begun = 0;
  let bytes = 0;
  reader.reset(records, segment.start);
  while (reader.next()) {
    const { kind, conn } = reader;
    if (kind === KIND.bytes) bytes += reader.length;
    else if (kind === KIND.opened) {
      if (ends.connections.delete(conn)) brief.add(conn);
      else opened.push({ conn, fact: factOf(records) });
    } else if (kind === KIND.tls) {
      const isOpen = !brief.has(conn) && !ends.connections.has(conn);
      if (isOpen) secured.push({ conn, fact: factOf(records) });
    } else if (kind === KIND.worker && reader.exchange === 0) {
      const isOpen = !brief.has(conn) && !ends.connections.has(conn);
      if (isOpen) handed.push({ conn, fact: factOf(records) });
    } else if (kind === KIND.server) {
      const gone = reader.serverState?.status === 'removed';
      servers.push({ server: reader.server, fact: gone ? undefined : factOf(records) });
    } else if (kind === KIND.step) {
      steps.push({ step: reader.step, fact: factOf(records) });
    } else if (tellsOfExchange(kind)) {
      const { exchange } = reader;
      const isBegin = kind === KIND.begin;
      if (isBegin) begun++;
      if (!ends.exchanges.has(exchange)) told.push({ conn, exchange, fact: factOf(records), isBegin });
      // Its end is a matter of this segment alone: nobody else need hear of it.
      else if (isBegin) ends.exchanges.set(exchange, 0);
    }
  }
  const ended = [...ends.exchanges].filter(([, conn]) => conn !== 0);
  return {
    end: segment.end,
    records: segment.records,
    begun,
    bytes,
    ended: ended.map(([exchange, conn]) => ({ conn, exchange })),
    closed: [...ends.connections],
    servers,
    steps,
    opened,
    secured,
    handed,
    told,
  };
}

function endsIn(records: Uint8Array, start: number) {
  const connections = new Set<number>();
  /** Connection by exchange. */
  const exchanges = new Map<number, number>();
  reader.reset(records, start);
  while (reader.next()) {
    if (reader.kind === KIND.responseEnd) exchanges.set(reader.exchange, reader.conn);
    else if (reader.kind === KIND.closed) connections.add(reader.conn);
  }
  return { connections, exchanges };
}

function tellsOfExchange(kind: number): boolean {
  return (
    kind === KIND.begin ||
    kind === KIND.request ||
    kind === KIND.requestEnd ||
    kind === KIND.response ||
    kind === KIND.worker ||
    kind === KIND.fault
  );
}

function factOf(records: Uint8Array): Fact {
  const copy = new Uint8Array(ANCHOR_BYTES + reader.to - reader.from);
  const at = writeAnchor(copy, 0, reader.position);
  copy.set(records.subarray(reader.from, reader.to), at);
  copy[at + 5]! |= FLAG.carried;
  return copy;
}
