/**
 * Owns the process that serves: starts it, starts it again when it dies, and brokers a port between it and each
 * page that asks. Main is not on the path of the data: it makes a pair of ports and gives both ends away.
 */
import { setTimeout as after } from 'node:timers';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebFrameMain } from 'electron/main';
import * as v from 'valibot';
import { CHANNEL, type FromServer, type ToServer } from './channels.ts';

/** A process that dies this soon has a lasting reason; to start it for ever would only burn the machine. */
const EARLY_MS = 10_000;
const EARLY_DEATHS = 3;
/** A little more than the servers give to what is in flight: this ends a process that hangs. */
const SHUTDOWN_MS = 6000;

const FROM_SERVER: v.GenericSchema<unknown, FromServer> = v.variant('t', [
  v.object({ t: v.literal('open'), url: v.string() }),
  v.object({ t: v.literal('problem'), text: v.string() }),
]);

export interface ServerHostOptions {
  /** The bundle to run. */
  readonly entry: string;
  /** The port that folders are served on, unless it is taken; undefined for the usual one. */
  readonly port: number | undefined;
  openUrl(url: string): void;
  /** A path that was handed over cannot be served; one sentence. */
  onProblem(text: string): void;
  /** It died too often to be started again by itself. */
  onGivenUp(): void;
}

export class ServerHost {
  readonly #options: ServerHostOptions;
  /** Paths that came from outside the window: served again after a crash, as only this process knows of them. */
  readonly #paths = new Set<string>();
  #child: UtilityProcess | undefined;
  #earlyDeaths = 0;
  #stopping = false;

  constructor(options: ServerHostOptions) {
    this.#options = options;
  }

  /** Call it after the app is ready. */
  start(): void {
    const startedAt = performance.now();
    const { entry, port } = this.#options;
    const args = port === undefined ? [] : [String(port)];
    const child = utilityProcess.fork(entry, args, { serviceName: 'Wirescope server' });
    this.#child = child;
    child.on('message', (message: unknown) => this.#heard(message));
    child.once('exit', () => this.#ended(performance.now() - startedAt));
    for (const path of this.#paths) this.#post({ t: 'serve', path });
  }

  /** An absolute path. May be called before `start`. */
  serve(path: string): void {
    this.#paths.add(path);
    this.#post({ t: 'serve', path });
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

  #post(message: ToServer): void {
    this.#child?.postMessage(message);
  }

  #heard(message: unknown): void {
    const parsed = v.safeParse(FROM_SERVER, message);
    if (!parsed.success) return;
    if (parsed.output.t === 'open') this.#options.openUrl(parsed.output.url);
    else this.#options.onProblem(parsed.output.text);
  }

  /** The pages see their ports close, and ask for new ones. */
  #ended(livedMs: number): void {
    this.#child = undefined;
    if (this.#stopping) return;
    this.#earlyDeaths = livedMs < EARLY_MS ? this.#earlyDeaths + 1 : 0;
    if (this.#earlyDeaths < EARLY_DEATHS) this.start();
    else {
      this.#earlyDeaths = 0;
      this.#options.onGivenUp();
    }
  }
}
