import type { MarkName } from '../../../server-core/capture/events.ts';

/** What a notch in a bar stands for. */
export const POINT_WORDS: Readonly<Record<MarkName, string>> = {
  route: 'Route',
  resolve: 'File found',
  open: 'File opened',
  decision: 'Decided',
  handler: 'Handler',
  'first-byte': 'First byte written',
  'drain-wait': 'Waits for the socket',
  drained: 'Socket drained',
  timeout: 'Timeout',
  note: 'Noted',
};
