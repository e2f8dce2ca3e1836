import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import type { CaptureLog } from '../../server-core/capture/log.ts';
import { Traces } from '../../server-core/capture/traces.ts';

/** Everything that a log holds, with payloads. */
export function eventsOf(log: CaptureLog): CaptureEvent[] {
  const cursor = log.cursor('start', { payloads: true });
  const events: CaptureEvent[] = [];
  const traces = new Traces();
  // Room for any record.
  const { segmentBytes } = log;
  for (let batch = cursor.read(segmentBytes); batch; batch = cursor.read(segmentBytes))
    events.push(...eventsIn(batch, traces));
  return events;
}

/** The events of one batch of a feed. */
export function eventsIn(batch: Uint8Array, traces = new Traces()): readonly CaptureEvent[] {
  const { events, error } = decode(batch, 0, traces);
  if (error !== undefined) throw new Error(error);
  return events;
}
