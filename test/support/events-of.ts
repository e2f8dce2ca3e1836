import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import type { CaptureLog } from '../../server-core/capture/log.ts';

/** Everything that a log holds, with payloads. */
export function eventsOf(log: CaptureLog): CaptureEvent[] {
  const cursor = log.cursor('start', { payloads: true });
  const events: CaptureEvent[] = [];
  for (let batch = cursor.read(4_000_000); batch; batch = cursor.read(4_000_000))
    events.push(...eventsIn(batch));
  return events;
}

/** The events of one batch of a feed. */
export function eventsIn(batch: Uint8Array): readonly CaptureEvent[] {
  const { events, error } = decode(batch);
  if (error !== undefined) throw new Error(error);
  return events;
}
