/**
 * Serves the files of a folder.
 *
 * A target that was served before costs one stat and gives the very same response again (file-cache.ts). Else:
 * map the target to names, find them inside the root, open, then decide by the opened file's own state, so
 * that fields and content always belong together.
 */
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { FieldPair, Handler, Response } from '../http/response.ts';
import { answerFile, type Portion } from './file-answer.ts';
import { DEFAULT_CACHE_BYTES, FileCache } from './file-cache.ts';
import { FileSource, PIECE_BYTES } from './file-source.ts';
import { listFolder } from './listing.ts';
import { type Found, isAbsence, locate } from './locate.ts';
import type { MediaTypes } from './media-types.ts';
import { nearNames } from './near-names.ts';
import { type OpenFile, openFile, readWhole } from './open-file.ts';
import { mapPath, type PathMapping } from './path-mapping.ts';
import {
  fileProblem,
  folderGone,
  methodRefused,
  nothingHere,
  optionsAnswer,
  redirectToFolder,
} from './plain-answers.ts';
import { type Presentation, type ServedFile, servedFile } from './served-file.ts';
import { isSettled, sameState } from './validators.ts';

export interface StaticOptions {
  /** Serve and list names that begin with a dot. Default false; `.well-known` always is (RFC 8615). */
  readonly dotfiles?: boolean;
  /** The file that answers for its folder. Default `index.html`. */
  readonly index?: string;
  /** List folders that have no index. Default true. */
  readonly listing?: boolean;
  /** Default `no-cache`: keep a copy, but ask each time. */
  readonly cacheControl?: string;
  /** By extension, sent as given. */
  readonly mediaTypes?: MediaTypes;
  /** Sent with every file. */
  readonly fields?: readonly FieldPair[];
  /** Bytes of small files kept in memory. Default 32 MiB; 0 keeps none. */
  readonly cacheBytes?: number;
}

/** Up to this size a file is read whole and kept; above, it is streamed. The most that one read takes on a pipe. */
const KEEP_BYTES = 65_536;

/** How often a file that is written to while it is read is tried again before it is streamed as it comes. */
const READ_ATTEMPTS = 3;

/** A handler for GET, HEAD and OPTIONS of what is below `root`, a path of this machine. It never rejects. */
export function staticFiles(root: string, options: StaticOptions = {}): Handler {
  const site = new StaticSite(root, options);
  return (request) => site.answer(request);
}

class StaticSite {
  readonly #root: string;
  readonly #dotfiles: boolean;
  readonly #index: string;
  readonly #listing: boolean;
  readonly #presentation: Presentation;
  readonly #cache: FileCache;

