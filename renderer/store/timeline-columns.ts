/** The column sets of a timeline result while they are being filled, each with its own rule for merging. */
import { type ExchangePage, FLAG } from './exchanges.ts';
import type { Mark } from './marks.ts';
import type { Bars, Points, Ticks, Waits } from './queries/timeline.ts';

type Pixel = (time: number) => number;

/** Bars: one that lies wholly on the pixel of a bar before it is left out, unless it tells of trouble. */
export class BarList {
  readonly #lane: number[] = [];
  readonly #exchange: number[] = [];
  readonly #begin: number[] = [];
  readonly #head: number[] = [];
  readonly #response: number[] = [];
  readonly #end: number[] = [];
  readonly #status: number[] = [];
  readonly #aborted: number[] = [];
  readonly #label: string[] = [];
  #lastPixel = Number.NaN;

  readonly #pixel: Pixel;

  constructor(pixel: Pixel) {
    this.#pixel = pixel;
  }

  add(lane: number, id: number, page: ExchangePage, row: number, label: () => string): void {
    const ended = page.flags[row]! & (FLAG.ended | FLAG.complete);
    const aborted = ended === FLAG.ended ? 1 : 0;
    const first = this.#pixel(page.begin[row]!);
    const last = this.#pixel(page.end[row]!);
    const count = this.#lane.length;
    let at = count;
    if (count > 0 && this.#lane[count - 1] === lane && first === last && last === this.#lastPixel) {
      const troubled = aborted === 1 || page.status[row]! >= 400;
      // Only a bar that itself is within the pixel may give its place: a long one would lose its length.
      if (!troubled || this.#pixel(this.#begin[count - 1]!) !== first) return;
      at = count - 1;
    }
    this.#lastPixel = last;
    this.#lane[at] = lane;
    this.#exchange[at] = id;
    this.#begin[at] = page.begin[row]!;
    this.#head[at] = page.begin[row]! + page.headAfter[row]!;
    this.#response[at] = page.begin[row]! + page.responseAfter[row]!;
    this.#end[at] = page.end[row]!;
    this.#status[at] = page.status[row]!;
    this.#aborted[at] = aborted;
    this.#label[at] = label();
  }

  take(): Bars {
    return {
      count: this.#lane.length,
      lane: Uint16Array.from(this.#lane),
      exchange: Uint32Array.from(this.#exchange),
      begin: Float64Array.from(this.#begin),
      head: Float64Array.from(this.#head),
      response: Float64Array.from(this.#response),
      end: Float64Array.from(this.#end),
      status: Uint16Array.from(this.#status),
      aborted: Uint8Array.from(this.#aborted),
      label: this.#label,
    };
  }
}

/** Ticks: those of one lane and direction on one pixel become the first of them, with their bytes added. */
export class TickList {
  readonly #lane: number[] = [];
  readonly #time: number[] = [];
  readonly #bytes: number[] = [];
  readonly #out: number[] = [];
  /** The latest tick of each direction. */
  readonly #latest: [number, number] = [-1, -1];

  readonly #pixel: Pixel;

  constructor(pixel: Pixel) {
    this.#pixel = pixel;
  }

  add(lane: number, time: number, bytes: number, out: number): void {
    const direction = out === 1 ? 1 : 0;
    const before = this.#latest[direction];
    if (
      before >= 0 &&
      this.#lane[before] === lane &&
      this.#pixel(this.#time[before]!) === this.#pixel(time)
    ) {
      this.#bytes[before]! += bytes;
      return;
    }
    this.#latest[direction] = this.#lane.length;
    this.#lane.push(lane);
    this.#time.push(time);
    this.#bytes.push(bytes);
    this.#out.push(direction);
  }

  take(): Ticks {
    return {
      count: this.#lane.length,
      lane: Uint16Array.from(this.#lane),
      time: Float64Array.from(this.#time),
      bytes: Float64Array.from(this.#bytes),
      out: Uint8Array.from(this.#out),
    };
  }
}

/** Points: of those of one lane on one pixel the first. */
export class PointList {
  readonly #lane: number[] = [];
  readonly #marks: Mark[] = [];

  readonly #pixel: Pixel;

  constructor(pixel: Pixel) {
    this.#pixel = pixel;
  }

  add(lane: number, mark: Mark): void {
    const before = this.#marks.at(-1);
    const isOnIt = before !== undefined && this.#pixel(before.time) === this.#pixel(mark.time);
    if (isOnIt && this.#lane.at(-1) === lane) return;
    this.#lane.push(lane);
    this.#marks.push(mark);
  }

  take(): Points {
    return {
      count: this.#lane.length,
      lane: Uint16Array.from(this.#lane),
      time: Float64Array.from(this.#marks, ({ time }) => time),
      mark: this.#marks.map(({ mark }) => mark),
      detail: this.#marks.map(({ detail }) => detail),
    };
  }
}

/** Waits: one that begins on the pixel on which the one before it ended is joined to it. */
export class WaitList {
  readonly #lane: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  readonly #pixel: Pixel;

  constructor(pixel: Pixel) {
    this.#pixel = pixel;
  }

  add(lane: number, from: number, to: number): void {
    const before = this.#lane.length - 1;
    if (before >= 0 && this.#lane[before] === lane && this.#pixel(this.#to[before]!) === this.#pixel(from)) {
      this.#to[before] = to;
      return;
    }
    this.#lane.push(lane);
    this.#from.push(from);
    this.#to.push(to);
  }

  take(): Waits {
    return {
      count: this.#lane.length,
      lane: Uint16Array.from(this.#lane),
      from: Float64Array.from(this.#from),
      to: Float64Array.from(this.#to),
    };
  }
}
