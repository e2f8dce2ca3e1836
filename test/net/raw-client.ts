/** A client that sends exact bytes and reads exact bytes: nothing between the test and the wire. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake?.();
    });
    socket.on('end', () => {
      this.#ended = true;
      this.#wake?.();
    });
    socket.on('error', (error) => {
      this.#failure = error;
      this.#wake?.();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  static async open(port: number, host = '127.0.0.1'): Promise<RawClient> {
    const socket = connect({ port, host, allowHalfOpen: true, noDelay: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Latin1 text or bytes; resolves when the kernel has them. */
  send(bytes: string | Uint8Array): Promise<void> {
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    return new Promise((resolve) => this.socket.write(data, () => resolve()));
  }

  /** Sends FIN and goes on reading. */
  finish(): void {
    this.socket.end();
  }

  /** Sends RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Everything received until the server's FIN, as latin1 text. Rejects when the connection broke. */
  async rest(): Promise<string> {
    while (!this.#ended) await this.#more();
    if (this.#failure) throw this.#failure;
    return this.#take(this.#received.length);
  }

  /** One response with a Content-Length (or none). Rejects when the server ends before it is whole. */
  async response({ toHead = false } = {}): Promise<RawResponse> {
    const end = await this.#find('\r\n\r\n');
    const head = this.#received.toString('latin1', 0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    const length =
      toHead || status === 304 || status < 200 ? 0 : Number(/^Content-Length: (\d+)$/im.exec(head)?.[1] ?? 0);
    while (this.#received.length < end + 4 + length) await this.#needMore();
    const text = this.#take(end + 4 + length);
    return { status, head, body: text.slice(end + 4) };
  }

  /** Resolves once at least this many bytes came in all. */
  async atLeast(bytes: number): Promise<void> {
    while (this.#received.length < bytes) await this.#needMore();
  }

  close(): void {
    this.socket.destroy();
  }

  async #find(text: string): Promise<number> {
    for (;;) {
      const at = this.#received.indexOf(text, 0, 'latin1');
      if (at >= 0) return at;
      await this.#needMore();
    }
  }

  async #needMore(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#ended)
      throw new Error(`The server ended after ${JSON.stringify(this.#received.toString('latin1'))}`);
    await this.#more();
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  #take(length: number): string {
    const text = this.#received.toString('latin1', 0, length);
    this.#received = this.#received.subarray(length);
    return text;
  }
}

export interface RawResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}
