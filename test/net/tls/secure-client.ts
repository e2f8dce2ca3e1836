/** A client inside TLS that sends exact bytes, over `node:tls`. */
import { once } from 'node:events';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

export class SecureClient {
  readonly socket: TLSSocket;
  #received = '';
  readonly #ended: Promise<unknown>;
  /** Resolves to what resumes this session. */
  readonly session: Promise<Buffer>;

  private constructor(socket: TLSSocket, session: Promise<Buffer>) {
    this.socket = socket;
    this.session = session;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
    });
    this.#ended = new Promise((resolve) => {
      socket.once('end', resolve);
      socket.once('close', resolve);
    });
    socket.on('error', () => {});
  }

  /** Rejects when the handshake fails. */
  static async open(
    port: number,
    options: ConnectionOptions & { readonly allowHalfOpen?: boolean },
  ): Promise<SecureClient> {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options });
    // TLS 1.2 sends it within the handshake, TLS 1.3 after it.
    const session = new Promise<Buffer>((resolve) => socket.once('session', resolve));
    await once(socket, 'secureConnect');
    return new SecureClient(socket, session);
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** What was received up to and with `pattern`. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) await once(this.socket, 'data');
    const taken = this.#received;
    this.#received = '';
    return taken;
  }

  /** Everything until the server's close_notify or close. */
  async rest(): Promise<string> {
    await this.#ended;
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }
}
