import type { FaultCode } from '../wire/faults.ts';
import {
  CLOSE_REASONS,
  type CloseReason,
  type Direction,
  KIND,
  type ServerState,
  WORKER_STAGES,
  type Worker,
  type WorkerStage,
} from './events.ts';
import {
  BYTES_HEADER,
  FLAG,
  HEADER_BYTES,
  LIFE_NAME,
  MAX_TEXT_CHARS,
  MAX_TLS_TEXT,
  METRICS_BYTES,
  REPEAT_BYTES,
  REQUEST_TEXTS,
  TLS_TEXTS,
  TOMBSTONE_BYTES,
  USAGE_NAME,
} from './layout.ts';
import { encodeServerState } from './server-state.ts';
import type { MetricsFigures, Tap, TlsFacts, UsageFigures } from './tap.ts';
import { encodeUtf8, writeLatin1 } from './text.ts';
import { TraceLog } from './trace-log.ts';

/** A read or write up to this size is one record if at all possible; a larger one is split to fill segments. */
const WHOLE_BYTES = 64 * 1024;

const NO_TEXT = new Uint8Array(0);

const CLOSE_INDEX = new Map(CLOSE_REASONS.map((reason, index) => [reason, index]));

export interface LogTotals {
  readonly records: number;
  readonly connections: number;
  readonly exchanges: number;
  /** Wire bytes, both ways. */
  readonly bytes: number;
}

/**
 * THE capture log: a Tap that encodes what it is told straight into memory (layout.ts, record-log.ts). One call
 * costs one clock read and one write of the record; nothing is allocated.
 */
export class CaptureLog extends TraceLog implements Tap {
  readonly on = true;
  #connections = 0;
  #exchanges = 0;
  #bytes = 0;
  /** Where stable arrays stand in the segment that begins at `#stableFrom`. */
  readonly #stablePositions = new Map<Uint8Array, number>();
  #stableFrom = -1;
  /** Leaves room in a segment for the tombstone that may open it, and in a read of that size for its anchor. */
  readonly #largestPiece = this.segmentBytes - TOMBSTONE_BYTES - BYTES_HEADER;
  /** A file of the size that is kept whole (64 KiB), with its head. A larger one would leave holes in segments. */
  readonly #largestStable = Math.min(2 * WHOLE_BYTES, this.#largestPiece);

  /** All that was ever captured, trimmed or not. */
  get totals(): LogTotals {
    return {
      records: this.records,
      connections: this.#connections,
      exchanges: this.#exchanges,
      bytes: this.#bytes,
    };
  }

  server(state: ServerState): void {
    const json = encodeServerState(state);
    const at = this.claim(24 + json.length, KIND.server, 0, 0);
    this.segment.view.setUint32(at + 20, state.id, true);
    this.segment.bytes.set(json, at + 24);
    this.appended();
  }