  constructor(root: string, options: StaticOptions) {
    this.#root = resolve(root);
    this.#dotfiles = options.dotfiles ?? false;
    this.#index = options.index ?? 'index.html';
    this.#listing = options.listing ?? true;
    this.#cache = new FileCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
    this.#presentation = {
      cacheControl: options.cacheControl ?? 'no-cache',
      mediaTypes: options.mediaTypes ?? {},
      fields: options.fields ?? [],
    };
  }

  answer(request: Request): Response | Promise<Response> {
    const { method } = request;
    if (method === 'OPTIONS') return optionsAnswer;
    if (method !== 'GET' && method !== 'HEAD') return methodRefused(request);
    const kept = this.#cache.get(cacheKey(request));
    if (kept === undefined) return this.#find(request);
    if (request.tracing) {
      request.mark('resolve', kept.found);
      request.mark(
        'open',
        kept.content ? 'Kept in memory, and the same on the disk' : 'Known, and the same on the disk',
      );
    }
    const answer = answerFile(request, kept);
    return 'start' in answer ? this.#streamKept(request, kept, answer) : answer;
  }

  async #find(request: Request): Promise<Response> {
    try {
      return await this.#resolve(request);
    } catch (error) {
      return fileProblem(error, request);
    }
  }

  async #resolve(request: Request): Promise<Response> {
    const { target } = request;
    if (target.form !== 'origin' && target.form !== 'absolute') return nothingHere(request);
    const mapping = mapPath(target.path, { dotfiles: this.#dotfiles, windows: process.platform === 'win32' });
    if (mapping.kind === 'refused') return refused(request, mapping);
    if (request.tracing)
      request.mark('resolve', `Target ${target.path} decodes to /${mapping.segments.join('/')}`);

    const root = await this.#realRoot();
    if (root === undefined) return folderGone(request);
    const lookup = await locate(root, mapping.segments);
    if (lookup.kind === 'folder') {
      if (!mapping.folder) return redirectToFolder(request, mapping.segments, target.query);
      return this.#folder(request, root, lookup, target.query);
    }
    if (lookup.kind === 'file' && !mapping.folder) return this.#file(request, lookup);
    if (request.tracing) {
      const because = 'because' in lookup ? lookup.because : 'It is a file, but the target ends in a slash';
      request.mark('decision', `${because}, so 404`);
      if (lookup.kind === 'missing') await this.#markNear(request, root, mapping.segments);
    }
    return nothingHere(request);
  }

  /** Looked up each time: the folder may go and come back, or be a link that moves to the next release. */
  async #realRoot(): Promise<string | undefined> {
    try {
      return await realpath(this.#root);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  async #folder(request: Request, root: string, folder: Found, query: string | undefined): Promise<Response> {
    const index = await locate(root, [...folder.segments, this.#index]);
    if (index.kind === 'file') return this.#file(request, { ...index, exact: index.exact && folder.exact });
    if (this.#listing) return listFolder(request, { root, folder, query, dotfiles: this.#dotfiles });
    if (request.tracing) request.mark('decision', `No ${this.#index} in it and listings are off, so 403`);
    return errorResponse(403, 'This folder has no index page, and its files are not listed', {
      section: 'RFC 9110 §15.5.4',
      request,
    });
  }

  async #file(request: Request, found: Found): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const opened = await openFile(found.real);
      let handedOver = false;
      try {
        // It was a file when it was found; what it is now is what counts.
        if (!opened.stats.isFile()) return nothingHere(request);
        const small = opened.stats.size <= KEEP_BYTES;
        const content = small ? await readWhole(opened) : undefined;
        if (small && content === undefined && attempt < READ_ATTEMPTS) continue;
        const answer = this.#opened(request, found, opened, content);
        if (!('start' in answer)) return answer;
        handedOver = true;
        return stream(opened, answer);
      } finally {
        if (!handedOver) await opened.handle.close();
      }
    }
  }

  #opened(
    request: Request,
    found: Found,
    opened: OpenFile,
    content: Uint8Array | undefined,
  ): Response | Portion {
    const now = Date.now();
    const file = servedFile(found.segments, found.real, opened.stats, content, this.#presentation, now);
    if (found.exact && isSettled(opened.stats, now)) {
      // Through the root as it was given: should that be a link which moves, stat shows it.
      this.#cache.put(cacheKey(request), join(this.#root, ...found.segments), opened.stats, file);
    }
    if (request.tracing) {
      request.mark('resolve', file.found);
      request.mark('open', content ? 'Read from the disk' : STREAMED);
    }
    return answerFile(request, file);
  }

  /** The file is known but not in memory: open it, and start over if it is not what stat saw. */
  async #streamKept(request: Request, kept: ServedFile, portion: Portion): Promise<Response> {
    try {
      const opened = await openFile(kept.real);
      if (sameState(opened.stats, kept.stats)) {
        if (request.tracing) request.mark('open', STREAMED);
        return stream(opened, portion);
      }
      await opened.handle.close();
    } catch (error) {
      if (!isAbsence(error)) return fileProblem(error, request);
    }
    if (request.tracing) request.mark('note', 'The file was replaced just now, so it is looked up again');
    return this.#find(request);
  }

  async #markNear(request: Request, root: string, segments: readonly string[]): Promise<void> {
    const near = await nearNames(root, segments, this.#dotfiles);
    if (near.length > 0) request.mark('note', `Near it: ${near.join(', ')}`);
  }
}

const STREAMED = `Read from the disk while it is sent, ${PIECE_BYTES / 1024} KiB at a time`;

function stream(opened: OpenFile, portion: Portion): Response {
  const { status, fields, start, end } = portion;
  return { status, fields, body: new FileSource(opened.handle, start, end) };
}

/** The target as received: a repeated one needs no decoding. A query does not choose another file. */
function cacheKey(request: Request): string {
  const { target } = request.head;
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function refused(request: Request, mapping: PathMapping & { kind: 'refused' }): Response {
  if (request.tracing) request.mark('decision', `${mapping.because}, so ${mapping.status}`);
  return mapping.status === 404
    ? nothingHere(request)
    : errorResponse(400, mapping.publicText, {
        section: 'RFC 3986 §3.3',
        request,
      });
}
