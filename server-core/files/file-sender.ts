/**
 * Sends a file that was found: chooses its representation, answers conditions and ranges, and sees to it that
 * what is streamed is still what the fields describe.
 */
import type { FileHandle } from 'node:fs/promises';
import { type Coding, encodeWhole } from '../http/coding/content-coding.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { traceCoding, traceFound, traceSent } from './answer-trace.ts';
import { fromEncoder, fromSibling } from './coded-representation.ts';
import type { CodingChoice, Form } from './coding-choice.ts';
import type { Disk } from './disk.ts';
import { answerFile, type Unread } from './file-answer.ts';
import { ENTRY_OVERHEAD_BYTES, type FileCache } from './file-cache.ts';
import { PIECE_BYTES } from './file-source.ts';
import { isAbsence } from './locate.ts';
import { negotiate } from './negotiation.ts';
import { openFile } from './open-file.ts';
import { fileProblem, notAcceptable } from './plain-answers.ts';
import type { Representation } from './representation.ts';
import { KEEP_BYTES, type ServedFile } from './served-file.ts';
import { SharedBlocks } from './shared-blocks.ts';
import { isUnchanged, type Sibling, stillHas } from './siblings.ts';
import { isSettled, sameState } from './validators.ts';

export interface Sending {
  readonly request: Request;
  /** Under which the cache may hold the file. */
  readonly key: string;
  readonly file: ServedFile;
  /** Where the file is open: gives its handle to whoever then closes it. */
  readonly claim: (() => FileHandle) | undefined;
  /** In milliseconds. */
  readonly now: number;
}

/** A copy that is put beside a file is noticed after this; until then the same content goes out in another form. */
const LOOK_AGAIN_MS = 1_000;

const STREAMED = `Read from the disk while it is sent, ${PIECE_BYTES / 1024} KiB at a time`;

export class FileSender {
  readonly #cache: FileCache;
  readonly #disk: Disk;
  readonly #shared = new SharedBlocks();
  readonly #again: (request: Request) => Promise<Response>;

  /** `again` starts over with a request, when the file turns out to be replaced. */
  constructor(cache: FileCache, disk: Disk, again: (request: Request) => Promise<Response>) {
    this.#cache = cache;
    this.#disk = disk;
    this.#again = again;
  }

  /** The answer with a file that is known under a key and the same on the disk; undefined when there is none. */
  sendKept(request: Request, key: string): Response | Promise<Response> | undefined {
    const file = this.#cache.get(key);
    if (file === undefined) return undefined;
    const now = Date.now();
    if (!hasSameSiblings(file, now)) {
      this.#cache.drop(key);
      return undefined;
    }
    if (request.tracing) {
      if (file.decoded !== undefined) request.mark('resolve', file.decoded);
      traceFound(request, file);
      request.mark(
        'open',
        file.content ? 'Kept in memory, and the same on the disk' : 'Known, and the same on the disk',
      );
    }
    return this.send({ request, key, file, claim: undefined, now });
  }

  /** A handle that was not claimed is still the caller's. Rejects only when a coder fails. */
  send(sending: Sending): Response | Promise<Response> {
    const { request, file } = sending;
    if (request.tracing) request.mark('decision', file.typed);
    const choice = negotiate(request, file);
    if (choice === 'refused') {
      if (request.tracing) traceCoding(request, file, choice);
      return notAcceptable(request);
    }
    if (choice === 'identity') return this.#show(sending, file, choice);
    const { coding, sibling } = choice;
    const kept = file.coded.get(coding);
    if (kept === undefined)
      return sibling === undefined ? this.#make(sending, coding) : this.#copy(sending, choice, sibling);
    if (sibling === undefined || isUnchanged(sibling)) return this.#show(sending, kept, choice);
    this.#cache.drop(sending.key);
    if (request.tracing) request.mark('note', `${sibling.end} was replaced, so the file is looked up again`);
    return this.#again(request);
  }

