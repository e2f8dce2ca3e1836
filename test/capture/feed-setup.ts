/** A log, feeds onto it, viewers by hand, and time that passes when a test says so. */
import { expect } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { Feed, type FeedOptions } from '../../server-core/capture/feed.ts';
import { creditMessage, type Hello, MESSAGE } from '../../server-core/capture/feed-messages.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { HandClock } from './hand-clock.ts';
import { PipeEnd } from './pipe.ts';

const SEGMENT = 65_536;
export const HELLO: Hello = {
  version: '1.0.0',
  host: 'browser',
  platform: 'linux',
  epochMs: 1_700_000_000_000,
  memoryBudgetBytes: 4 * SEGMENT,
  diskBudgetBytes: 0,
  notes: [],
  captures: [],
  tour: '/tour',
};

/** A viewer by hand: it notes what comes and when, and says only what the test says. */
export class Viewer {
  readonly end: PipeEnd;
  readonly batches: { readonly at: number; readonly records: Uint8Array }[] = [];
  readonly others: Uint8Array[] = [];

  constructor(clock: HandClock, end: PipeEnd) {
    this.end = end;
    end.onMessage((message) => {
      if (message[0] === MESSAGE.batch) this.batches.push({ at: clock.now(), records: message.subarray(1) });
      else this.others.push(message);
    });
  }

  get events(): CaptureEvent[] {
    return this.batches.flatMap(({ records }) => {
      const { events, error } = decode(records);
      expect(error).toBeUndefined();
      return events;
    });
  }

  get received(): number {
    return this.batches.reduce((sum, { records }) => sum + records.length, 0);
  }

  credit(bytes: number): void {
    this.end.send(creditMessage(bytes));
  }
}

export function setUp(segments = 1000, options: Partial<FeedOptions> = {}) {
  const clock = new HandClock();
  const log = new CaptureLog({
    now: () => clock.now() * 1000,
    segmentBytes: SEGMENT,
    memoryBudgetBytes: segments * SEGMENT,
  });
  const join = () => {
    const [host, viewerEnd] = PipeEnd.pair();
    const { now, later } = clock;
    const feed = new Feed(log, host, { hello: HELLO, now, later, onCall: async () => undefined, ...options });
    return { feed, host, viewer: new Viewer(clock, viewerEnd) };
  };
  return { clock, log, join };
}

export function exchanges(log: CaptureLog, count: number): void {
  for (let i = 0; i < count; i++) {
    const exchange = log.begin(1, i);
    log.request(1, exchange, i, i + 40, 'GET', '/a/path/of/usual/length.html', 'HTTP/1.1');
    log.response(1, exchange, i, i + 90, 200, 'text/html');
    log.responseEnd(1, exchange, i + 90, true);
  }
}
