/**
 * Serves the files of a folder.
 *
 * A target that was served before costs one stat and gives the very same response again (file-cache.ts). Else:
 * map the target to names, find the file that answers for them inside the root (resolution.ts), open it, then
 * decide by the opened file's own state, so that fields and content always belong together (file-sender.ts).
 */
import { type BigIntStats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { acceptsHtml, errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { Handler, Response } from '../http/response.ts';
import { traceFound } from './answer-trace.ts';
import { type Disk, PacedDisk } from './disk.ts';
import { FileCache } from './file-cache.ts';
import { FileSender } from './file-sender.ts';
import { listFolder } from './listing.ts';
import { type Found, isAbsence, locate } from './locate.ts';
import { nearNames } from './near-names.ts';
import { notFoundPage } from './not-found-page.ts';
import { mapPath, type PathMapping } from './path-mapping.ts';
import {
  fileProblem,
  folderGone,
  methodRefused,
  nothingHere,
  optionsAnswer,
  redirectToFolder,
} from './plain-answers.ts';
import { type Resolution, resolveNames } from './resolution.ts';
import { type Presentation, servedFile } from './served-file.ts';
import { siblingsOf } from './siblings.ts';
import { type Settings, type StaticOptions, settingsOf } from './static-options.ts';
import { takeFile } from './take-file.ts';
import { isSettled } from './validators.ts';

export type { StaticOptions } from './static-options.ts';

/** No request-target is that: each begins with a slash or a scheme. */
const FALLBACK_KEY = 'fallback';

/**
 * A handler for GET, HEAD and OPTIONS of what is below `root`, a path of this machine. It never rejects. Throws a
 * TypeError when an option cannot be.
 */
export function staticFiles(root: string, options: StaticOptions = {}): Handler {
  const site = new StaticSite(root, settingsOf(options));
  return (request) => site.answer(request);
}

type FileResolution = Resolution & { readonly kind: 'file' };
type Missing = Resolution & { readonly kind: 'missing' };

/** A file that was found, and how it answers. */
interface Taking {
  /** Under which it may be kept. */
  readonly key: string;
  readonly root: string;
  readonly found: Found;
  readonly presentation: Presentation;
  readonly decoded?: string;
  readonly because?: string | undefined;
  readonly yieldsTo?: string | undefined;
}

class StaticSite {
  readonly #root: string;
  readonly #settings: Settings;
  /** A script that is missing under the same target has another answer: what the client accepts chose this one. */
  readonly #asFallback: Presentation;
  readonly #disk: Disk = new PacedDisk();
  readonly #cache: FileCache;
  readonly #sender: FileSender;

  constructor(root: string, settings: Settings) {
    this.#root = resolve(root);
    this.#settings = settings;
    this.#asFallback = { ...settings, chosenBy: 'Accept' };
    this.#cache = new FileCache(settings.cacheBytes);
    this.#sender = new FileSender(this.#cache, this.#disk, (request) => this.#find(request));
  }

  answer(request: Request): Response | Promise<Response> {
    const { method } = request;
    if (method === 'OPTIONS') return optionsAnswer;
    if (method !== 'GET' && method !== 'HEAD') return methodRefused(request);
    const kept = this.#sender.sendKept(request, cacheKey(request));
    if (kept === undefined) return this.#find(request);
    return kept instanceof Promise ? kept.catch((error: unknown) => fileProblem(error, request)) : kept;
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
    const { dotfiles } = this.#settings;
    const mapping = mapPath(target.path, { dotfiles, windows: process.platform === 'win32' });
    if (mapping.kind === 'refused' && mapping.status === 400) return malformed(request, mapping);
    const root = await this.#realRoot();
    if (root === undefined) return folderGone(request);
    if (mapping.kind === 'refused') {
      if (request.tracing) request.mark('decision', `${mapping.because}, so 404`);
      return this.#notFound(request, root);
    }
    const decoded = `Target ${target.path} decodes to /${mapping.segments.join('/')}`;
    if (request.tracing) request.mark('resolve', decoded);

    const resolution = await resolveNames(this.#disk, root, mapping, this.#settings);
    switch (resolution.kind) {
      case 'file':
        return this.#file(request, root, decoded, resolution);
      case 'redirect':
        return redirectToFolder(request, mapping.segments, target.query);
      case 'bare-folder':
        return this.#bareFolder(request, root, mapping, resolution.folder, target.query);
      case 'missing':
        return this.#missing(request, root, mapping.segments, resolution);
    }
  }

  /** Looked up each time: the folder may go and come back, or be a link that moves to the next release. */
  async #realRoot(): Promise<string | undefined> {
    try {
      return await this.#disk.realpath(this.#root);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  }

  #file(request: Request, root: string, decoded: string, resolution: FileResolution): Promise<Response> {
    const { found, yieldsTo, because } = resolution;
    const key = cacheKey(request);
    return this.#take(request, {
      key,
      root,
      found,
      presentation: this.#settings,
      decoded,
      because,
      yieldsTo,
    });
  }

  async #take(request: Request, taking: Taking): Promise<Response> {
    const { key, root, found, presentation, decoded, because, yieldsTo } = taking;
    const { stats, content, handle } = await takeFile(this.#disk, found.real);
    let claimed = false;
    try {
      // It was a file when it was found; what it is now is what counts.
      if (!stats.isFile()) return this.#notFound(request, root);
      if (this.#isHidden(stats)) {
        if (request.tracing) request.mark('decision', 'The hidden setting names this file, so 404');
        return this.#notFound(request, root);
      }
      const now = Date.now();
      const siblings = this.#settings.precompressed ? siblingsOf(root, found.path, stats) : undefined;
      const { segments, real } = found;
      const file = servedFile(
        { segments, real, stats, content, siblings, decoded, because },
        presentation,
        now,
      );
      if (found.exact && isSettled(stats, now)) {
        // Through the root as it was given: should that be a link which moves, stat shows it.
        this.#cache.put(key, join(this.#root, ...segments), stats, file, yieldsTo);
      }
      if (request.tracing) {
        traceFound(request, file);
        request.mark('open', content ? 'Read from the disk' : 'Opened');
      }
      const claim =
        handle &&
        (() => {
          claimed = true;
          return handle;
        });
      return await this.#sender.send({ request, key, file, claim, now });
    } finally {
      if (!claimed) await handle?.close();
    }
  }

  async #bareFolder(
    request: Request,
    root: string,
    { segments, folder: slash }: PathMapping & { kind: 'mapped' },
    folder: Found,
    query: string | undefined,
  ): Promise<Response> {
    const { index, listing, dotfiles, mediaTypes, hidden } = this.#settings;
    const shell = await this.#fallback(request, root, `The folder has no ${index}`);
    if (shell !== undefined) return shell;
    if (!slash) return redirectToFolder(request, segments, query);
    if (listing) return listFolder(request, { root, folder, query, dotfiles, mediaTypes, hidden });
    if (request.tracing) request.mark('decision', `No ${index} in it and listings are off, so 403`);
    return errorResponse(403, 'This folder has no index page, and its files are not listed', {
      section: 'RFC 9110 §15.5.4',
      request,
    });
  }

  /** By what it is, not by its name: a link, or another case where that is the same, leads to it as well. */
  #isHidden({ dev, ino }: BigIntStats): boolean {
    return this.#settings.hidden.some((path) => {
      const known = statSync(path, { bigint: true, throwIfNoEntry: false });
      return known !== undefined && known.dev === dev && known.ino === ino;
    });
  }

  async #missing(
    request: Request,
    root: string,
    segments: readonly string[],
    { because, near, refused }: Missing,
  ): Promise<Response> {
    const shell = refused ? undefined : await this.#fallback(request, root, because);
    if (shell !== undefined) return shell;
    if (request.tracing) {
      request.mark('decision', `${because}, so 404`);
      const names = near ? await nearNames(this.#disk, root, segments, this.#settings.dotfiles) : [];
      if (names.length > 0) request.mark('note', `Near it: ${names.join(', ')}`);
    }
    return this.#notFound(request, root);
  }

  /** The page of an application that has routes of its own; undefined where it does not answer. */
  async #fallback(request: Request, root: string, because: string): Promise<Response | undefined> {
    const { fallback } = this.#settings;
    if (fallback === undefined) return undefined;
    if (!acceptsHtml(request.head.fields.all('accept'))) {
      if (request.tracing)
        request.mark('note', 'The fallback setting answers only who asks for HTML by name, as visits do');
      return undefined;
    }
    if (request.tracing)
      request.mark('resolve', `${because}, so by the fallback setting ${fallback.join('/')} answers`);
    const kept = this.#sender.sendKept(request, FALLBACK_KEY);
    if (kept !== undefined) return kept;
    const found = await locate(this.#disk, root, fallback);
    if (found.kind === 'file')
      return this.#take(request, { key: FALLBACK_KEY, root, found, presentation: this.#asFallback });
    if (request.tracing) request.mark('note', `The fallback ${fallback.join('/')} is no file here`);
    return undefined;
  }

  /** 404 with the site's own page where it has one and a page is asked for. */
  async #notFound(request: Request, root: string): Promise<Response> {
    const page = await notFoundPage(request, this.#disk, root, this.#settings);
    return page ?? nothingHere(request);
  }
}

/** The target as received: a repeated one needs no decoding. A query does not choose another file. */
function cacheKey(request: Request): string {
  const { target } = request.head;
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function malformed(request: Request, { because, publicText }: PathMapping & { kind: 'refused' }): Response {
  if (request.tracing) request.mark('decision', `${because}, so 400`);
  return errorResponse(400, publicText, { section: 'RFC 3986 §3.3', request });
}
