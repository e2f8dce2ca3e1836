/**
 * Owns the process that serves: starts it, starts it again when it dies, and brokers a port between it and each
 * page that asks. Main is not on the path of the data: it makes a pair of ports and gives both ends away.
 */
import { setTimeout as after } from 'node:timers';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebFrameMain } from 'electron/main';
import * as v from 'valibot';
import { CHANNEL, type Remembered, type ServedSource, type ToServer } from './channels.ts';
import { EarlyDeaths } from './early-deaths.ts';
import { FROM_SERVER, remembered } from './server-messages.ts';

/** A little more than the servers give to what is in flight: this ends a process that hangs. */
const SHUTDOWN_MS = 6000;

export interface ServerHostOptions {
  /** The bundle to run. */
  readonly entry: string;
  /** Options of the command for everything that is served, each in one word. */
  readonly args: readonly string[];
  openUrl(url: string): void;
  /** `args` make no sense; one sentence. */
  onUsage(text: string): void;
  /** A path that was handed over is one that few people mean to share: resolves to whether to serve it. */
  onWarning(path: string, text: string): Promise<boolean>;
  /** A path that was handed over cannot be served; one sentence. */
  onProblem(text: string): void;
  /** What is served and open, whenever that changes. */
  onSources(sources: readonly ServedSource[]): void;
  /** It ended by itself; one sentence. */
  onEnded(text: string): void;
  /** It died too often to be started again by itself. */
  onGivenUp(): void;
}

export class ServerHost {
  readonly #options: ServerHostOptions;
  /** What was handed over and is not done yet, by its path. */
  readonly #waiting = new Map<string, ToServer>();
  /** What the process that serves said last that it serves, whoever asked for it. */
  #sources: readonly ServedSource[] = [];
  #child: UtilityProcess | undefined;
  readonly #deaths = new EarlyDeaths();
  #stopping = false;

  constructor(options: ServerHostOptions) {
    this.#options = options;
  }

  /** Call it after the app is ready. */
  start(restarted?: string): void {
    const startedAt = performance.now();
    const { entry, args } = this.#options;
    const child = utilityProcess.fork(entry, [restarted ?? '', ...args], { serviceName: 'Wirescope server' });
    this.#child = child;
    child.on('message', (message: unknown) => this.#heard(message));
    child.once('exit', (code) => this.#ended(code, performance.now() - startedAt));
    for (const message of this.#waiting.values()) this.#post(message);
  }

  /** An absolute path or a URL, with options of the command for it alone. May be called before `start`. */
  serve(path: string, args: readonly string[] = []): void {
    this.#handOver(path, args.length === 0 ? { t: 'serve', path } : { t: 'serve', path, args });
  }

  /** Servers of an earlier run of the app. May be called before `start`. */
  restore(servers: readonly Remembered[]): void {
    for (const server of servers) this.#handOver(server.what, { t: 'restore', server, earlier: true });
  }

  /** Gives the page a port of its own. Its old one, if any, closes with the page or process that held it. */
  connect(frame: WebFrameMain, nonce: string): void {
    if (!this.#child) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#child.postMessage({ t: 'client' } satisfies ToServer, [port1]);
    frame.postMessage(CHANNEL.port, nonce, [port2]);
  }

  /** Resolves when the process is gone. It is not started again. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#stopping = true;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = after(() => child.kill(), SHUTDOWN_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#post({ t: 'shutdown' });
    });
  }

  #handOver(path: string, message: ToServer): void {
    this.#waiting.set(path, message);
    this.#post(message);
  }

  async #ask(path: string, text: string): Promise<void> {
    const asked = this.#waiting.get(path);
    if (asked?.t !== 'serve') return;
    if (await this.#options.onWarning(path, text)) this.#handOver(path, { ...asked, sure: true });
  }

  #post(message: ToServer): void {
    this.#child?.postMessage(message);
  }

  #heard(message: unknown): void {
    const parsed = v.safeParse(FROM_SERVER, message);
    if (!parsed.success) return;
    const said = parsed.output;
    if (said.t === 'open') this.#options.openUrl(said.url);
    else if (said.t === 'sources') this.#know(said.sources);
    else if (said.t === 'usage') this.#options.onUsage(said.text);
    else if (said.t === 'done') this.#waiting.delete(said.path);
    else if (said.t === 'warning') void this.#ask(said.path, said.text);
    else this.#options.onProblem(said.text);
  }

  /** A process that ends stops its servers one by one, which is no news. */
  #know(sources: readonly ServedSource[]): void {
    if (this.#stopping) return;
    this.#sources = sources;
    this.#options.onSources(sources);
  }

  /** The pages see their ports close, and ask for new ones; what was served is served again. */
  #ended(code: number, livedMs: number): void {
    this.#child = undefined;
    if (this.#stopping) return;
    for (const source of this.#sources) {
      const server = remembered(source);
      const { what } = source;
      this.#waiting.set(what, server ? { t: 'restore', server, earlier: false } : { t: 'serve', path: what });
    }
    this.#options.onEnded(`The server process ended (exit code ${exitCode(code)})`);
    if (this.#deaths.areEnough(livedMs)) this.#options.onGivenUp();
    else this.start(restartSentence(code));
  }
}

function restartSentence(code: number): string {
  return `The server process ended (exit code ${exitCode(code)}) and was started again`;
}

/** Windows gives exit codes such as 0xC0000005, which nobody knows in decimal. */
function exitCode(code: number): string {
  return code > 255 || code < 0 ? `0x${(code >>> 0).toString(16).toUpperCase()}` : String(code);
}
