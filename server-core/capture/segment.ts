/** One stretch of the log: records back to back in a buffer that is used again after a trim. */
export class Segment {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Bytes written so far; what lies behind them is stale and never read. */
  used = 0;
  /** Records written so far. */
  records = 0;
  /** Log position of the first byte, and how many records of the log came before. */
  start = 0;
  firstRecord = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  get end(): number {
    return this.start + this.used;
  }
  get endRecord(): number {
    return this.firstRecord + this.records;
  }

  /** Empties it to go on where `before` ends. */
  follow(before: Segment): void {
    this.start = before.end;
    this.firstRecord = before.endRecord;
    this.used = 0;
    this.records = 0;
  }
}
