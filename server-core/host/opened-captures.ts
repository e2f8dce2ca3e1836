import { realpath } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { CaptureInfo } from '../capture/feed-messages.ts';
import { CaptureFile } from './capture-file.ts';
import { type Imported, importFile, isImportPath } from './import-file.ts';
import { PathProblem, pathSentence } from './served-path.ts';

/** Bytes of records in one answer: a few milliseconds of work for the viewer. */
const READ_BYTES = 256 * 1024;
/** Where blocks are mostly payload, so many are looked through for one answer at the most. */
const READ_BLOCKS = 16;

/** Our own files, and those of other programs that can be opened as one. */
export function isCapturePath(path: string): boolean {
  return /\.wirescope$/i.test(path) || isImportPath(path);
}

/** Capture files that were opened to be read, by number. */
export class OpenedCaptures {
  readonly #files = new Map<number, CaptureFile>();
  /** What `problem` was when it was last told. */
  readonly #told = new Map<number, string | undefined>();
  readonly #byHost = new Set<number>();
  /** Those that were made of other programs' files. */
  readonly #imported = new Map<number, Imported>();
  readonly #onChange: () => void;
  #last = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  list(): CaptureInfo[] {
    return [...this.#files.keys()].map((id) => this.#info(id));
  }

  /** Opens a file, or finds it among those that are open. Rejects with PathProblem. */
  async open(path: string, byHost = false): Promise<CaptureInfo> {
    const real = await realpath(path).catch((error: NodeJS.ErrnoException) => {
      throw new PathProblem(pathSentence(path, error.code, 'file'));
    });
    const known = this.#find(real);
    if (known) return known;
    const problem = (error: NodeJS.ErrnoException) => {
      throw error instanceof PathProblem ? error : new PathProblem(pathSentence(path, error.code));
    };
    const imported = isImportPath(real) ? await importFile(real).catch(problem) : undefined;
    const file = await (imported ? CaptureFile.of(imported.file, real) : CaptureFile.open(real)).catch(
      problem,
    );
    // Asked for twice at once, it is opened once.
    const meanwhile = this.#find(real);
    if (meanwhile) {
      await file.close();
      await imported?.remove();
      return meanwhile;
    }
    const id = ++this.#last;
    this.#files.set(id, file);
    if (imported) this.#imported.set(id, imported);
    this.#told.set(id, file.problem);
    if (byHost) this.#byHost.add(id);
    this.#onChange();
    return this.#info(id);
  }

  /** Eight bytes that say where to read on (f64 LE), then a run of records. */
  async read(id: number, from: number): Promise<Uint8Array> {
    const file = this.file(id);
    const runs: Uint8Array[] = [];
    let next = from;
    let length = 8;
    while (next < file.end && length < READ_BYTES && runs.length < READ_BLOCKS) {
      const run = await file.read(next, READ_BYTES);
      runs.push(run.records);
      length += run.records.length;
      next = run.next;
      // Between two blocks others have their turn.
      await turn();
    }
    this.#tell(id, file);
    const answer = new Uint8Array(length);
    new DataView(answer.buffer).setFloat64(0, next, true);
    let at = 8;
    for (const run of runs) {
      answer.set(run, at);
      at += run.length;
    }
    return answer;
  }

  payload(id: number, position: number): Promise<Uint8Array | undefined> {
    return this.file(id).payload(position);
  }

  async close(id: number): Promise<void> {
    const file = this.file(id);
    this.#files.delete(id);
    this.#told.delete(id);
    const imported = this.#imported.get(id);
    this.#imported.delete(id);
    this.#onChange();
    await file.close();
    await imported?.remove();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((id) => this.close(id)));
  }

  #find(path: string): CaptureInfo | undefined {
    for (const [id, file] of this.#files) if (file.path === path) return this.#info(id);
    return undefined;
  }

  /** Damage shows only when a block is read. */
  #tell(id: number, file: CaptureFile): void {
    if (this.#told.get(id) === file.problem) return;
    this.#told.set(id, file.problem);
    this.#onChange();
  }

  /** Throws when it is not open any more. */
  file(id: number): CaptureFile {
    const file = this.#files.get(id);
    if (!file) throw new Error('That capture is no longer open');
    return file;
  }

  #info(id: number): CaptureInfo {
    const { name, path, meta, start, end, exchanges, problem } = this.file(id);
    const { epochMs } = meta;
    const byHost = this.#byHost.has(id);
    const imported = this.#imported.get(id);
    const problems = [problem, ...(imported?.notes ?? [])].filter((text) => text !== undefined);
    return {
      ...{ id, name, path, epochMs, start, end, exchanges, byHost },
      ...(problems.length > 0 && { problem: problems.join('. ') }),
      ...(imported?.rebuilt && { rebuilt: true as const }),
    };
  }
}
