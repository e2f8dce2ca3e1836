/**
 * A connection to a TLS port until it is known what it speaks. TLS goes through the handshake and then on as a
 * connection like any other; plain HTTP is told where to go.
 */
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import type { CloseReason } from '../../capture/events.ts';
import { Connection } from '../connection.ts';
import type { Deadline } from '../deadlines.ts';
import type { Site } from '../site.ts';
import { isTlsError, tlsProblem } from './failures.ts';
import { sendToHttps } from './plain-http.ts';
import type { SecureServer } from './secure-server.ts';

/** RFC 8446 §5.1: the first record is of type handshake. No method begins with that byte. */
const HANDSHAKE = 0x16;
const MAKE_ROOM_MS = 1_000;

export class TlsEntry {
  readonly #socket: Socket;
  readonly #site: Site;
  readonly #secureServer: SecureServer;
  readonly #onGone: () => void;
  readonly #id: number;
  readonly #deadline: Deadline;
  #shaking = false;
  #connection: Connection | undefined;
  #makeRoom = false;
  #reason: CloseReason | undefined;
  #detail: string | undefined;

  /** @param opened its number, where the capture was told of it before */
  constructor(socket: Socket, site: Site, secureServer: SecureServer, onGone: () => void, opened?: number) {
    this.#socket = socket;
    this.#site = site;
    this.#secureServer = secureServer;
    this.#onGone = onGone;
    if (opened === undefined) site.counters.connections++;
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = socket;
    this.#id = opened ?? site.tap.opened(site.id, remoteAddress, remotePort, localPort);
    this.#deadline = site.deadlines.watch(() => this.#late());
    site.deadlines.arm(this.#deadline, 'handshake', site.limits.handshakeMs);
    socket.on('error', this.#failed);
    socket.on('close', this.#gone);
  }

  /** Called once, when it is this connection's turn to be read. */
  start(): void {
    this.#socket.once('data', this.#look);
    this.#socket.once('end', this.#left);
    this.#socket.resume();
  }

  /** Others wait for this connection to end: a handshake that is not done yet has a short while longer. */
  makeRoom(): void {
    this.#makeRoom = true;
    if (this.#connection) this.#connection.makeRoom();
    else this.#site.deadlines.arm(this.#deadline, 'handshake', MAKE_ROOM_MS);
  }

  stop(): void {
    if (this.#connection) this.#connection.stop();
    else this.destroy('server-stop');
  }

  destroy(reason: CloseReason): void {
    if (this.#connection) return this.#connection.destroy(reason);
    this.#reason ??= reason;
    this.#socket.destroy();
  }

  get waitingBytes(): number {
    return this.#connection?.waitingBytes ?? 0;
  }

  /** The first bytes tell: they are put back, for the handshake or the parser to read. */
  readonly #look = (first: Buffer): void => {
    const socket = this.#socket;
    socket.pause();
    socket.off('end', this.#left);
    socket.unshift(first);
    if (first[0] === HANDSHAKE) this.#handshake();
    else this.#goOn(socket, { ...this.#site, handler: sendToHttps, secure: false });
  };

  #handshake(): void {
    this.#shaking = true;
    const begun = performance.now();
    const secure = this.#secureServer.handshake(this.#socket);
    secure.once('end', this.#left);
    secure.on('error', this.#failed);
    // Errors after the handshake come by this name only, to sockets that no `tls.Server` has made.
    secure.on('_tlsError', (error: Error) => secure.destroy(error));
    secure.once('secure', () => {
      this.#secured(secure, (performance.now() - begun) * 1000);
    });
  }

  #secured(socket: TLSSocket, handshakeMicros: number): void {
    this.#site.tap.tls(this.#id, {
      version: socket.getProtocol() ?? '',
      cipher: socket.getCipher().standardName,
      alpn: socket.alpnProtocol || '',
      serverName: typeof socket.servername === 'string' ? socket.servername : '',
      resumed: socket.isSessionReused(),
      handshakeMicros,
    });
    socket.off('end', this.#left);
    socket.off('error', this.#failed);
    this.#goOn(socket, this.#site);
  }

  #goOn(socket: Socket, site: Site): void {
    this.#site.deadlines.unwatch(this.#deadline);
    this.#socket.off('error', this.#failed);
    this.#socket.off('close', this.#gone);
    this.#connection = new Connection(socket, site, this.#onGone, this.#id);
    this.#connection.start();
    if (this.#makeRoom) this.#connection.makeRoom();
  }

  readonly #left = (): void => {
    if (this.#shaking) this.#detail ??= 'The client left during the handshake';
    this.destroy('client-fin');
  };

  readonly #failed = (error: NodeJS.ErrnoException): void => {
    if (this.#reason !== undefined) return;
    if (isTlsError(error)) this.#detail = tlsProblem(error);
    this.#reason = this.#detail === undefined ? 'client-reset' : 'tls-error';
  };

  #late(): void {
    this.#detail = this.#shaking ? 'The handshake took too long' : 'The client said nothing';
    this.destroy('tls-error');
  }

  readonly #gone = (): void => {
    this.#site.deadlines.unwatch(this.#deadline);
    this.#site.tap.closed(this.#id, this.#reason ?? 'client-fin', 0, 0, this.#detail);
    this.#onGone();
  };
}
