import { HttpError } from '../errors.ts';
import type { Request } from '../request.ts';
import { expectContent } from './expect-content.ts';
import { FormFields } from './form-fields.ts';
import { MultipartParser } from './multipart.ts';
import { MULTIPART_FAULTS, type MultipartFaultCode } from './multipart-faults.ts';
import { MULTIPART_DEFAULTS, type MultipartLimits } from './multipart-limits.ts';
import type { PartHead } from './part-head.ts';

/** Takes the content of one file of a form, while it arrives. `Kept` is what the application wants to keep of it. */
export interface FileSink<Kept> {
  /** The bytes are lent until the promise resolves. No more is read from the client before. */
  write(bytes: Uint8Array): void | Promise<void>;
  /** The file is complete. */
  end(): Kept | Promise<Kept>;
  /** Instead of `end`, or after it when a later part of the form failed: forgets what was written. */
  discard(): void | Promise<void>;
}

export interface FormDataOptions<Kept> extends Partial<MultipartLimits> {
  /** Called for each part with a filename. Undefined lets its content pass unread. */
  openFile(part: PartHead): FileSink<Kept> | undefined | Promise<FileSink<Kept> | undefined>;
}

export interface FormFile<Kept> {
  readonly part: PartHead;
  readonly length: number;
  readonly kept: Kept;
}

export interface MultipartForm<Kept> {
  readonly fields: FormFields;
  /** In the order in which they came. */
  readonly files: readonly FormFile<Kept>[];
}

const TYPE = 'multipart/form-data';

/**
 * The content of a form with files, RFC 7578. Fields are kept as text, files go to their sinks as they arrive, so
 * memory does not grow with them. Throws HttpError 415 for another type, 413 past a limit and 400 for content that
 * cannot be understood; then, and when the client goes, every sink that was opened is discarded.
 */
export async function readFormData<Kept>(
  request: Request,
  options: FormDataOptions<Kept>,
): Promise<MultipartForm<Kept>> {
  const limits: MultipartLimits = { ...MULTIPART_DEFAULTS, ...options };
  const type = expectContent(request, TYPE, (essence) => essence === TYPE);
  const parser = MultipartParser.create(type.parameters.get('boundary') ?? '', limits);
  if (!parser) throw refusal('boundary-missing');
  const form = new FormReader<Kept>(limits, options);
  try {
    for await (const chunk of request.body.chunks()) {
      for (const event of parser.push(chunk)) {
        if (event.kind === 'part') await form.begin(event.head);
        else if (event.kind === 'data') await form.take(event.bytes);
        else if (event.kind === 'part-end') await form.finish();
        else if (event.kind === 'fault') throw refusal(event.code);
      }
    }
    const unfinished = parser.finish();
    if (unfinished?.kind === 'fault') throw refusal(unfinished.code);
    return { fields: new FormFields(form.entries), files: form.files };
  } catch (error) {
    await form.discard();
    throw error;
  }
}

function refusal(code: MultipartFaultCode): HttpError {
  const { status, sentence, section } = MULTIPART_FAULTS[code];
  return new HttpError(status, sentence, { section });
}

class FormReader<Kept> {
  readonly entries: [name: string, value: string][] = [];
  readonly files: FormFile<Kept>[] = [];
  readonly #limits: MultipartLimits;
  readonly #options: FormDataOptions<Kept>;
  readonly #sinks: FileSink<Kept>[] = [];
  #part: PartHead | undefined;
  #sink: FileSink<Kept> | undefined;
  #length = 0;
  #fieldsLength = 0;
  #text = '';
  #decoder = newDecoder();

  constructor(limits: MultipartLimits, options: FormDataOptions<Kept>) {
    this.#limits = limits;
    this.#options = options;
  }

  async begin(part: PartHead): Promise<void> {
    this.#part = part;
    this.#length = 0;
    this.#text = '';
    this.#decoder = newDecoder();
    this.#sink = undefined;
    if (part.filename === undefined) return;
    this.#sink = await this.#options.openFile(part);
    if (this.#sink) this.#sinks.push(this.#sink);
  }

  async take(bytes: Uint8Array): Promise<void> {
    this.#length += bytes.length;
    const { maxFieldBytes, maxFieldsBytes, maxFileBytes } = this.#limits;
    if (this.#part?.filename !== undefined) {
      if (this.#length > maxFileBytes) throw refusal('file-too-long');
      await this.#sink?.write(bytes);
      return;
    }
    this.#fieldsLength += bytes.length;
    if (this.#length > maxFieldBytes) throw refusal('field-too-long');
    if (this.#fieldsLength > maxFieldsBytes) throw refusal('fields-too-long');
    this.#text += this.#decode(() => this.#decoder.decode(bytes, { stream: true }));
  }

  async finish(): Promise<void> {
    const part = this.#part;
    if (!part) return;
    if (part.filename === undefined) {
      this.entries.push([part.name, this.#text + this.#decode(() => this.#decoder.decode())]);
    } else if (this.#sink) {
      this.files.push({ part, length: this.#length, kept: await this.#sink.end() });
    }
  }

  async discard(): Promise<void> {
    await Promise.allSettled(this.#sinks.map(async (sink) => sink.discard()));
  }

  #decode(step: () => string): string {
    try {
      return step();
    } catch {
      throw refusal('field-not-utf8');
    }
  }
}

function newDecoder() {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}
