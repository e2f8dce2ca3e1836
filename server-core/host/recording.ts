/**
 * Writes everything that is captured to a `.wirescope` file while it happens. It misses nothing: when the file's
 * disk is slower than the traffic and the recording is half of the memory budget behind, the server is slowed by
 * writing within the append, and goes on only when the file has caught up (notes/capture-file.md).
 */
import { writeSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers';
import type { Cursor } from '../capture/cursor.ts';
import type { AppendSignal, RecordLog } from '../capture/record-log.ts';
import { CaptureFileWriter, type CaptureMeta } from './capture-file-writer.ts';
import { PRIVATE_FILE } from './saved-captures.ts';
import { PathProblem } from './served-path.ts';

/** What a crash can cost: as often as nginx flushes a buffered log by `flush=1s`, halved. */
const FLUSH_MS = 500;

export class Recording {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #cursor: Cursor;
  readonly #writer: CaptureFileWriter;
  readonly #appended: AppendSignal;
  readonly #onTrouble: (sentence: string) => void;
  readonly #leave: () => void;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> | undefined;
  #ended = false;
  #slowed = 0;

  /** Never writes over a file. Rejects with PathProblem. `onTrouble` is told once, when it had to stop. */
  static async start(
    log: RecordLog,
    path: string,
    meta: CaptureMeta,
    onTrouble: (sentence: string) => void,
  ): Promise<Recording> {
    const file = await open(path, 'wx', PRIVATE_FILE).catch((error: NodeJS.ErrnoException) => {
      throw new PathProblem(openSentence(path, error));
    });
    const recording = new Recording(log, path, file, onTrouble);
    try {
      await file.write(recording.#writer.start(meta));
    } catch (error) {
      recording.#close();
      await file.close();
      await unlink(path);
      throw new PathProblem(openSentence(path, error as NodeJS.ErrnoException));
    }
    recording.#appended.arm();
    return recording;
  }

  private constructor(log: RecordLog, path: string, file: FileHandle, onTrouble: (sentence: string) => void) {
    this.path = path;
    this.#file = file;
    this.#onTrouble = onTrouble;
    this.#cursor = log.cursor('start', { payloads: true });
    this.#writer = new CaptureFileWriter(log, this.#cursor);
    this.#appended = log.onAppend(() => this.#schedule());
    this.#leave = log.follow(this.#cursor, () => this.#catchUp());
  }

  /** Bytes of the file so far. */
  get length(): number {
    return this.#writer.length;
  }
  /** How often the server was slowed. */
  get slowed(): number {
    return this.#slowed;
  }

  /** Writes what is still ahead and the index; resolves when the file is whole. */
  async end(): Promise<void> {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    await this.#busy;
    await this.#flush();
    if (this.#ended) return;
    this.#close();
    await this.#finish();
  }

  #schedule(): void {
    this.#timer ??= after(() => {
      this.#timer = undefined;
      this.#busy = this.#flush();
      void this.#busy.then(() => this.#again());
    }, FLUSH_MS);
  }

  #again(): void {
    if (this.#ended) return;
    if (this.#cursor.pending) this.#schedule();
    else this.#appended.arm();
  }

  async #flush(): Promise<void> {
    while (!this.#ended) {
      const at = this.#writer.length;
      const block = this.#writer.next();
      if (block) await this.#write(block, at);
      else if (this.#cursor.onDisk) await this.#cursor.ready();
      else return;
    }
  }

  async #write(block: Uint8Array, at: number): Promise<void> {
    try {
      for (let done = 0; done < block.length; ) {
        done += (await this.#file.write(block, done, block.length - done, at + done)).bytesWritten;
      }
    } catch (error) {
      await this.#stop(error as NodeJS.ErrnoException, at);
    }
  }

  /** Within an append: the thread waits for the disk, and with it the server. */
  #catchUp(): void {
    this.#slowed++;
    while (!this.#ended) {
      const at = this.#writer.length;
      const block = this.#writer.next();
      if (!block) return;
      try {
        for (let done = 0; done < block.length; ) {
          done += writeSync(this.#file.fd, block, done, block.length - done, at + done);
        }
      } catch (error) {
        void this.#stop(error as NodeJS.ErrnoException, at);
      }
    }
  }

  /** The file stays valid up to the last block that was written. */
  async #stop(error: NodeJS.ErrnoException, at: number): Promise<void> {
    if (this.#ended) return;
    this.#close();
    this.#writer.cutTo(at);
    await this.#finish();
    this.#onTrouble(stopSentence(this.path, error));
  }

  async #finish(): Promise<void> {
    const at = this.#writer.length;
    try {
      await this.#file.truncate(at);
      const tail = this.#writer.finish();
      await this.#file.write(tail, 0, tail.length, at);
    } catch {
      // Without its index a file is read header by header.
    }
    await this.#file.close().catch(() => {});
  }

  #close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#appended.close();
    this.#leave();
  }
}

function openSentence(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EEXIST') return `${path} exists already; a recording never writes over a file`;
  if (code === 'ENOENT') return `There is no folder for the recording ${path}`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `The recording ${path} may not be written by this user`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk has no room for the recording ${path}`;
  return `The recording ${path} cannot be written (${code ?? message})`;
}

function stopSentence(path: string, { code, message }: NodeJS.ErrnoException): string {
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : (code ?? message);
  return `The recording ${path} has ended, because ${why}; what was recorded up to there can be opened`;
}