  opened(server: number, remoteAddress: string, remotePort: number, localPort: number): number {
    const conn = ++this.#connections;
    const length = Math.min(remoteAddress.length, MAX_TEXT_CHARS);
    const at = this.claim(26 + length, KIND.opened, remotePort, conn);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, server, true);
    view.setUint16(at + 24, localPort, true);
    writeLatin1(bytes, at + 26, remoteAddress, length);
    this.appended();
    return conn;
  }

  tls(conn: number, facts: TlsFacts): void {
    const texts = [facts.version, facts.cipher, facts.alpn, facts.serverName].map((text) =>
      text.slice(0, MAX_TLS_TEXT),
    );
    const length = texts.reduce((sum, text) => sum + text.length, TLS_TEXTS);
    const start = this.claim(length, KIND.tls, facts.resumed ? 1 : 0, conn);
    const { view, bytes } = this.segment;
    view.setFloat64(start + 20, facts.handshakeMicros, true);
    let at = start + TLS_TEXTS;
    for (const [i, text] of texts.entries()) {
      // The last text ends with the record.
      if (i < 3) bytes[start + 28 + i] = text.length;
      at = writeLatin1(bytes, at, text, text.length);
    }
    this.appended();
  }

  worker(conn: number, exchange: number, name: string): void {
    const text = encodeUtf8(name);
    const at = this.claim(24 + text.length, KIND.worker, 0, conn);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, exchange, true);
    bytes.set(text, at + 24);
    this.appended();
  }

  bytes(conn: number, direction: Direction, offset: number, data: Uint8Array, stable = false): void {
    this.#bytes += data.length;
    if (stable && data.length <= this.#largestStable) this.#stable(conn, direction, offset, data);
    else if (data.length <= Math.min(this.room - BYTES_HEADER, this.#largestPiece))
      this.#piece(conn, direction, offset, data, 0);
    else this.#pieces(conn, direction, offset, data);
    this.appended();
  }

  begin(conn: number, offset: number): number {
    const exchange = ++this.#exchanges;
    this.#moment(KIND.begin, 0, conn, exchange, offset);
    return exchange;
  }

  request(
    conn: number,
    exchange: number,
    offset: number,
    headEnd: number,
    method: string,
    target: string,
    version: string,
  ): void {
    const methodLength = Math.min(method.length, MAX_TEXT_CHARS);
    const versionLength = Math.min(version.length, MAX_TEXT_CHARS);
    const targetLength = Math.min(target.length, MAX_TEXT_CHARS);
    const length = REQUEST_TEXTS + methodLength + versionLength + targetLength;
    const at = this.claim(length, KIND.request, methodLength, conn);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, exchange, true);
    view.setFloat64(at + 24, offset, true);
    view.setFloat64(at + 32, headEnd, true);
    view.setUint16(at + 40, versionLength, true);
    const versionAt = writeLatin1(bytes, at + REQUEST_TEXTS, method, methodLength);
    const targetAt = writeLatin1(bytes, versionAt, version, versionLength);
    writeLatin1(bytes, targetAt, target, targetLength);
    if (length < REQUEST_TEXTS + method.length + version.length + target.length) bytes[at + 5] = FLAG.clipped;
    this.appended();
  }

  requestEnd(conn: number, exchange: number, offset: number): void {
    this.#moment(KIND.requestEnd, 0, conn, exchange, offset);
  }

  response(
    conn: number,
    exchange: number,
    offset: number,
    headEnd: number,
    status: number,
    mediaType: string,
  ): void {
    const length = Math.min(mediaType.length, MAX_TEXT_CHARS);
    const at = this.claim(40 + length, KIND.response, status, conn);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, exchange, true);
    view.setFloat64(at + 24, offset, true);
    view.setFloat64(at + 32, headEnd, true);
    writeLatin1(bytes, at + 40, mediaType, length);
    if (length < mediaType.length) bytes[at + 5] = FLAG.clipped;
    this.appended();
  }

  responseEnd(conn: number, exchange: number, offset: number, complete: boolean): void {
    this.#moment(KIND.responseEnd, complete ? 1 : 0, conn, exchange, offset);
  }

  fault(conn: number, exchange: number, code: FaultCode, direction: Direction, at: number): void {
    const start = this.claim(32 + code.length, KIND.fault, direction === 'out' ? 1 : 0, conn);
    const { view, bytes } = this.segment;
    view.setUint32(start + 20, exchange, true);
    view.setFloat64(start + 24, at, true);
    writeLatin1(bytes, start + 32, code, code.length);
    this.appended();
  }

  closed(conn: number, reason: CloseReason, bytesIn: number, bytesOut: number, detail = ''): void {
    const text = detail === '' ? NO_TEXT : encodeUtf8(detail.slice(0, MAX_TEXT_CHARS));
    const at = this.claim(36 + text.length, KIND.closed, CLOSE_INDEX.get(reason)!, conn);
    const { view, bytes } = this.segment;
    bytes.set(text, at + 36);
    view.setFloat64(at + 20, bytesIn, true);
    view.setFloat64(at + 28, bytesOut, true);
    this.appended();
  }

  metrics(figures: MetricsFigures): void {
    const { acceptQueue } = figures;
    const at = this.claim(METRICS_BYTES, KIND.metrics, acceptQueue === undefined ? 0 : 1, 0);
    const { view } = this.segment;
    view.setUint32(at + 20, figures.openConnections, true);
    view.setUint32(at + 24, figures.inFlight, true);
    view.setFloat64(at + 28, figures.loopLagMicros, true);
    view.setFloat64(at + 36, figures.rssBytes, true);
    view.setFloat64(at + 44, figures.heapBytes, true);
    view.setFloat64(at + 52, figures.waitingBytes, true);
    view.setUint32(at + 60, figures.waitingConnections, true);
    view.setUint32(at + 64, acceptQueue ?? 0, true);
    this.appended();
  }

  usage({ server, id, name }: Worker, figures: UsageFigures): void {
    const at = this.claim(USAGE_NAME + name.length, KIND.usage, 0, 0);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, server, true);
    view.setUint32(at + 24, id, true);
    view.setFloat64(at + 28, figures.spanMicros, true);
    view.setFloat64(at + 36, figures.cpuMicros, true);
    view.setFloat64(at + 44, figures.rssBytes, true);
    view.setFloat64(at + 52, figures.heapBytes, true);
    view.setFloat64(at + 60, figures.loopLagMicros, true);
    view.setFloat64(at + 68, figures.utilization, true);
    writeLatin1(bytes, at + USAGE_NAME, name, name.length);
    this.appended();
  }

  workerLife({ server, id, name }: Worker, stage: WorkerStage, detail = ''): void {
    const text = encodeUtf8(detail.slice(0, MAX_TEXT_CHARS));
    const length = LIFE_NAME + name.length + text.length;
    const at = this.claim(length, KIND.workerLife, WORKER_STAGES.indexOf(stage), 0);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, server, true);
    view.setUint32(at + 24, id, true);
    view.setUint16(at + 28, name.length, true);
    bytes.set(text, writeLatin1(bytes, at + LIFE_NAME, name, name.length));
    this.appended();
  }

  /** Numbers for what another log tells of (merger.ts). */
  nextConnection(): number {
    return ++this.#connections;
  }
  nextExchange(): number {
    return ++this.#exchanges;
  }

  /**
   * Appends a record that another log wrote, with its time and under numbers of this one; no payload of it may be
   * left out or repeat another. At most as long as a segment less a tombstone.
   */
  adopt(record: Uint8Array, conn: number, exchange: number): void {
    const kind = record[4]!;
    const at = this.claim(record.length, kind, 0, conn);
    const { view, bytes } = this.segment;
    bytes.set(record, at);
    view.setUint32(at + 8, conn, true);
    if (exchange !== 0) view.setUint32(at + HEADER_BYTES, exchange, true);
    if (kind === KIND.bytes) this.#bytes += record.length - BYTES_HEADER;
    this.appended();
  }

  /** The records that say no more than: this exchange came to that offset. */
  #moment(kind: number, aux: number, conn: number, exchange: number, offset: number): void {
    const at = this.claim(32, kind, aux, conn);
    const { view } = this.segment;
    view.setUint32(at + 20, exchange, true);
    view.setFloat64(at + 24, offset, true);
    this.appended();
  }

  /**
   * A payload that does not fit what is left of the segment. A small one goes into the next, so that a record is
   * what one read or write was; a large one fills this segment first, or half of the log would be holes.
   */
  #pieces(conn: number, direction: Direction, offset: number, data: Uint8Array): void {
    let from = 0;
    // At least once: an empty write is a record too.
    do {
      const left = data.length - from;
      const room = this.room - BYTES_HEADER;
      const most =
        left > WHOLE_BYTES && room >= WHOLE_BYTES ? Math.min(room, this.#largestPiece) : this.#largestPiece;
      const size = Math.min(left, most);
      const flags = from === 0 ? 0 : FLAG.continued;
      this.#piece(conn, direction, offset + from, data.subarray(from, from + size), flags);
      from += size;
    } while (from < data.length);
  }

  /** The same array again, within a segment, costs a few bytes; whatever it holds. */
  #stable(conn: number, direction: Direction, offset: number, data: Uint8Array): void {
    const first = this.#stableFrom === this.segment.start ? this.#stablePositions.get(data) : undefined;
    if (first !== undefined && this.room >= REPEAT_BYTES) {
      this.#repeat(conn, direction, offset, data.length, first);
      return;
    }
    this.#piece(conn, direction, offset, data, 0);
    const { start, end } = this.segment;
    if (this.#stableFrom !== start) this.#stablePositions.clear();
    this.#stableFrom = start;
    this.#stablePositions.set(data, end - BYTES_HEADER - data.length);
  }

  #repeat(conn: number, direction: Direction, offset: number, length: number, first: number): void {
    const at = this.claim(REPEAT_BYTES, KIND.bytes, direction === 'out' ? 1 : 0, conn);
    const { bytes, start, view } = this.segment;
    bytes[at + 5] = FLAG.repeat;
    view.setFloat64(at + 20, offset, true);
    view.setUint32(at + 28, length, true);
    view.setUint32(at + BYTES_HEADER, start + at - first, true);
  }

  #piece(conn: number, direction: Direction, offset: number, data: Uint8Array, flags: number): void {
    const at = this.claim(BYTES_HEADER + data.length, KIND.bytes, direction === 'out' ? 1 : 0, conn);
    const { view, bytes } = this.segment;
    bytes[at + 5] = flags;
    view.setFloat64(at + 20, offset, true);
    view.setUint32(at + 28, data.length, true);
    bytes.set(data, at + BYTES_HEADER);
  }
}
