/** A real listener on a free port around a handler, with a tap that keeps every event as an object. */
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { EventLoop } from '../../server-core/concurrency/event-loop.ts';
import { Iterative } from '../../server-core/concurrency/iterative.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { startClock } from '../../server-core/net/clock.ts';
import { Counters } from '../../server-core/net/counters.ts';
import { currentDate } from '../../server-core/net/current-date.ts';
import { Deadlines } from '../../server-core/net/deadlines.ts';
import { type ConnectionLimits, DEFAULT_LIMITS } from '../../server-core/net/limits.ts';
import { Listener } from '../../server-core/net/listener.ts';
import { LocalCarrier } from '../../server-core/net/local-carrier.ts';
import type { Identity } from '../../server-core/net/tls/identity.ts';
import type { Http1Leniencies } from '../../server-core/wire/limits.ts';
import { eventsOf } from '../support/events-of.ts';

export interface Served {
  readonly port: number;
  readonly listener: Listener;
  readonly log: CaptureLog;
  readonly counters: Counters;
  events(): CaptureEvent[];
  /** Resolves when an event that fits has been captured. */
  until(fits: (event: CaptureEvent) => boolean): Promise<CaptureEvent>;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly limits?: Partial<ConnectionLimits>;
  readonly model?: 'event-loop' | 'iterative';
  /** The Date field; the present one by default. */
  readonly date?: () => string;
  readonly leniencies?: Partial<Http1Leniencies>;
  /** Makes it a TLS port. */
  readonly identity?: Identity;
}

export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Served> {
  const clock = startClock();
  const log = new CaptureLog({ now: () => clock.now(), memoryBudgetBytes: 64 * 1024 * 1024 });
  const counters = new Counters();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const carrier = new LocalCarrier(
    {
      id: 1,
      tap: log,
      handler,
      counters,
      limits,
      leniencies: options.leniencies ?? {},
      deadlines: new Deadlines(),
      secure: options.identity !== undefined,
      date: options.date ?? currentDate,
      mustClose: () => false,
    },
    options.model === 'iterative' ? new Iterative() : new EventLoop(),
    options.identity,
  );
  const listener = new Listener(limits.maxConnections, carrier);
  const port = await listener.listen({ host: '127.0.0.1', port: 0 });
  const events = () => eventsOf(log);
  return {
    port,
    listener,
    log,
    counters,
    events,
    async until(fits) {
      for (;;) {
        const found = events().find(fits);
        if (found) return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    stop: () => listener.stop(0),
  };
}

/** A plain answer. */
export const hello: Handler = () => ({
  status: 200,
  fields: [['Content-Type', 'text/plain']],
  body: Buffer.from('hello'),
});
