/** All that is captured and where it is kept: the log with its room on disk, a recording, and captures from files. */
import { EXPORT_FORMATS, type ExportCall } from '../capture/export-call.ts';
import type { Call, CaptureInfo, Hello, SaveReply, UsageReply } from '../capture/feed-messages.ts';
import { CaptureLog } from '../capture/log.ts';
import type { Clock } from '../net/clock.ts';
import { type CaptureMeta, captureFile } from './capture-file-writer.ts';
import { type EventSource, fileSource, logSource } from './export/captured-events.ts';
import { exportPieces } from './export/export-capture.ts';
import { OpenedCaptures } from './opened-captures.ts';
import { Recording } from './recording.ts';
import { type Download, SavedCaptures, writeCapture } from './saved-captures.ts';
import { SpillFile } from './spill-file.ts';
import { undone } from './undone.ts';
import { VERSION } from './version.ts';

export interface CapturedOptions {
  readonly host: Hello['host'];
  readonly memoryBudgetBytes: number | undefined;
  readonly diskBudgetBytes: number | undefined;
  /** What of it stands in a hello has changed. */
  onChange(): void;
}

/** The calls that are about captured traffic. */
export type CaptureCall = Extract<
  Call,
  { readonly op: 'usage' | 'memory' | 'disk' | 'pull' | 'read' | 'close' | 'save' | 'export' | 'undo' }
>;

/** As the desktop inspectors' own users ask for. */
const DEFAULT_MEMORY_BUDGET = 512 * 1024 * 1024;
/** Four times the memory, some three million small exchanges, and little beside what a browser's cache takes. */
const DEFAULT_DISK_BUDGET = 2 * 1024 * 1024 * 1024;
/** Of the log's segments, and so of the slots of its file. */
const SEGMENT_BYTES = 1024 * 1024;
/** Large files can be served faster than any disk is written: more would only take the server's processor. */
const DISK_BYTES_PER_SECOND = 128 * 1024 * 1024;

/** 64 MiB of one pull: a viewer pages through more, and what it names twice is read twice. */
const MOST_PULLED = 64 * 1024 * 1024;

const TRIMMED = 'Those bytes were trimmed to stay within the budgets for memory and disk';
const NOT_IN_FILE = 'Those bytes are not whole in the file';

export class Captured {
  readonly log: CaptureLog;
  readonly #host: Hello['host'];
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #spill = new SpillFile(SEGMENT_BYTES);
  readonly #opened: OpenedCaptures;
  readonly #saved = new SavedCaptures();
  readonly #notes: string[] = [];
  #recording: Recording | undefined;

  constructor(clock: Clock, options: CapturedOptions) {
    this.#clock = clock;
    this.#host = options.host;
    this.#onChange = options.onChange;
    this.#opened = new OpenedCaptures(options.onChange);
    this.log = new CaptureLog({
      now: () => clock.now(),
      segmentBytes: SEGMENT_BYTES,
      memoryBudgetBytes: options.memoryBudgetBytes ?? DEFAULT_MEMORY_BUDGET,
      store: this.#spill,
      diskBudgetBytes: options.diskBudgetBytes ?? DEFAULT_DISK_BUDGET,
      diskBytesPerSecond: DISK_BYTES_PER_SECOND,
      onDiskTrouble: (sentence) => this.#note(sentence),
    });
  }

  /** Its part of a hello. */
  get hello() {
    return {
      memoryBudgetBytes: this.log.memoryBudgetBytes,
      diskBudgetBytes: this.log.diskBudgetBytes,
      notes: [...this.#notes],
      captures: this.#opened.list(),
      ...(this.#recording && { recording: this.#recording.path }),
    } satisfies Partial<Hello>;
  }

  get opened(): readonly CaptureInfo[] {
    return this.#opened.list();
  }

  /** Rejects with PathProblem when the file is no capture. `byHost`: no viewer asked for it. */
  open(path: string, byHost: boolean): Promise<CaptureInfo> {
    return this.#opened.open(path, byHost);
  }

  /** Writes everything to a new file, until `close`. Rejects with PathProblem. */
  async record(path: string): Promise<void> {
    this.#recording = await Recording.start(this.log, path, this.#meta(), (sentence) => {
      this.#recording = undefined;
      this.#note(sentence);
    });
    this.#onChange();
  }

  /** The file that a `save` or an `export` promised at this path; undefined when it was got already, or waited too long. */
  download(path: string): Download | undefined {
    return this.#saved.take(path);
  }

  async answer(call: CaptureCall): Promise<unknown> {
    switch (call.op) {
      case 'usage':
        return this.#usage();
      case 'memory':
        this.log.memoryBudgetBytes = call.bytes;
        return this.#onChange();
      case 'disk':
        // What was wrong with the disk is said again if it still is.
        if (call.bytes > 0) this.#notes.length = 0;
        this.log.diskBudgetBytes = call.bytes;
        return this.#onChange();
      case 'pull':
        return this.#pull(call.positions, call.capture);
      case 'read':
        return this.#opened.read(call.capture, call.from);
      case 'close':
        return this.#opened.close(call.capture);
      case 'save':
        return this.#save(call.path);
      case 'export':
        return this.#export(call);
      case 'undo':
        return undone(call);
    }
  }

  async close(): Promise<void> {
    await this.#recording?.end();
    await this.#opened.closeAll();
    this.#spill.clear();
  }

  /** Says something to people: in every window, and where the process writes its errors. */
  #note(sentence: string): void {
    if (this.#notes.includes(sentence)) return;
    this.#notes.push(sentence);
    console.error(sentence);
    this.#onChange();
  }

  #usage(): UsageReply {
    const { usedBytes, memoryBytes, memoryBudgetBytes, diskBytes, diskBudgetBytes, overruns } = this.log;
    return { logBytes: usedBytes, memoryBytes, memoryBudgetBytes, diskBytes, diskBudgetBytes, overruns };
  }

  async #save(path: string | undefined): Promise<SaveReply> {
    const bytes = () => captureFile(this.log, this.#meta());
    if (path === undefined) {
      return { download: this.#saved.promise(() => ({ ending: 'wirescope', bytes: bytes() })) };
    }
    return { bytes: await writeCapture(path, bytes()) };
  }

  async #export(call: ExportCall): Promise<SaveReply> {
    const source = this.#source(call.capture);
    const bytes = () => exportPieces(source, call);
    if (call.path !== undefined) return { bytes: await writeCapture(call.path, bytes(), call.redact) };
    const { ending } = EXPORT_FORMATS[call.as];
    return { download: this.#saved.promise(() => ({ ending, bytes: bytes() })) };
  }

  #source(capture: number | undefined): EventSource {
    if (capture === undefined) return logSource(this.log, this.#clock.epochMs);
    return fileSource(this.#opened.file(capture));
  }

  async #pull(positions: readonly number[], capture: number | undefined): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for (const position of positions) {
      const payload =
        capture === undefined
          ? (this.log.payload(position) ?? (await this.log.pullPayload(position)))
          : await this.#opened.payload(capture, position);
      if (!payload) throw new Error(capture === undefined ? TRIMMED : NOT_IN_FILE);
      parts.push(payload);
      bytes += payload.length;
      if (bytes > MOST_PULLED) throw new Error(`A pull takes at most ${MOST_PULLED} bytes`);
    }
    return Buffer.concat(parts);
  }

  #meta(): CaptureMeta {
    const { epochMs } = this.#clock;
    return {
      version: VERSION,
      platform: process.platform,
      host: this.#host,
      epochMs,
      createdMs: Date.now(),
    };
  }
}
