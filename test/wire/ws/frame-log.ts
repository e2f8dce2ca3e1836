/** What a frame parser reports, written down so that two runs can be compared. */
import type { Fault } from '../../../server-core/wire/faults.ts';
import {
  type FrameHead,
  FrameParser,
  type FrameParserOptions,
  type FrameSink,
  type Reader,
} from '../../../server-core/wire/ws/frames.ts';

export interface LoggedFrame extends FrameHead {
  /** As on the wire: masked where it was. */
  readonly payload: number[];
  end: number | undefined;
}

export interface FrameLog {
  readonly spans: (readonly [kind: string, start: number, end: number])[];
  readonly frames: LoggedFrame[];
  fault: Fault | undefined;
  consumed: number;
}

/** Pushes the chunks one after the other until nothing more is consumed. */
export function logFrames(
  reader: Reader,
  chunks: Iterable<Uint8Array>,
  ended = false,
  options: FrameParserOptions = {},
): FrameLog {
  const log: FrameLog = { spans: [], frames: [], fault: undefined, consumed: 0 };
  let chunk: Uint8Array = new Uint8Array();
  let base = 0;
  const sink: FrameSink = {
    span: (kind, start, end) => log.spans.push([kind, start, end]),
    head: (frame) => log.frames.push({ ...frame, payload: [], end: undefined }),
    payload: (start, end) => log.frames.at(-1)!.payload.push(...chunk.subarray(start - base, end - base)),
    end: (at) => {
      log.frames.at(-1)!.end = at;
    },
    fault: (fault) => {
      if (log.fault) throw new Error('A second fault was reported');
      log.fault = fault;
    },
  };
  const parser = new FrameParser(reader, sink, options);
  for (chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      base = parser.offset - at;
      const consumed = parser.push(chunk, at);
      if (consumed === 0) break;
      at += consumed;
    }
  }
  if (ended) parser.finish();
  log.consumed = parser.offset;
  return log;
}

/** A copy that lies in the middle of a larger buffer, with bytes around it that must never be looked at. */
export function poisoned(bytes: Uint8Array): Uint8Array {
  const around = new Uint8Array(bytes.length + 64).fill(0xff);
  around.set(bytes, 31);
  return around.subarray(31, 31 + bytes.length);
}

/** `81 05 "Hello"`: hexadecimal pairs and quoted ASCII. */
export function wire(notation: string): Uint8Array {
  const bytes: number[] = [];
  for (const [token, text] of notation.matchAll(/"([^"]*)"|[0-9a-f]{2}/g)) {
    if (text === undefined) bytes.push(Number.parseInt(token, 16));
    else bytes.push(...Buffer.from(text, 'latin1'));
  }
  return Uint8Array.from(bytes);
}