  /** In a coding that is made here. */
  async #make(sending: Sending, coding: Coding): Promise<Response> {
    const { file } = sending;
    const { content } = file;
    const make = async () => {
      const coded = content === undefined ? undefined : await encodeWhole(coding, content);
      return this.#kept(sending, coding, fromEncoder(file, coding, coded));
    };
    return this.#show(sending, await file.coded.once(coding, make), { coding, sibling: undefined });
  }

  /** In the coding of the copy beside it. */
  async #copy(sending: Sending, form: Form, sibling: Sibling): Promise<Response> {
    const { file, now } = sending;
    const read = await this.#readCopy(sibling);
    if (read === undefined) return this.#withoutCopy(sending, sibling);
    const shown = fromSibling(file, sibling, read.content, now);
    const settled = isSettled(sibling.stats, now);
    return this.#show(sending, settled ? this.#kept(sending, sibling.coding, shown) : shown, form);
  }

  /** Undefined when it is not what it was found to be. */
  async #readCopy({ real, stats }: Sibling): Promise<{ content: Uint8Array | undefined } | undefined> {
    try {
      const read = await this.#disk.read(real, KEEP_BYTES);
      const whole = read.content !== undefined || read.stats.size > KEEP_BYTES;
      return whole && sameState(read.stats, stats) ? read : undefined;
    } catch {
      // It cannot be opened: a copy is a help, and its absence no error.
      return undefined;
    }
  }

  /** The copy changed or went between one look and the next; its coding is one that the client takes. */
  #withoutCopy(sending: Sending, { coding, end }: Sibling): Promise<Response> {
    const { request, key } = sending;
    this.#cache.drop(key);
    if (request.tracing)
      request.mark('note', `${end} was replaced just now or cannot be read, so ${coding} is made on the fly`);
    return this.#make(sending, coding);
  }

  /** Kept with the file, where the file is kept and there is room. */
  #kept({ key, file }: Sending, coding: Coding, shown: Representation): Representation {
    const bytes = ENTRY_OVERHEAD_BYTES + (shown.content?.length ?? 0);
    if (this.#cache.grow(key, file, bytes)) file.coded.keep(coding, shown);
    return shown;
  }

  #show(sending: Sending, shown: Representation, choice: CodingChoice): Response | Promise<Response> {
    const { request, file, claim, now } = sending;
    const answer = answerFile(request, shown, file.type, now);
    if (request.tracing) traceSent(request, file, choice, answer.status);
    if (!('read' in answer)) return answer;
    if (claim === undefined || shown.real !== file.real) return this.#open(sending, shown, answer);
    if (request.tracing) request.mark('open', STREAMED);
    return this.#streamed(answer, shown, claim());
  }

  async #open(sending: Sending, shown: Representation, answer: Unread): Promise<Response> {
    const { request, key, file } = sending;
    const sibling = file.siblings?.fresh.find(({ real }) => real === shown.real);
    try {
      const opened = await openFile(shown.real);
      if (sameState(opened.stats, shown.stats)) {
        if (request.tracing) request.mark('open', STREAMED);
        return this.#streamed(answer, shown, opened.handle);
      }
      await opened.handle.close();
    } catch (error) {
      if (sibling === undefined && !isAbsence(error)) return fileProblem(error, request);
    }
    if (sibling !== undefined) return this.#withoutCopy({ ...sending, claim: undefined }, sibling);
    this.#cache.drop(key);
    if (request.tracing) request.mark('note', 'The file was replaced just now, so it is looked up again');
    return this.#again(request);
  }

  #streamed({ status, fields, read }: Unread, { real, stats }: Representation, handle: FileHandle): Response {
    return { status, fields, body: read(handle, this.#shared.of(real, stats, Date.now())) };
  }
}

function hasSameSiblings(file: ServedFile, now: number): boolean {
  if (file.siblings === undefined || now - file.coded.lookedAt < LOOK_AGAIN_MS) return true;
  file.coded.lookedAt = now;
  return stillHas(file.siblings, file.stats);
}
