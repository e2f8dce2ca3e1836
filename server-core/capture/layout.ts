/**
 * How one record lies in bytes, version 1. Little-endian, unaligned, back to back.
 *
 *    0  u32  length of the whole record, header included
 *    4  u8   kind, see KIND
 *    5  u8   flags, see FLAG
 *    6  u16  aux: one small number of the kind
 *    8  u32  conn, 0 for none
 *   12  f64  time, microseconds since the log's epoch
 *   20       by kind; `…` is text that runs to the record's end
 *
 *   kind          aux              from 20 on
 *   server        –                u32 server, UTF-8 JSON …
 *   opened        remote port      u32 server, u16 local port, latin1 remote address …
 *   bytes         0 in, 1 out      f64 stream offset, u32 payload length, payload (left out when elided; when it
 *                                  repeats one: u32 how far back the record begins that has the same payload)
 *   begin         –                u32 exchange, f64 offset
 *   request       method length    u32 exchange, f64 offset, f64 head end, u16 version length,
 *                                  latin1 method, version, target …
 *   request-end   –                u32 exchange, f64 offset
 *   response      status           u32 exchange, f64 offset, f64 head end, latin1 media type …
 *   response-end  1 complete       u32 exchange, f64 offset
 *   mark          index in MARKS   u32 exchange, UTF-8 detail …
 *   fault         0 in, 1 out      u32 exchange, f64 at, latin1 code …
 *   closed        CLOSE_REASONS    f64 bytes in, f64 bytes out, UTF-8 detail …
 *   metrics       1 queue known    u32 open, u32 in flight, f64 loop lag, f64 rss, f64 heap, f64 waiting bytes,
 *                                  u32 waiting connections, u32 accept queue (older ones end before these two)
 *   tombstone     –                f64 start, f64 records, f64 exchanges, f64 bytes
 *   anchor        layout version   f64 log position of the record that follows
 *   tls           1 resumed        f64 handshake, u8 version length, u8 cipher length, u8 ALPN length,
 *                                  latin1 version, cipher, ALPN, server name …
 *   worker        –                u32 exchange, UTF-8 name …
 *   step          index in MARKS   u32 step, u32 step before it or 0, UTF-8 detail …
 *   traced        –                u32 exchange, u32 last step
 *   usage         –                u32 server, u32 id, f64 span, f64 cpu, f64 rss, f64 heap, f64 loop lag,
 *                                  f64 utilization, latin1 name …
 *   worker-life   WORKER_STAGES    u32 server, u32 id, u16 name length, latin1 name, UTF-8 detail …
 *
 * The position of a record is where the one before it ended; an elided record counts with what it had there.
 * A record repeats only what stands in the same segment of the log, so that each segment is whole by itself.
 * An anchor is no event: it opens each run of records that is handed out, and sets the position.
 */
import { KIND } from './events.ts';

export const LAYOUT_VERSION = 1;

export const FLAG = {
  /** A `bytes` record without its payload. */
  elided: 1,
  /** A copy of an older record, given before the log's start because it still held there. */
  carried: 2,
  /** A `bytes` record that goes on with the read or write of the one before it. */
  continued: 4,
  /** A text was longer than MAX_TEXT_CHARS and was cut there; the wire bytes are whole. */
  clipped: 8,
  /** A `bytes` record with the payload of an earlier one. */
  repeat: 16,
} as const;

export const HEADER_BYTES = 20;
/** Length of a `bytes` record without its payload. */
export const BYTES_HEADER = 32;
/** Length of a `bytes` record that repeats a payload. */
export const REPEAT_BYTES = BYTES_HEADER + 4;
/** Offset of the texts of a `request` record. */
export const REQUEST_TEXTS = 42;
/** Offset of the texts of a `tls` record, and the longest of them: a server name and an ALPN name have a length of one byte. */
export const TLS_TEXTS = 31;
export const MAX_TLS_TEXT = 255;
/** Length of a `metrics` record, and of one that an older version wrote. */
export const METRICS_BYTES = 68;
const FIRST_METRICS_BYTES = 60;
/** Offset of the name in a `usage` record, and in a `worker-life` record. */
export const USAGE_NAME = 76;
export const LIFE_NAME = 30;
/** Offset of the text of a `step` record. */
export const STEP_TEXT = 28;
export const TRACED_BYTES = 28;
export const TOMBSTONE_BYTES = 52;
export const ANCHOR_BYTES = 28;

/** Least length of a record by kind; 0 marks a kind that this version does not know. */
export const LEAST_BYTES: Uint8Array = new Uint8Array(256);
LEAST_BYTES[KIND.server] = 24;
LEAST_BYTES[KIND.opened] = 26;
LEAST_BYTES[KIND.bytes] = BYTES_HEADER;
LEAST_BYTES[KIND.begin] = 32;
LEAST_BYTES[KIND.request] = REQUEST_TEXTS;
LEAST_BYTES[KIND.requestEnd] = 32;
LEAST_BYTES[KIND.response] = 40;
LEAST_BYTES[KIND.responseEnd] = 32;
LEAST_BYTES[KIND.mark] = 24;
LEAST_BYTES[KIND.fault] = 32;
LEAST_BYTES[KIND.closed] = 36;
LEAST_BYTES[KIND.metrics] = FIRST_METRICS_BYTES;
LEAST_BYTES[KIND.tombstone] = TOMBSTONE_BYTES;
LEAST_BYTES[KIND.anchor] = ANCHOR_BYTES;
LEAST_BYTES[KIND.tls] = TLS_TEXTS;
LEAST_BYTES[KIND.worker] = 24;
LEAST_BYTES[KIND.step] = STEP_TEXT;
LEAST_BYTES[KIND.traced] = TRACED_BYTES;
LEAST_BYTES[KIND.usage] = USAGE_NAME;
LEAST_BYTES[KIND.workerLife] = LIFE_NAME;

/** Longest text kept in a record, in chars. Twice what nginx and Apache take for a request line (8 KiB). */
export const MAX_TEXT_CHARS = 16_384;

/** No record is longer than this without its payload: three texts of one byte a char, or one of three. */
export const MAX_RECORD_BYTES = REQUEST_TEXTS + 3 * MAX_TEXT_CHARS;

/** Writes what every record begins with, without flags. */
export function writeHeader(
  view: DataView,
  at: number,
  length: number,
  kind: number,
  aux: number,
  conn: number,
  time: number,
): void {
  view.setUint32(at, length, true);
  // Kind, flags (none) and aux in one store.
  view.setUint32(at + 4, kind | (aux << 16), true);
  view.setUint32(at + 8, conn, true);
  view.setFloat64(at + 12, time, true);
}

/** Writes the anchor that opens a run of records; returns where it ends. */
export function writeAnchor(target: Uint8Array, at: number, position: number): number {
  const view = new DataView(target.buffer, target.byteOffset + at, ANCHOR_BYTES);
  view.setUint32(0, ANCHOR_BYTES, true);
  view.setUint8(4, KIND.anchor);
  view.setUint8(5, 0);
  view.setUint16(6, LAYOUT_VERSION, true);
  view.setUint32(8, 0, true);
  view.setFloat64(12, 0, true);
  view.setFloat64(HEADER_BYTES, position, true);
  return at + ANCHOR_BYTES;
}
