/** Writes what is captured to standard output as it happens: every event as JSON, or one log line an exchange. */

import { decode } from '../capture/decode.ts';
import type { CaptureEvent } from '../capture/events.ts';
import { jsonLine as eventLine } from '../capture/json.ts';
import { combinedLine, commonLine, jsonLine } from '../formats/access-log.ts';
import { AccessLog } from './access-log.ts';
import type { LogFormat } from './cli-options.ts';
import type { Engine } from './engine.ts';

/** Room for the largest record, which is a segment, in one read. */
const READ_BYTES = 1024 * 1024;

const LINES = { common: commonLine, combined: combinedLine, json: jsonLine } as const;

export interface TextOutput {
  /** Writes what is still ahead; resolves when standard output has taken it. */
  end(): Promise<void>;
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
  readonly #cursor: ReturnType<Engine['log']['cursor']>;
  readonly #signal: ReturnType<Engine['log']['onAppend']>;
  #scheduled = false;

  constructor(engine: Engine, lines: (event: CaptureEvent) => string) {
    this.#lines = lines;
    this.#cursor = engine.log.cursor('start', { payloads: true });
    this.#signal = engine.log.onAppend(() => this.#schedule());
    this.#signal.arm();
  }

  async end(): Promise<void> {
    this.#signal.close();
    while (this.#cursor.pending) this.#write();
    await new Promise((resolve) => process.stdout.write('', resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      // A slow reader of our output holds up this cursor and nothing else.
      if (this.#write()) this.#again();
      else process.stdout.once('drain', () => this.#again());
    });
  }

  #again(): void {
    if (this.#cursor.pending) this.#schedule();
    else this.#signal.arm();
  }

  #write(): boolean {
    const batch = this.#cursor.read(READ_BYTES);
    if (!batch) return true;
    let text = '';
    for (const event of decode(batch).events) text += this.#lines(event);
    return text === '' || process.stdout.write(text);
  }
}
