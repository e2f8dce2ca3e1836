import { FAULTS, type FaultCode } from '../wire/faults.ts';
import {
  CLOSE_REASONS,
  type CloseReason,
  KIND,
  MARKS,
  type MarkName,
  type ServerState,
  WORKER_STAGES,
  type WorkerStage,
} from './events.ts';
import {
  BYTES_HEADER,
  FLAG,
  HEADER_BYTES,
  LAYOUT_VERSION,
  LEAST_BYTES,
  LIFE_NAME,
  METRICS_BYTES,
  REPEAT_BYTES,
  REQUEST_TEXTS,
  STEP_TEXT,
  TLS_TEXTS,
  USAGE_NAME,
} from './layout.ts';
import { parseServerState } from './server-state.ts';
import type { UsageFigures } from './tap.ts';
import { readLatin1, readUtf8 } from './text.ts';

const NOTHING = new Uint8Array(0);

/**
 * Walks a run of records without allocating: `next()` moves to a record, and the getters read its fields where
 * they lie. A getter means something only for the kinds that have the field (layout.ts), and only until the next
 * `next()`. Records of unknown kinds are passed over; at one that is cut short or inconsistent the walk ends with
 * `error` set. It never throws and never reads outside the given bytes, whatever they hold.
 *
 *     const reader = new RecordReader(batch);
 *     while (reader.next()) if (reader.kind === KIND.begin) add(reader.exchange, reader.conn, reader.time);
 *     if (reader.error) …
 */
export class RecordReader {
  /** Tag of the current record, one of KIND; 0 before the first. */
  kind = 0;
  flags = 0;
  /** Log position of the current record. */
  position = 0;
  /** Why the walk ended before the end of the bytes: one sentence. */
  error: string | undefined = undefined;
  #bytes: Uint8Array = NOTHING;
  #view: DataView = new DataView(NOTHING.buffer);
  #at = 0;
  #end = 0;
  /** Where the run began: no anchor lies between it and the current record. */
  #run = 0;
  #nextPosition = 0;

  /** See `reset`. */
  constructor(bytes?: Uint8Array, position = 0) {
    if (bytes) this.reset(bytes, position);
  }

  /** Starts over on other bytes, which are borrowed. `position` is that of the first record, unless an anchor says it. */
  reset(bytes: Uint8Array, position = 0): this {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
    this.#end = 0;
    this.#run = 0;
    this.#nextPosition = position;
    this.kind = 0;
    this.flags = 0;
    this.position = position;
    this.error = undefined;
    return this;
  }

  /** Moves to the next record; false at the end, and where `error` says that the bytes are no records. */
  next(): boolean {
    const bytes = this.#bytes;
    const view = this.#view;
    for (;;) {
      const at = this.#end;
      const left = bytes.length - at;
      if (left === 0 || this.error !== undefined) return false;
      if (left < HEADER_BYTES) return this.#fail('cut short in its header');
      const length = view.getUint32(at, true);
      if (length < HEADER_BYTES) return this.#fail('shorter than its header');
      if (length > left) return this.#fail('cut short');
      const kind = bytes[at + 4]!;
      const least = LEAST_BYTES[kind]!;
      if (length < least) return this.#fail('too short for its kind');
      if (kind === KIND.anchor) {
        if (view.getUint16(at + 6, true) > LAYOUT_VERSION)
          return this.#fail('of a newer version of the format');
        this.#nextPosition = view.getFloat64(at + HEADER_BYTES, true);
        this.#end = at + length;
        this.#run = this.#end;
        continue;
      }
      const position = this.#nextPosition;
      let logged = length;
      const flags = bytes[at + 5]!;
      if (kind === KIND.bytes) {
        logged = flags & FLAG.repeat ? REPEAT_BYTES : BYTES_HEADER + view.getUint32(at + 28, true);
        if (length !== (flags & FLAG.elided ? BYTES_HEADER : logged)) {
          return this.#fail('not as long as its payload');
        }
      } else if (kind === KIND.request) {
        const texts = view.getUint16(at + 6, true) + view.getUint16(at + 40, true);
        if (REQUEST_TEXTS + texts > length) return this.#fail('shorter than its texts');
      } else if (kind === KIND.tls) {
        const texts = bytes[at + 28]! + bytes[at + 29]! + bytes[at + 30]!;
        if (TLS_TEXTS + texts > length) return this.#fail('shorter than its texts');
      } else if (kind === KIND.workerLife) {
        const name = view.getUint16(at + 28, true);
        if (LIFE_NAME + name > length) return this.#fail('shorter than its texts');
      }
      this.#end = at + length;
      this.#nextPosition = position + logged;
      if (least === 0) continue;
      this.#at = at;
      this.kind = kind;
      this.flags = flags;
      this.position = position;
      return true;
    }
  }

