/**
 * A folder that somebody lends as a handler: the same answers as for a folder of the disk, with content that is asked
 * for while it is sent. Nothing of it is kept, since nobody tells when it changes.
 */
import { sep } from 'node:path';
import { acceptsHtml, errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { Handler, Response } from '../http/response.ts';
import { traceFound } from './answer-trace.ts';
import type { Named, Names } from './disk.ts';
import { answerFile } from './file-answer.ts';
import { FileSource, type OpenBytes } from './file-source.ts';
import { isListed } from './folder-entries.ts';
import { LenderGone, type LentEntry, type LentFolder } from './lent-folder.ts';
import { listingOf } from './listing.ts';
import { kindOf } from './listing-icons.ts';
import { type Found, locate } from './locate.ts';
import { mediaType } from './media-types.ts';
import { mapPath } from './path-mapping.ts';
import { fileProblem, methodRefused, nothingHere, optionsAnswer, redirectToFolder } from './plain-answers.ts';
import { resolveNames } from './resolution.ts';
import { servedFile } from './served-file.ts';
import { type Settings, type StaticOptions, settingsOf } from './static-options.ts';

/** The folder is the root of its own small disk. */
const ROOT = sep;

/** A handler for GET, HEAD and OPTIONS. It never rejects. Throws a TypeError when an option cannot be. */
export function lentFiles(folder: LentFolder, options: StaticOptions = {}): Handler {
  const site = new LentSite(folder, settingsOf(options));
  return (request) => site.answer(request);
}

class LentSite {
  readonly #folder: LentFolder;
  readonly #settings: Settings;
  readonly #names: Names;

  constructor(folder: LentFolder, settings: Settings) {
    this.#folder = folder;
    // What can be coded is, behind us: there are no copies beside a file to look for.
    this.#settings = { ...settings, compress: false };
    this.#names = namesOf(folder);
  }

  async answer(request: Request): Promise<Response> {
    const { method } = request;
    if (method === 'OPTIONS') return optionsAnswer;
    if (method !== 'GET' && method !== 'HEAD') return methodRefused(request);
    try {
      return this.#folder.gone ? lenderGone(request) : await this.#find(request);
    } catch (error) {
      return error instanceof LenderGone ? lenderGone(request) : fileProblem(error, request);
    }
  }

  async #find(request: Request): Promise<Response> {
    const { target } = request;
    if (target.form !== 'origin' && target.form !== 'absolute') return nothingHere(request);
    const mapping = mapPath(target.path, { dotfiles: this.#settings.dotfiles, windows: sep === '\\' });
    if (mapping.kind === 'refused') {
      if (request.tracing) request.mark('decision', `${mapping.because}, so ${mapping.status}`);
      if (mapping.status === 404) return this.#notFound(request);
      return errorResponse(400, mapping.publicText, { section: 'RFC 3986 §3.3', request });
    }
    const resolution = await resolveNames(this.#names, ROOT, mapping, this.#settings);
    if (resolution.kind === 'file') return this.#file(request, resolution.found, resolution.because);
    if (resolution.kind === 'redirect') return redirectToFolder(request, mapping.segments, target.query);
    const shell = await this.#fallback(request);
    if (shell !== undefined) return shell;
    if (resolution.kind === 'missing') {
      if (request.tracing) request.mark('decision', `${resolution.because}, so 404`);
      return this.#notFound(request);
    }
    if (!mapping.folder) return redirectToFolder(request, mapping.segments, target.query);
    return this.#list(request, resolution.folder, target.query);
  }

  async #file(request: Request, found: Found, because?: string): Promise<Response> {
    const entry = await this.#folder.look(found.segments);
    if (entry?.kind !== 'file') return this.#notFound(request);
    const now = Date.now();
    const { segments, real } = found;
    const file = servedFile(
      { segments, real, stats: stateOf(entry), content: undefined, because },
      this.#settings,
      now,
    );
    if (request.tracing) {
      traceFound(request, file);
      request.mark('open', 'Asked of the page that lends it, while it is sent');
    }
    const answer = answerFile(request, file, file.type, now);
    if (!('read' in answer)) return answer;
    const { status, fields, read } = answer;
    return { status, fields, body: read(new LentBytes(this.#folder, segments)) };
  }

  async #list(request: Request, { segments }: Found, query: string | undefined): Promise<Response> {
    const { index, listing, dotfiles, mediaTypes } = this.#settings;
    if (!listing) {
      if (request.tracing) request.mark('decision', `No ${index} in it and listings are off, so 403`);
      return errorResponse(403, 'This folder has no index page, and its files are not listed', {
        section: 'RFC 9110 §15.5.4',
        request,
      });
    }
    const listed = (await this.#folder.list(segments)).filter(({ name }) => isListed(name, dotfiles));
    const entries = listed.map(({ name, kind, size, modifiedMs }) => ({
      name,
      folder: kind === 'folder',
      kind: kind === 'folder' ? ('folder' as const) : kindOf(mediaType(name, mediaTypes).value),
      bytes: size,
      modifiedMs,
    }));
    return listingOf(request, { segments, query, entries, total: entries.length, readme: undefined });
  }

  /** The page of an application that has routes of its own; undefined where it does not answer. */
  async #fallback(request: Request): Promise<Response | undefined> {
    const { fallback } = this.#settings;
    if (fallback === undefined || !acceptsHtml(request.head.fields.all('accept'))) return undefined;
    const found = await locate(this.#names, ROOT, fallback);
    if (found.kind !== 'file') return undefined;
    return this.#file(request, found, `The fallback setting answers with ${fallback.join('/')}`);
  }

  /** 404 with the folder's own page where it has one and a page is asked for. */
  async #notFound(request: Request): Promise<Response> {
    const { notFoundPage, mediaTypes } = this.#settings;
    if (notFoundPage === undefined || !acceptsHtml(request.head.fields.all('accept')))
      return nothingHere(request);
    const entry = await this.#folder.look(notFoundPage);
    if (entry?.kind !== 'file') return nothingHere(request);
    return {
      status: 404,
      fields: [
        ['Content-Type', mediaType(entry.name, mediaTypes).value],
        ['Cache-Control', 'no-store'],
        ['Vary', 'Accept'],
        ['X-Content-Type-Options', 'nosniff'],
      ],
      body: new FileSource(new LentBytes(this.#folder, notFoundPage), 0, entry.size),
    };
  }
}

/** A file of the folder, as if it were open. */
class LentBytes implements OpenBytes {
  readonly fd = -1;
  readonly #folder: LentFolder;
  readonly #path: readonly string[];

  constructor(folder: LentFolder, path: readonly string[]) {
    this.#folder = folder;
    this.#path = path;
  }

  async read(into: Uint8Array, offset: number, length: number, position: number) {
    const bytes = await this.#folder.read(this.#path, position, position + length);
    into.set(bytes.subarray(0, length), offset);
    return { bytesRead: Math.min(bytes.length, length) };
  }

  async close(): Promise<void> {}
}

function namesOf(folder: LentFolder): Names {
  return {
    realpath: (path) => path,
    async stat(path) {
      const segments = path.split(sep).filter((name) => name !== '');
      if (segments.length === 0) return named({ name: '', kind: 'folder', size: 0, modifiedMs: 0 });
      const entry = await folder.look(segments);
      return entry && named(entry);
    },
  };
}

function named(entry: LentEntry): Named {
  return {
    ...stateOf(entry),
    isFile: () => entry.kind === 'file',
    isDirectory: () => entry.kind === 'folder',
  };
}

function stateOf({ size, modifiedMs }: LentEntry) {
  const ns = BigInt(Math.trunc(modifiedMs)) * 1_000_000n;
  return { size: BigInt(size), mtimeNs: ns, ctimeNs: ns, ino: 0n, dev: 0n };
}

function lenderGone(request: Request): Response {
  if (request.tracing) request.mark('decision', 'The page that lends the folder is gone, so 503');
  return errorResponse(
    503,
    'The page that lends this folder is closed; once it is dropped there again, it is back',
    {
      section: 'RFC 9110 §15.6.4',
      request,
    },
  );
}
