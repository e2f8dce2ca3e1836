/**
 * A recording of the parser reading a stream one byte at a time: its state after every byte, and when each span
 * and each report came. With it every position can be shown at once, backwards too; 64 KiB take a few milliseconds.
 */
import type { Fault } from '../../server-core/wire/faults.ts';
import type { Head } from '../../server-core/wire/http1/events.ts';
import type { Span } from '../../server-core/wire/span.ts';
import type { FrameHead } from '../../server-core/wire/ws/frames.ts';
import { STATE_IDS, type StateId, stateNumber } from './parser-states.ts';
import { type SaidName, type StreamOptions, StreamParser, type StreamSink } from './stream-parser.ts';

/** 64 KiB: past it a message is content, of which every byte is like the one before. */
export const MOST_BYTES = 65_536;

export interface Subject extends StreamOptions {
  readonly bytes: Uint8Array;
  /** The peer closed its side behind the last byte. */
  readonly closed: boolean;
}

export interface Said {
  /** The position at which it was said. */
  readonly step: number;
  readonly name: SaidName;
  /** Stream offset that it is about. */
  readonly at: number;
  readonly words: string;
}

interface AtStep<T> {
  readonly step: number;
  readonly value: T;
}

/**
 * Position 0 is before the first byte, position k after k bytes. One more follows where a byte was refused, or
 * where the peer closed: it reads no byte.
 */
export interface Tape {
  readonly subject: Subject;
  /** The last position. */
  readonly last: number;
  /** Bytes that were accepted. */
  readonly read: number;
  /** State numbers (`STATE_IDS`) by position. */
  readonly states: Uint8Array;
  /** Start of the token under way by position; -1 between tokens. */
  readonly tokens: Int32Array;
  /** In stream order, and the position at which each was complete. */
  readonly spans: readonly Span[];
  readonly spanSteps: readonly number[];
  readonly said: readonly Said[];
  readonly heads: readonly AtStep<Head>[];
  readonly frames: readonly AtStep<FrameHead>[];
  readonly fault: AtStep<Fault> | undefined;
  /** Positions, ascending, at which the state is another than before or a token was completed. */
  readonly changes: readonly number[];
}

export function recordTape(subject: Subject): Tape {
  const bytes = subject.bytes.subarray(0, MOST_BYTES);
  const states = new Uint8Array(bytes.length + 2);
  const tokens = new Int32Array(bytes.length + 2);
  const spans: Span[] = [];
  const spanSteps: number[] = [];
  const said: Said[] = [];
  const heads: AtStep<Head>[] = [];
  const frames: AtStep<FrameHead>[] = [];
  const changes: number[] = [];
  let fault: AtStep<Fault> | undefined;
  let step = 0;
  const sink: StreamSink = {
    span: (kind, start, end) => {
      spans.push({ kind, start, end });
      spanSteps.push(step);
    },
    said: (name, at, words) => said.push({ step, name, at, words }),
    head: (value) => heads.push({ step, value }),
    frame: (value) => frames.push({ step, value }),
    fault: (value) => {
      fault = { step, value };
    },
  };
  const parser = new StreamParser(subject, sink);
  const note = () => {
    states[step] = stateNumber(parser.state);
    tokens[step] = parser.pending()?.start ?? -1;
    if (step > 0 && (states[step] !== states[step - 1] || spanSteps.at(-1) === step)) changes.push(step);
  };
  note();
  let read = 0;
  for (; read < bytes.length; read++) {
    step++;
    if (parser.push(bytes, read, read + 1) === 0) {
      // Switched to what nobody reads here: there is no such position.
      if (!fault) step--;
      break;
    }
    note();
    if (fault) {
      read++;
      break;
    }
  }
  if (fault) note();
  else if (subject.closed && read === subject.bytes.length) {
    step++;
    parser.finish();
    note();
  }
  return {
    subject: { ...subject, bytes },
    ...{ last: step, read, states: states.subarray(0, step + 1), tokens: tokens.subarray(0, step + 1) },
    ...{ spans, spanSteps, said, heads, frames, fault, changes },
  };
}

export function stateAt(tape: Tape, position: number): StateId {
  return STATE_IDS[tape.states[position]!]!;
}

/** How many bytes were read at a position. */
export function readAt(tape: Tape, position: number): number {
  return Math.min(position, tape.read);
}

/** How many spans were complete at a position; they are the first of `spans`. */
export function spansAt(tape: Tape, position: number): number {
  return countUpTo(tape.spanSteps, position);
}

/** The nearest change after or before a position, else the last or the first position. */
export function changeFrom(tape: Tape, position: number, by: 1 | -1): number {
  const { changes, last } = tape;
  if (by > 0) return changes[countUpTo(changes, position)] ?? last;
  return changes[countUpTo(changes, position - 1) - 1] ?? 0;
}

/** The next position whose state was entered there and is one of those to stop at; undefined when there is none. */
export function stopAfter(tape: Tape, position: number, stops: ReadonlySet<StateId>): number | undefined {
  for (let at = position + 1; at <= tape.last; at++) {
    if (tape.states[at] !== tape.states[at - 1] && stops.has(stateAt(tape, at))) return at;
  }
  return undefined;
}

/** How many of ascending numbers are at most `value`. */
function countUpTo(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
