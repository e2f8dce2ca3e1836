/** Opens what other programs captured, `.har`, `.pcap` and `.pcapng`: a capture file without a name is made of it. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PathProblem, pathSentence } from './served-path.ts';
import { spillFolder } from './spill-file.ts';

export interface ImportJob {
  readonly source: string;
  /** Descriptor of the file to write. */
  readonly fd: number;
  /** For people. */
  readonly name: string;
}

export type ImportResult =
  | { readonly problem: string }
  | {
      /** What cannot be shown of the file, a sentence each. */
      readonly notes: readonly string[];
      /** Its bytes are not those that crossed the wire. */
      readonly rebuilt?: true;
    };

export interface Imported {
  /** A `.wirescope` file, which is gone once it is closed. */
  readonly file: FileHandle;
  readonly notes: readonly string[];
  readonly rebuilt: boolean;
  /** Removes what is left of it after it was closed. */
  remove(): Promise<void>;
}

/** Beside this file, built or not. */
const THREAD = join(import.meta.dirname, `import-thread${extname(import.meta.filename)}`);
/** A HAR of 500 MiB, the most that JavaScript can hold as a text, takes some 2 GiB when it is read. */
const MOST_HEAP_MIB = 3072;

let files = 0;

export function isImportPath(path: string): boolean {
  return /\.(?:har|pcap|pcapng|cap)$/i.test(path);
}

/** Rejects with PathProblem when there is nothing in the file that could be shown. */
export async function importFile(source: string): Promise<Imported> {
  const path = join(spillFolder(), `wirescope-${process.pid}-import-${++files}.wirescope`);
  const file = await open(path, 'wx+', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new PathProblem(
      `${basename(source)} cannot be opened: nothing can be written to ${spillFolder()} (${error.code})`,
    );
  });
  // Where a file in use cannot be unlinked it keeps its name until it is closed.
  await rm(path, { force: true }).catch(() => {});
  const remove = () => rm(path, { force: true }).catch(() => {});
  try {
    const result = await convert({ source, fd: file.fd, name: basename(source) });
    if ('problem' in result) throw new PathProblem(result.problem);
    return { file, notes: result.notes, rebuilt: result.rebuilt ?? false, remove };
  } catch (error) {
    await file.close();
    await remove();
    throw error;
  }
}

function convert(job: ImportJob): Promise<ImportResult> {
  const worker = new Worker(THREAD, {
    workerData: job,
    execArgv: [],
    name: 'import',
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MIB },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) => reject(problemOf(job, error)));
    worker.once('exit', () => reject(new PathProblem(`${job.name} could not be read`)));
  });
}

function problemOf({ name, source }: ImportJob, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new PathProblem(`${name} is too large to be read at once`);
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new PathProblem(`${name} cannot be opened: there is no space left in ${spillFolder()}`);
  }
  if (error.code !== undefined && error.syscall !== undefined)
    return new PathProblem(pathSentence(source, error.code));
  return error;
}
