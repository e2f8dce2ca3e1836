/** Tells open pages what changed in the folder that they come from. */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Middleware } from '../../http/compose.ts';
import { type EventStreamContext, eventStream, type ServerSentEvent } from '../../http/event-stream.ts';
import type { Request } from '../../http/request.ts';
import type { Response } from '../../http/response.ts';
import { FileWatch } from '../file-watch.ts';
import { EVENTS_PATH, liveScript, SCRIPT_PATH } from './live-script.ts';

/** What changed at one time; undefined when every page is to be loaded again. */
type Change = readonly string[] | undefined;

/** A page that missed more than these, asleep in another tab, is loaded again. */
const MAX_CHANGES = 64;
/**
 * A browser that leaves a page sends FIN, which may also mean that it sends no more and still reads: only a write
 * finds out, and until then the stream shows as open.
 */
const HEARTBEAT_MS = 5_000;
const ROOT_CHECK_MS = 500;
/** A build: pages are loaded again rather than given a list. */
const MAX_PATHS = 64;

export class LiveReload {
  readonly #root: string;
  readonly #say: (line: string) => void;
  #watch: FileWatch;
  /** Which folder is watched: another one may take its name. Undefined while there is none. */
  #watched: string | undefined;
  readonly #rootCheck: NodeJS.Timeout;
  /** Tells this run from the one before it: a page of that one cannot know what it missed. */
  readonly #run = randomBytes(6).toString('hex');
  readonly #changes: Change[] = [];
  #count = 0;
  #ended = false;
  readonly #waiting = new Set<() => void>();

  /** `root` is the folder that is served. `say` takes lines for whoever runs the program. */
  constructor(root: string, say: (line: string) => void) {
    this.#root = root;
    this.#say = say;
    this.#watched = identityOf(root);
    this.#watch = this.#newWatch();
    this.#rootCheck = setInterval(() => this.#checkRoot(), ROOT_CHECK_MS).unref();
  }

  /** Answers the two paths that are its own. */
  readonly paths: Middleware = (request, next) => {
    const { target } = request;
    if (target.form !== 'origin' && target.form !== 'absolute') return next(request);
    if (target.path === SCRIPT_PATH) return this.#script();
    return target.path === EVENTS_PATH ? this.#events(request, target.query) : next(request);
  };

  /** Every open page is loaded again. */
  reload(): void {
    this.#changed(undefined);
  }

  /** Ends the streams, so that stopping need not wait for them. */
  end(): void {
    this.#ended = true;
    clearInterval(this.#rootCheck);
    this.#watch.close();
    this.#wake();
  }

  #newWatch(): FileWatch {
    return new FileWatch({
      folder: this.#root,
      ignored: (path) => this.#isIgnored(path),
      changed: (paths) => this.#changed(paths.map((path) => this.#urlPath(path))),
      problem: this.#say,
    });
  }

  /** The watch goes with its folder, and builds that empty their output make that anew. */
  #checkRoot(): void {
    const there = identityOf(this.#root);
    if (there === this.#watched) return;
    this.#watched = there;
    if (there === undefined) return;
    this.#watch.close();
    this.#watch = this.#newWatch();
    this.reload();
  }

  #isIgnored(path: string): boolean {
    const way = relative(this.#root, path);
    return way
      .split(sep)
      .some((name) => name === 'node_modules' || (name.startsWith('.') && name !== '.well-known'));
  }

  #urlPath(path: string): string {
    return `/${relative(this.#root, path).split(sep).join('/')}`;
  }

  #changed(paths: Change): void {
    this.#count++;
    this.#changes.push(paths !== undefined && paths.length > MAX_PATHS ? undefined : paths);
    if (this.#changes.length > MAX_CHANGES) this.#changes.shift();
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#waiting.clear();
  }

  #now(): string {
    return `${this.#run}.${this.#count}`;
  }

  #script(): Response {
    return {
      status: 200,
      fields: [
        ['Content-Type', 'text/javascript; charset=utf-8'],
        ['Cache-Control', 'no-store'],
        ['X-Content-Type-Options', 'nosniff'],
      ],
      body: new TextEncoder().encode(liveScript(this.#now())),
    };
  }

  #events(request: Request, query: string | undefined): Response {
    const events = ({ lastEventId, signal }: EventStreamContext) => {
      const since = lastEventId ?? new URLSearchParams(query).get('since') ?? this.#now();
      return this.#since(since, request, signal);
    };
    return eventStream(request, events, { heartbeatMs: HEARTBEAT_MS });
  }

  async *#since(since: string, request: Request, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    const [run, count] = since.split('.');
    let seen = run === this.#run ? Number(count) : Number.NaN;
    while (!signal.aborted && !this.#ended) {
      if (seen === this.#count) {
        await new Promise<void>((resolve) => {
          this.#waiting.add(resolve);
          const leave = () => {
            this.#waiting.delete(resolve);
            resolve();
          };
          signal.addEventListener('abort', leave, { once: true });
        });
        continue;
      }
      const paths = this.#after(seen);
      seen = this.#count;
      if (request.tracing) request.mark('note', sentence(paths));
      yield { id: this.#now(), data: JSON.stringify(paths ?? null) };
    }
  }

  /** Undefined as well when what was missed is no longer known. */
  #after(seen: number): Change {
    const missed = this.#count - seen;
    if (!(missed > 0 && missed <= this.#changes.length)) return undefined;
    const changes = this.#changes.slice(-missed);
    if (changes.includes(undefined)) return undefined;
    return [...new Set(changes.flatMap((paths) => paths ?? []))];
  }
}

/** File systems give the number of what was removed to what is made next, but not its birth. */
function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino, birthtimeMs } = statSync(folder);
    return `${dev} ${ino} ${birthtimeMs}`;
  } catch {
    return undefined;
  }
}

function sentence(paths: Change): string {
  if (paths === undefined) return 'The page is told to load again';
  const rest = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return `The page is told that ${paths.slice(0, 3).join(', ')}${rest} changed`;
}
