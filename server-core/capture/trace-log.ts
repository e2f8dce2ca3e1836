/**
 * Marks, as the log keeps them. What is served again is explained in the same steps again: a chain of steps that
 * was taken before is told once, and then one small record says that an exchange took it.
 */
import { KIND, MARKS, type MarkName } from './events.ts';
import { FLAG, MAX_TEXT_CHARS, STEP_TEXT, TRACED_BYTES } from './layout.ts';
import { RecordLog } from './record-log.ts';
import { encodeUtf8 } from './text.ts';
import { type Step, StepTree } from './trace-steps.ts';

const MARK_INDEX = new Map(MARKS.map((mark, index) => [mark, index]));

/** Marks of one exchange within so many microseconds are one record: less than opening a file takes. */
const ONE_GO_MICROS = 16;

export class TraceLog extends RecordLog {
  readonly #steps = new StepTree();
  /** The last step of the `traced` record that stands at `#at` of the segment and ends the log at `#end`. */
  #last: Step | undefined;
  #at = 0;
  #end = -1;
  #exchange = 0;
  #began = 0;

  mark(conn: number, exchange: number, mark: MarkName, detail: string): void {
    if (!this.#growTrace(conn, exchange, mark, detail)) this.#begin(conn, exchange, mark, detail);
    this.appended();
  }

  /** Writes a mark as a record of its own. */
  protected plainMark(conn: number, exchange: number, mark: MarkName, detail: string): void {
    const isLong = detail.length > MAX_TEXT_CHARS;
    const text = encodeUtf8(isLong ? detail.slice(0, MAX_TEXT_CHARS) : detail);
    const at = this.claim(24 + text.length, KIND.mark, MARK_INDEX.get(mark)!, conn);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, exchange, true);
    bytes.set(text, at + 24);
    if (isLong) bytes[at + 5] = FLAG.clipped;
  }

  /** Lets the record that is last in the log say one step more, where it is this exchange's and nobody read it yet. */
  #growTrace(conn: number, exchange: number, mark: MarkName, detail: string): boolean {
    const last = this.#last;
    if (last === undefined || exchange !== this.#exchange || this.end !== this.#end) return false;
    if (!this.#steps.isCurrent(last) || !this.isUnseen(TRACED_BYTES)) return false;
    if (this.now() - this.#began > ONE_GO_MICROS) return false;
    const step = this.#steps.after(last, mark, detail);
    if (step === undefined) return false;
    if (step.told) this.segment.view.setUint32(this.#at + 24, step.number, true);
    else {
      this.takeBack(TRACED_BYTES);
      this.#tell(step);
      this.#trace(conn, exchange, step, this.#began);
    }
    this.#last = step;
    return true;
  }

  #begin(conn: number, exchange: number, mark: MarkName, detail: string): void {
    const step = this.#steps.after(undefined, mark, detail);
    this.#last = step;
    if (step === undefined) {
      this.plainMark(conn, exchange, mark, detail);
      return;
    }
    if (!step.told) this.#tell(step);
    this.#trace(conn, exchange, step);
  }

  #tell(step: Step): void {
    const text = encodeUtf8(step.detail);
    step.told = true;
    const at = this.claim(STEP_TEXT + text.length, KIND.step, MARK_INDEX.get(step.mark)!, 0);
    const { view, bytes } = this.segment;
    view.setUint32(at + 20, step.number, true);
    view.setUint32(at + 24, step.before?.number ?? 0, true);
    bytes.set(text, at + STEP_TEXT);
  }

  #trace(conn: number, exchange: number, step: Step, time?: number): void {
    const at = this.claim(TRACED_BYTES, KIND.traced, 0, conn);
    const { view } = this.segment;
    view.setUint32(at + 20, exchange, true);
    view.setUint32(at + 24, step.number, true);
    if (time !== undefined) view.setFloat64(at + 12, time, true);
    this.#at = at;
    this.#end = this.end;
    this.#exchange = exchange;
    this.#began = view.getFloat64(at + 12, true);
  }
}
