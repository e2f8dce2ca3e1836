import type { Socket } from 'node:net';
import { type Accepted, acceptSocket } from './accepted.ts';
import type { Admission } from './admission.ts';
import type { Answers, Carrier } from './carrier.ts';
import type { Site } from './site.ts';
import type { Identity } from './tls/identity.ts';
import { SecureServer } from './tls/secure-server.ts';

/** Serves connections in this process, each when the admission lets it. */
export class LocalCarrier implements Carrier {
  readonly #site: Site;
  readonly #admission: Admission;
  readonly #secureServer: SecureServer | undefined;
  readonly #answers: Answers | undefined;
  readonly #connections = new Set<Accepted>();
  #closing = false;
  #emptied: (() => void)[] = [];
  #freed = false;

  /**
   * @param identity makes it TLS
   * @param answers what to free once it has ended
   */
  constructor(site: Site, admission: Admission, identity?: Identity, answers?: Answers) {
    this.#admission = admission;
    this.#site = { ...site, mustClose: () => this.#closing || admission.waiting > 0 || site.mustClose() };
    this.#secureServer = identity && new SecureServer(identity);
    this.#answers = answers;
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  get waitingConnections(): number {
    return this.#admission.waiting;
  }

  get waitingBytes(): number {
    let sum = 0;
    for (const connection of this.#connections) sum += connection.waitingBytes;
    return sum;
  }

  get workers(): number {
    return this.#answers?.threads ?? 0;
  }

  readonly workerBytes = 0;

  sample(): void {
    this.#answers?.sample?.();
  }

  /**
   * @param opened its number, where the capture was told of it before
   * @param gone called once, when it has ended
   */
  take(socket: Socket, opened?: number, gone?: () => void): void {
    // `left` is set before anything can call it: a socket closes in a later turn of the event loop.
    let left = () => {};
    const connection = acceptSocket(
      socket,
      this.#site,
      this.#secureServer,
      () => {
        this.#connections.delete(connection);
        left();
        gone?.();
        if (this.#connections.size === 0) for (const emptied of this.#emptied.splice(0)) emptied();
      },
      opened,
    );
    this.#connections.add(connection);
    left = this.#admission.admit({
      begin: () => connection.start(),
      makeRoom: () => connection.makeRoom(),
    });
  }

  /** Others wait elsewhere for connections of this one to end, those that begin from now on included. */
  makeRoom(): void {
    this.#closing = true;
    for (const connection of this.#connections) connection.makeRoom();
  }

  async retire(): Promise<void> {
    this.#closing = true;
    this.#answers?.finish();
    await this.#empty();
    this.#free();
  }

  async stop(graceMs: number): Promise<void> {
    const retired = this.retire();
    for (const connection of this.#connections) connection.stop();
    const timer = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy('server-stop');
    }, graceMs);
    await retired;
    clearTimeout(timer);
  }

  async #empty(): Promise<void> {
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied.push(resolve);
    });
  }

  #free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#answers?.close();
  }
}
