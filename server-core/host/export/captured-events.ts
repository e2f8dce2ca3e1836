/** What was captured as events with their bytes, batch by batch, from wherever it is kept. */
import { setImmediate as turn } from 'node:timers/promises';
import { decode } from '../../capture/decode.ts';
import type { CaptureEvent } from '../../capture/events.ts';
import type { RecordLog } from '../../capture/record-log.ts';
import { Traces } from '../../capture/traces.ts';
import type { CaptureFile } from '../capture-file.ts';

export type Batches = AsyncIterable<readonly CaptureEvent[]>;

export interface EventSource {
  /** Wall-clock milliseconds at time 0. */
  readonly epochMs: number;
  /** Everything from the start; without `payloads` events of bytes come without them, which is much faster. */
  events(payloads: boolean): Batches;
}

const RUN_BYTES = 256 * 1024;

/** What a log holds now; what it is given later is not part of it. */
export function logSource(log: RecordLog, epochMs: number): EventSource {
  const { end } = log;
  return { epochMs, events: (payloads) => logEvents(log, end, payloads) };
}

async function* logEvents(
  log: RecordLog,
  end: number,
  payloads: boolean,
): AsyncGenerator<readonly CaptureEvent[]> {
  const cursor = log.cursor('start', { payloads });
  const traces = new Traces();
  while (cursor.position < end) {
    // A record can be as long as a segment.
    const batch = cursor.read(log.segmentBytes);
    if (!batch && !cursor.onDisk) return;
    if (!batch) {
      await cursor.ready();
      continue;
    }
    const events = decode(batch, 0, traces).events.filter(({ position }) => position < end);
    yield payloads ? await whole(events, (position) => log.pullPayload(position)) : events;
    // Whoever is served comes first.
    await turn();
  }
}

export function fileSource(file: CaptureFile): EventSource {
  return { epochMs: file.meta.epochMs, events: (payloads) => fileEvents(file, payloads) };
}

async function* fileEvents(file: CaptureFile, payloads: boolean): AsyncGenerator<readonly CaptureEvent[]> {
  const traces = new Traces();
  for (let from = file.start; from < file.end; ) {
    const { records, next } = await file.read(from, RUN_BYTES);
    const { events } = decode(records, 0, traces);
    yield payloads ? await whole(events, (position) => file.payload(position)) : events;
    from = next;
    await turn();
  }
}

/** Payloads that do not stand in their record are brought in. */
async function whole(
  events: readonly CaptureEvent[],
  payload: (position: number) => Promise<Uint8Array | undefined>,
): Promise<readonly CaptureEvent[]> {
  const found: CaptureEvent[] = [];
  for (const event of events) {
    const lacks = event.kind === 'bytes' && event.data === undefined && event.length > 0;
    // A copy, since an export may overwrite secrets in it.
    found.push(lacks ? { ...event, data: (await payload(event.position))?.slice() } : event);
  }
  return found;
}
