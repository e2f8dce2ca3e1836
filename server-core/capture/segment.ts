/** A stretch of the log that can be read: records back to back, and where they stand. */
export interface Records {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Bytes of records; what lies behind them is stale and never read. */
  readonly used: number;
  readonly records: number;
  /** Log position of the first byte, and how many records of the log came before. */
  readonly start: number;
  readonly firstRecord: number;
  readonly end: number;
}

/** One stretch of the log in a buffer that is used again after a trim. */
export class Segment implements Records {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  used = 0;
  records = 0;
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
