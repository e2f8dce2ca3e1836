/** The log of an import on its way into a `.wirescope` file. The file is written while the log grows, so none of it is trimmed. */
import { writeSync } from 'node:fs';
import type { Cursor } from '../capture/cursor.ts';
import { CaptureLog } from '../capture/log.ts';
import { ImportClock } from '../formats/import-clock.ts';
import { CaptureFileWriter } from './capture-file-writer.ts';
import { VERSION } from './version.ts';

const SEGMENT_BYTES = 1024 * 1024;
/** A few segments: what the importer tells between two writes. */
const MEMORY_BYTES = 16 * SEGMENT_BYTES;

export class ImportTarget {
  readonly clock = new ImportClock();
  readonly log: CaptureLog;
  readonly #fd: number;
  readonly #cursor: Cursor;
  readonly #writer: CaptureFileWriter;
  #isStarted = false;

  constructor(fd: number) {
    this.#fd = fd;
    this.log = new CaptureLog({
      now: () => this.clock.now,
      segmentBytes: SEGMENT_BYTES,
      memoryBudgetBytes: MEMORY_BYTES,
    });
    this.#cursor = this.log.cursor('start', { payloads: true });
    this.#writer = new CaptureFileWriter(this.log, this.#cursor);
    // Called within an append, before anything would be trimmed.
    this.log.follow(this.#cursor, () => this.#writeOn());
  }

  finish(): void {
    this.#writeOn();
    this.#put(this.#writer.finish());
  }

  #writeOn(): void {
    // The epoch is known once something was told.
    if (!this.#isStarted) {
      const { epochMs } = this.clock;
      const { platform } = process;
      this.#put(
        this.#writer.start({ version: VERSION, platform, host: 'import', epochMs, createdMs: Date.now() }),
      );
    }
    this.#isStarted = true;
    for (let block = this.#writer.next(); block; block = this.#writer.next()) this.#put(block);
  }

  #put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
  }
}