  /** Offset of the current record in the bytes, and of what follows it. */
  get from(): number {
    return this.#at;
  }
  get to(): number {
    return this.#end;
  }
  /** Log position after the current record, which in the log may be longer than here. */
  get endPosition(): number {
    return this.#nextPosition;
  }
  get carried(): boolean {
    return (this.flags & FLAG.carried) !== 0;
  }
  get continued(): boolean {
    return (this.flags & FLAG.continued) !== 0;
  }
  get conn(): number {
    return this.#view.getUint32(this.#at + 8, true);
  }
  /** Microseconds since the log's epoch. */
  get time(): number {
    return this.#view.getFloat64(this.#at + 12, true);
  }
  get exchange(): number {
    return this.#u32(20);
  }
  /** Stream offset; of a fault, its `at`. */
  get offset(): number {
    return this.#f64(this.kind === KIND.bytes ? 20 : 24);
  }
  get headEnd(): number {
    return this.#f64(32);
  }
  /** True for what the server wrote: `bytes` and `fault`. */
  get out(): boolean {
    return this.#aux === 1;
  }
  /** Payload length of a `bytes` record, also when the payload was left out. */
  get length(): number {
    return this.#u32(28);
  }
  /**
   * A view of the payload of a `bytes` record, as long as the bytes live; undefined when it was left out, or repeats
   * a record that is not among them.
   */
  get data(): Uint8Array | undefined {
    if (this.flags & FLAG.elided) return undefined;
    if (this.flags & FLAG.repeat) return this.#repeated();
    return this.#bytes.subarray(this.#at + BYTES_HEADER, this.#end);
  }

