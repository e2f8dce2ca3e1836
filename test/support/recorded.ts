/** Logs of conversations that are written down in a test, as our own server would have told them. */
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { ImportClock } from '../../server-core/formats/import-clock.ts';
import { ObservedConnection } from '../../server-core/formats/observed-connection.ts';
import type { EventSource } from '../../server-core/host/export/captured-events.ts';
import { eventsOf } from './events-of.ts';

export const EPOCH_MS = Date.UTC(2024, 0, 2, 3, 4, 5);

/** What one side writes at once, and how many microseconds after what came before. */
export interface Said {
  readonly in?: string | Uint8Array;
  readonly out?: string | Uint8Array;
  readonly after?: number;
}

export class Recorded {
  readonly log: CaptureLog;
  readonly #clock = new ImportClock();
  #micros = EPOCH_MS * 1000;
  #port = 50_000;

  constructor() {
    this.log = new CaptureLog({ now: () => this.#clock.now });
    this.#clock.at(this.#micros);
    this.log.server({
      ...{ id: 1, name: 'site', root: '/home/somebody/site', host: '127.0.0.1', port: 8080 },
      ...{ url: 'http://127.0.0.1:8080/', model: 'event-loop', status: 'running' },
    });
  }

  get source(): EventSource {
    const events = this.events();
    return {
      epochMs: EPOCH_MS,
      async *events() {
        yield events.map((event) =>
          event.kind === 'bytes' && event.data ? { ...event, data: event.data.slice() } : event,
        );
      },
    };
  }

  /** A connection from its opening to its end. */
  conversation(said: readonly Said[], remoteAddress = '10.1.2.3'): this {
    const remotePort = this.#port++;
    const connection = new ObservedConnection(this.log, {
      server: 1,
      remoteAddress,
      remotePort,
      localPort: 8080,
    });
    for (const { in: asked, out, after = 1000 } of said) {
      this.#micros += after;
      this.#clock.at(this.#micros);
      if (asked !== undefined) connection.bytes('in', bytesOf(asked));
      if (out !== undefined) connection.bytes('out', bytesOf(out));
    }
    this.#micros += 1000;
    this.#clock.at(this.#micros);
    connection.close('client-fin');
    return this;
  }

  events(): CaptureEvent[] {
    return eventsOf(this.log);
  }
}

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
}

export async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  return (await joined(pieces)).toString();
}

export async function joined(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(parts);
}
