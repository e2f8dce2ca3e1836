/** Writes what is captured to standard output as it happens: every event as JSON, or one log line an exchange. */
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { decode } from '../capture/decode.ts';
import type { BytesEvent, CaptureEvent } from '../capture/events.ts';
import { jsonLine as eventLine } from '../capture/json.ts';
import { Traces } from '../capture/traces.ts';
import { combinedLine, commonLine, jsonLine } from '../formats/access-log.ts';
import { AccessLog } from './access-log.ts';
import type { LogFormat } from './cli-spec.ts';
import type { Engine } from './engine.ts';

/** Room for the largest record, which is a segment, in one read. */
const READ_BYTES = 1024 * 1024;

const LINES = { common: commonLine, combined: combinedLine, json: jsonLine } as const;

export interface TextOutput {
  /** Writes what is still ahead; resolves when standard output has taken it. */
  end(): Promise<void>;
  /** Resolves once nobody reads standard output any more, as when `head` has seen enough. */
  readonly unread: Promise<void>;
}

export function startTextOutput(
  engine: Engine,
  options: { readonly json: boolean; readonly log: LogFormat | undefined },
): TextOutput | undefined {
  if (options.json) return new Output(engine, (event) => `${eventLine(event)}\n`);
  if (options.log === undefined) return undefined;
  const log = new AccessLog(engine.clock.epochMs);
  const line = LINES[options.log];
  return new Output(engine, (event) => {
    const exchange = log.take(event);
    return exchange ? `${line(exchange)}\n` : '';
  });
}

class Output implements TextOutput {
  readonly #lines: (event: CaptureEvent) => string;
  readonly #log: Engine['log'];
  readonly #cursor: ReturnType<Engine['log']['cursor']>;
  readonly #signal: ReturnType<Engine['log']['onAppend']>;
  readonly #traces = new Traces();
  readonly unread: Promise<void>;
  #pumping: Promise<void> | undefined;
  #isUnread = false;

  constructor({ log }: Engine, lines: (event: CaptureEvent) => string) {
    this.#lines = lines;
    this.#log = log;
    this.#cursor = log.cursor('start', { payloads: true });
    this.#signal = log.onAppend(() => {
      this.#pumping ??= this.#pump();
    });
    this.#signal.arm();
    this.unread = new Promise((resolve) => {
      process.stdout.on('error', () => {
        this.#isUnread = true;
        resolve();
      });
    });
  }

  async end(): Promise<void> {
    this.#signal.close();
    await this.#pumping;
    await this.#pump();
    if (this.#isUnread) return;
    await new Promise((resolve) => process.stdout.write('', resolve));
  }

  /** Writes what is there; a slow reader of our output holds up this cursor and nothing else. */
  async #pump(): Promise<void> {
    // What a turn of the event loop brings is written together.
    await setImmediate();
    while (this.#cursor.pending && !this.#isUnread) {
      if (this.#cursor.onDisk) await this.#cursor.ready();
      const batch = this.#cursor.read(READ_BYTES);
      const text = batch ? await this.#text(batch) : '';
      if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain').catch(() => {});
    }
    this.#pumping = undefined;
    this.#signal.arm();
  }

  async #text(batch: Uint8Array): Promise<string> {
    let text = '';
    for (const event of decode(batch, 0, this.#traces).events) {
      text += this.#lines(isRepeat(event) ? await this.#whole(event) : event);
    }
    return text;
  }

  /** With the payload of the record that it repeats, which was in an earlier batch. */
  async #whole(event: BytesEvent): Promise<BytesEvent> {
    return { ...event, data: await this.#log.pullPayload(event.position) };
  }
}

function isRepeat(event: CaptureEvent): event is BytesEvent {
  return event.kind === 'bytes' && event.data === undefined;
}
