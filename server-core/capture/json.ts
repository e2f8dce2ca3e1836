/** Events as lines of JSON, for `--json` and for other programs. */
import { base64 } from '../wire/ws/base64.ts';
import type { CaptureEvent } from './events.ts';

/** One line, without its newline. Payload bytes stand in `data` as base64, and are left out where the event has none. */
export function jsonLine(event: CaptureEvent): string {
  if (event.kind !== 'bytes') return JSON.stringify(event);
  const { data, ...rest } = event;
  return JSON.stringify(data ? { ...rest, data: base64(data) } : rest);
}
