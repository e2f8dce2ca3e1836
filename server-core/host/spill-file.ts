/**
 * Segments of the capture that no longer fit in memory, in one file of the temporary folder: slot n lies at n times
 * the size of a slot. It belongs to this process alone and has no name where the platform allows that, so captured
 * traffic does not outlive us whatever ends us.
 */
import { readdirSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SegmentStore } from '../capture/segment-store.ts';

const NAME = /^wirescope-(\d+)-\d+\.spill$/;

let files = 0;

/** The folder for large temporary files: on Linux `/tmp` is often memory, and `/var/tmp` is not (FHS 3.0 §5.15). */
export function spillFolder(): string {
  const folder = tmpdir();
  return process.platform === 'linux' && folder === '/tmp' ? '/var/tmp' : folder;
}

export class SpillFile implements SegmentStore {
  readonly #slotBytes: number;
  readonly #folder: string;
  #file: Promise<FileHandle> | undefined;
  /** Set where the file has to keep its name while it is open. */
  #named: string | undefined;

  constructor(slotBytes: number, folder = spillFolder()) {
    this.#slotBytes = slotBytes;
    this.#folder = folder;
  }

  async write(slot: number, bytes: Uint8Array): Promise<void> {
    try {
      this.#file ??= this.#open();
      const file = await this.#file;
      const at = slot * this.#slotBytes;
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      }
    } catch (error) {
      throw new Error(this.#sentence(error as NodeJS.ErrnoException));
    }
  }

  async read(slot: number, target: Uint8Array): Promise<void> {
    try {
      const file = await this.#file;
      if (!file) throw new Error('closed');
      const at = slot * this.#slotBytes;
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await file.read(target, done, target.length - done, at + done);
        if (bytesRead === 0) throw new Error('cut short');
        done += bytesRead;
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Error(`Captured traffic cannot be read back from ${this.#folder} (${code ?? message})`);
    }
  }

  clear(): void {
    const file = this.#file;
    this.#file = undefined;
    // Closing waits for what is under way, and the last close gives the room back.
    void file?.then((handle) => handle.close()).catch(() => {});
    if (this.#named !== undefined) remove(this.#named);
    this.#named = undefined;
  }

  async #open(): Promise<FileHandle> {
    removeLeftovers(this.#folder);
    const path = join(this.#folder, `wirescope-${process.pid}-${++files}.spill`);
    const file = await open(path, 'wx+', 0o600);
    if (!remove(path)) {
      this.#named = path;
      process.once('exit', () => remove(path));
    }
    return file;
  }

  #sentence({ code, message }: NodeJS.ErrnoException): string {
    const memory = 'so captured traffic is kept in memory only';
    if (code === 'ENOSPC' || code === 'EDQUOT') return `There is no space left in ${this.#folder}, ${memory}`;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return `${this.#folder} may not be written by this user, ${memory}`;
    return `Nothing can be written to ${this.#folder} (${code ?? message}), ${memory}`;
  }
}

/** Files with a name whose process is gone: it was killed where a file in use cannot be unlinked. */
export function removeLeftovers(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {}
  for (const name of names) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(folder, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
