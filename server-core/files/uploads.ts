/** The files of a form, on the disk for as long as the answer to it takes. */
import { copyFile, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileSink, readFormData } from '../http/body/form-data.ts';
import type { FormFields } from '../http/body/form-fields.ts';
import type { MultipartLimits } from '../http/body/multipart-limits.ts';
import type { PartHead } from '../http/body/part-head.ts';
import { watchedSource } from '../http/byte-source.ts';
import { HttpError } from '../http/errors.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { safeName } from './safe-name.ts';

export interface UploadOptions extends Partial<MultipartLimits> {
  /** Where a folder is made for the form. Default: the system's place for temporary files. */
  readonly folder?: string;
  /** Files of one form; 20 by default, as PHP's `max_file_uploads`. */
  readonly maxFiles?: number;
  /** Bytes of all files together; 1 GiB by default, as much as one may have, which is formidable's rule. */
  readonly maxTotalBytes?: number;
}

export const UPLOAD_LIMITS = { maxFiles: 20, maxTotalBytes: 1024 * 1024 * 1024 } as const;

export interface UploadedFile {
  /** Of the field that it was chosen in. */
  readonly field: string;
  /** The client's name for it, made fit to be one: no path, nothing that a system reads in a special way. */
  readonly name: string;
  /** Media type as the client says it: nothing proves it. */
  readonly type: string | undefined;
  readonly length: number;
  /** Where it lies until the response is sent. */
  readonly path: string;
  /** Moves it to another path, where it stays, in place of what is there. Rejects with the system's error. */
  keep(path: string): Promise<void>;
}

export interface UploadForm {
  readonly fields: FormFields;
  /** In the order in which they came; inputs that were left empty are left out. */
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a form and gives it to `answer`; what that did not keep of the files is removed once its response was sent,
 * or could not be. Memory does not grow with the files. Throws as readFormData does, HttpError 413 past a limit of
 * its own, and 507 when the disk is full.
 */
export async function receiveUploads(
  request: Request,
  answer: (form: UploadForm) => Response | Promise<Response>,
  options: UploadOptions = {},
): Promise<Response> {
  const uploads = new UploadFolder(options);
  try {
    const { fields, files } = await readFormData(request, {
      ...options,
      openFile: (part) => (part.filename === '' ? undefined : uploads.open(part)),
    });
    const response = await answer({ fields, files: files.map(({ kept }) => kept) });
    const { body } = response;
    if (body === undefined || body instanceof Uint8Array) {
      await uploads.remove();
      return response;
    }
    // It may be read from one of them.
    return {
      ...response,
      body: watchedSource(
        body,
        () => {},
        () => void uploads.remove(),
      ),
    };
  } catch (error) {
    await uploads.remove();
    throw error;
  }
}

class UploadFolder {
  readonly #base: string;
  readonly #maxFiles: number;
  readonly #maxTotalBytes: number;
  #path: Promise<string> | undefined;
  #files = 0;
  #bytes = 0;

  constructor(options: UploadOptions) {
    this.#base = options.folder ?? tmpdir();
    this.#maxFiles = options.maxFiles ?? UPLOAD_LIMITS.maxFiles;
    this.#maxTotalBytes = options.maxTotalBytes ?? UPLOAD_LIMITS.maxTotalBytes;
  }

  async open(part: PartHead): Promise<FileSink<UploadedFile>> {
    if (++this.#files > this.#maxFiles)
      throw tooMuch(`The form has more than the ${this.#maxFiles} files accepted here`);
    // Mode 0700: others on the machine have no business with it.
    this.#path ??= mkdtemp(join(this.#base, 'wirescope-upload-'));
    // The client's name is not used on the disk at all.
    const path = join(await this.#path, String(this.#files));
    const handle = await open(path, 'wx', 0o600);
    let length = 0;
    return {
      write: async (bytes) => {
        length += bytes.length;
        this.#bytes += bytes.length;
        if (this.#bytes > this.#maxTotalBytes)
          throw tooMuch(`The files are longer than the ${this.#maxTotalBytes} bytes accepted here`);
        await handle.appendFile(bytes).catch(diskProblem);
      },
      end: async () => {
        await handle.close().catch(diskProblem);
        const { name, contentType: type } = part;
        return {
          field: name,
          name: safeName(part.filename ?? ''),
          type,
          length,
          path,
          keep: (to) => move(path, to),
        };
      },
      discard: () => handle.close(),
    };
  }

  /** Never rejects: the answer stands, and the system cleans its place for temporary files. */
  async remove(): Promise<void> {
    try {
      if (this.#path) await rm(await this.#path, { recursive: true, force: true });
    } catch {}
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Places for temporary files are often on a file system of their own.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
  }
}

function tooMuch(sentence: string): HttpError {
  return new HttpError(413, sentence, { section: 'RFC 9110 §15.5.14' });
}

function diskProblem(cause: NodeJS.ErrnoException): never {
  if (cause.code !== 'ENOSPC' && cause.code !== 'EDQUOT') throw cause;
  throw new HttpError(507, 'The server has no room left for the files', { section: 'RFC 4918 §11.5', cause });
}