  #repeated(): Uint8Array | undefined {
    const at = this.#at - this.#u32(BYTES_HEADER);
    const to = at + BYTES_HEADER + this.length;
    if (at < this.#run || to > this.#at || this.#bytes[at + 4] !== KIND.bytes) return undefined;
    if ((this.#bytes[at + 5]! & (FLAG.repeat | FLAG.elided)) !== 0) return undefined;
    return this.#view.getUint32(at, true) === to - at
      ? this.#bytes.subarray(at + BYTES_HEADER, to)
      : undefined;
  }

  get method(): string {
    return this.#latin1(REQUEST_TEXTS, REQUEST_TEXTS + this.#aux);
  }
  get version(): string {
    const from = REQUEST_TEXTS + this.#aux;
    return this.#latin1(from, from + this.#view.getUint16(this.#at + 40, true));
  }
  get target(): string {
    const from = REQUEST_TEXTS + this.#aux + this.#view.getUint16(this.#at + 40, true);
    return this.#latin1(from, this.#end - this.#at);
  }
  get status(): number {
    return this.#aux;
  }
  get mediaType(): string {
    return this.#latin1(40, this.#end - this.#at);
  }
  get complete(): boolean {
    return this.#aux === 1;
  }
  /** Undefined for a mark that this version does not know. */
  get mark(): MarkName | undefined {
    return MARKS[this.#aux];
  }
  get detail(): string {
    return readUtf8(this.#bytes, this.#at + (this.kind === KIND.step ? STEP_TEXT : 24), this.#end);
  }
  /** Number of a step, of `step` and `traced`; see Traces. */
  get step(): number {
    return this.#u32(this.kind === KIND.step ? 20 : 24);
  }
  get stepBefore(): number {
    return this.#u32(24);
  }
  get workerName(): string {
    if (this.kind === KIND.usage) return this.#latin1(USAGE_NAME, this.#end - this.#at);
    if (this.kind === KIND.workerLife) return this.#latin1(LIFE_NAME, this.#lifeDetail);
    return this.detail;
  }
  /** Undefined for a fault that this version does not know. */
  get fault(): FaultCode | undefined {
    const code = this.#latin1(32, this.#end - this.#at);
    return Object.hasOwn(FAULTS, code) ? (code as FaultCode) : undefined;
  }

  /** Number of the server, of `server`, `opened`, `usage` and `worker-life`. */
  get server(): number {
    return this.#u32(20);
  }
  /** Undefined when the record holds no state that this version understands. */
  get serverState(): ServerState | undefined {
    return parseServerState(readUtf8(this.#bytes, this.#at + 24, this.#end));
  }
  get remoteAddress(): string {
    return this.#latin1(26, this.#end - this.#at);
  }
  get remotePort(): number {
    return this.#aux;
  }
  get localPort(): number {
    return this.#view.getUint16(this.#at + 24, true);
  }
  /** Undefined for a reason that this version does not know. */
  get reason(): CloseReason | undefined {
    return CLOSE_REASONS[this.#aux];
  }
  /** Why, in a sentence; '' where the reason says all. */
  get closeDetail(): string {
    return readUtf8(this.#bytes, this.#at + 36, this.#end);
  }
  get bytesIn(): number {
    return this.#f64(20);
  }
  get bytesOut(): number {
    return this.#f64(28);
  }

  /** What a `tls` record says; `tlsVersion` is not the `version` of a request. */
  get resumed(): boolean {
    return this.#aux === 1;
  }
  get handshakeMicros(): number {
    return this.#f64(20);
  }
  get tlsVersion(): string {
    return this.#tlsText(0);
  }
  get cipher(): string {
    return this.#tlsText(1);
  }
  get alpn(): string {
    return this.#tlsText(2);
  }
  get serverName(): string {
    return this.#tlsText(3);
  }

  get openConnections(): number {
    return this.#u32(20);
  }
  get inFlight(): number {
    return this.#u32(24);
  }
  get loopLagMicros(): number {
    return this.#f64(28);
  }
  get rssBytes(): number {
    return this.#f64(36);
  }
  get heapBytes(): number {
    return this.#f64(44);
  }
  get waitingBytes(): number {
    return this.#f64(52);
  }
  get waitingConnections(): number {
    return this.#isShortMetrics ? 0 : this.#u32(60);
  }
  /** Undefined where it was not known. */
  get acceptQueue(): number | undefined {
    return this.#isShortMetrics || this.#aux === 0 ? undefined : this.#u32(64);
  }
  /** By an older version. */
  get #isShortMetrics(): boolean {
    return this.#end - this.#at < METRICS_BYTES;
  }

  /** Number of a process or thread, of `usage` and `worker-life`. */
  get workerId(): number {
    return this.#u32(24);
  }
  /** Undefined for a stage that this version does not know. */
  get workerStage(): WorkerStage | undefined {
    return WORKER_STAGES[this.#aux];
  }
  /** How a process or thread ended; '' where it was told to. */
  get lifeDetail(): string {
    return readUtf8(this.#bytes, this.#at + this.#lifeDetail, this.#end);
  }
  get #lifeDetail(): number {
    return LIFE_NAME + this.#view.getUint16(this.#at + 28, true);
  }
  /** Figures of a `usage` record; see UsageEvent. */
  get usage(): UsageFigures {
    return {
      spanMicros: this.#f64(28),
      cpuMicros: this.#f64(36),
      rssBytes: this.#f64(44),
      heapBytes: this.#f64(52),
      loopLagMicros: this.#f64(60),
      utilization: this.#f64(68),
    };
  }

  /** Figures of a tombstone; see TombstoneEvent. */
  get start(): number {
    return this.#f64(20);
  }
  get trimmedRecords(): number {
    return this.#f64(28);
  }
  get trimmedExchanges(): number {
    return this.#f64(36);
  }
  get trimmedBytes(): number {
    return this.#f64(44);
  }

  get #aux(): number {
    return this.#view.getUint16(this.#at + 6, true);
  }
  #u32(field: number): number {
    return this.#view.getUint32(this.#at + field, true);
  }
  #f64(field: number): number {
    return this.#view.getFloat64(this.#at + field, true);
  }
  #tlsText(index: number): string {
    let from = TLS_TEXTS;
    for (let i = 0; i < index; i++) from += this.#bytes[this.#at + 28 + i]!;
    const end = this.#end - this.#at;
    return this.#latin1(from, index === 3 ? end : from + this.#bytes[this.#at + 28 + index]!);
  }
  #latin1(from: number, to: number): string {
    return readLatin1(this.#bytes, this.#at + from, this.#at + to);
  }
  #fail(what: string): false {
    this.error = `The record at byte ${this.#end} is ${what}`;
    return false;
  }
}
