/**
 * A stream in rows for reading: a line of the message in each, as its CRLF ends it, and frames taken apart. Rows
 * come from the finished tape, so that they do not move while it is stepped through; what is said of each byte
 * comes from the position.
 */
import type { SpanKind } from '../../server-core/wire/span.ts';
import { formatCount } from '../geometry/quantities.ts';
import { stateInfo } from './parser-states.ts';
import { readAt, spansAt, stateAt, type Tape } from './tape.ts';

export interface ByteRow {
  readonly start: number;
  readonly end: number;
  /** Frames are shown as hex: their bytes are no text. */
  readonly mode: 'text' | 'hex';
  readonly note: RowNote | undefined;
}

/** What a row is, once it was read; `name` of a field is as received. */
export type RowNote =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'field'; readonly name: string };

export interface Run {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
  /** `next` is the one byte that comes next, or the one that was refused. */
  readonly phase: 'read' | 'token' | 'next' | 'unread';
}

/** Signs of a row when nobody says how many there is room for. */
const TEXT_SIGNS = 56;
/** What CR, LF and bytes in hex are wide, in signs of text. */
const WIDE_SIGN = 2.5;
const HEX_BYTES = 16;
const LF = 0x0a;
const FRAME_HEAD: RowNote = { kind: 'words', words: 'frame head' };

/** @param signs how wide a row may be, in signs of text */
export function byteRows(tape: Tape, signs = TEXT_SIGNS): ByteRow[] {
  const { bytes } = tape.subject;
  const rows: ByteRow[] = [];
  let start = 0;
  const cut = (end: number, mode: ByteRow['mode'], note: RowNote | undefined) => {
    let to = start;
    for (let from = start; from < end; from = to) {
      to = mode === 'hex' ? Math.min(end, from + HEX_BYTES) : rowEnd(bytes, from, end, signs);
      rows.push({
        start: from,
        end: to,
        mode,
        note: from === start ? note : undefined,
      });
    }
    start = Math.max(start, end);
  };
  const text = (from: number, to: number) =>
    String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 256)));
  let note: RowNote | undefined;
  let chunks = 0;
  /** Behind the first chunk size an empty line ends the message, before it the head. */
  let inChunks = false;
  /** What is not in a row yet is the head of a frame; one without payload ends with it. */
  let inFrameHead = false;
  const say = (words: string) => {
    note ??= { kind: 'words', words };
  };
  for (const { kind, start: from, end } of tape.spans) {
    if (kind === 'method' || kind === 'version') inChunks = false;
    if (kind === 'method') say('request line');
    else if (kind === 'version') say('status line');
    else if (kind === 'field-name') note ??= { kind: 'field', name: text(from, end) };
    else if (kind === 'trailer-name') say('a trailer field');
    else if (kind === 'chunk-size') {
      const size = Number.parseInt(text(from, end), 16);
      if (!inChunks) chunks = 0;
      inChunks = true;
      say(
        size === 0
          ? 'size 0: the last chunk'
          : `chunk ${++chunks}: 0x${text(from, end)} = ${formatCount(size)} bytes`,
      );
    } else if (kind === 'faulty') note = { kind: 'words', words: 'cannot be accepted' };
    const startsRow = kind === 'ws-opcode' || kind === 'body';
    if (startsRow && start < from) {
      if (inFrameHead) cut(from, 'hex', FRAME_HEAD);
      else cut(from, 'text', note);
    }
    inFrameHead = kind.startsWith('ws-') && kind !== 'ws-payload';
    if (kind === 'ignored') {
      cut(end, 'text', { kind: 'words', words: 'an empty line, skipped' });
      note = undefined;
    } else if (kind === 'crlf') {
      if (start === from) say(inChunks ? 'the message ends' : 'empty line: the head ends here');
      cut(end, 'text', note);
      note = undefined;
    } else if (kind === 'ws-payload') {
      cut(from, 'hex', FRAME_HEAD);
      cut(end, 'hex', { kind: 'words', words: `${formatCount(end - from)} bytes of payload` });
      note = undefined;
    } else if (kind === 'body') {
      // Within chunks the CRLF that ends the data is on its line, as long as there is room.
      say(`${formatCount(end - from)} ${end - from === 1 ? 'byte' : 'bytes'} of content`);
      if (rowEnd(bytes, from, end, signs) < end || bytes[end] !== 0x0d) {
        cut(end, 'text', note);
        note = undefined;
      }
    }
  }
  const done = tape.spans.at(-1)?.end ?? 0;
  const isFrames = stateAt(tape, tape.last).startsWith('ws-');
  if (start < done) {
    // A line that was refused in its middle is one line all the same.
    const lf = isFrames ? -1 : bytes.indexOf(LF, done);
    cut(lf < 0 ? done : lf + 1, isFrames ? 'hex' : 'text', inFrameHead ? FRAME_HEAD : note);
  }
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] === LF && !isFrames) cut(i + 1, 'text', undefined);
  }
  cut(bytes.length, isFrames ? 'hex' : 'text', undefined);
  return rows;
}

/** Where a row of text that begins at `from` is full; its CR and LF may stand past the edge. */
function rowEnd(bytes: Uint8Array, from: number, end: number, signs: number): number {
  let width = 0;
  for (let i = from; i < end; i++) {
    const byte = bytes[i]!;
    const isEnd = (byte === 0x0d && i === end - 2) || (byte === LF && i === end - 1);
    width += byte >= 0x20 && byte < 0x7f ? 1 : WIDE_SIGN;
    if (width > signs && i > from && !isEnd) return i;
  }
  return end;
}

/** The bytes of a row in runs of one colour, as they are known at a position. */
export function runsOf(tape: Tape, row: ByteRow, position: number): Run[] {
  const runs: Run[] = [];
  const read = readAt(tape, position);
  const known = spansAt(tape, position);
  let at = row.start;
  const add = (end: number, kind: SpanKind, phase: Run['phase']) => {
    const to = Math.min(end, row.end);
    if (to > at) runs.push({ start: at, end: to, kind, phase });
    at = Math.max(at, to);
  };
  for (let k = firstSpanAfter(tape, row.start); k < known && at < row.end; k++) {
    const span = tape.spans[k]!;
    add(span.end, span.kind, 'read');
  }
  const state = stateAt(tape, position);
  add(read, stateInfo(state).reads, 'token');
  const next = at === read && at < row.end && position <= tape.last;
  if (next && (position < tape.last || tape.fault !== undefined)) {
    add(at + 1, tape.fault && position === tape.last ? 'faulty' : 'unread', 'next');
  }
  add(row.end, 'unread', 'unread');
  return runs;
}

function firstSpanAfter({ spans }: Tape, offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row that holds a byte; the last one past the end. */
export function rowOf(rows: readonly ByteRow[], offset: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows.length - 1);
}
