/** An origin that says exact bytes: each connection is given to the test. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

export class OriginSide {
  readonly socket: Socket;
  #received = '';
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#wake?.();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#closed = true;
      this.#wake?.();
    });
  }

  /** Everything up to and with `end`, taken away. Rejects when the proxy closes first. */
  async until(end: string): Promise<string> {
    for (;;) {
      const at = this.#received.indexOf(end);
      if (at >= 0) {
        const text = this.#received.slice(0, at + end.length);
        this.#received = this.#received.slice(at + end.length);
        return text;
      }
      if (this.#closed) throw new Error(`The proxy closed after ${JSON.stringify(this.#received)}`);
      await this.#more();
    }
  }

  /** A head with its empty line. */
  head(): Promise<string> {
    return this.until('\r\n\r\n');
  }

  say(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** Resolves when the connection is gone. */
  async closed(): Promise<void> {
    while (!this.#closed) await this.#more();
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}

export class RawOrigin {
  readonly #server: Server;
  readonly #sides: OriginSide[] = [];
  #wake: (() => void) | undefined;
  #taken = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async listen(): Promise<RawOrigin> {
    const server = createServer({ noDelay: true });
    const origin = new RawOrigin(server);
    server.on('connection', (socket) => {
      origin.#sides.push(new OriginSide(socket));
      origin.#wake?.();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The origin does not listen');
    return address.port;
  }

  /** Connections so far. */
  get connections(): number {
    return this.#sides.length;
  }

  /** The next connection that the test has not seen. */
  async accept(): Promise<OriginSide> {
    while (this.#sides.length === this.#taken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#sides[this.#taken++]!;
  }

  async close(): Promise<void> {
    for (const side of this.#sides) side.socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}
