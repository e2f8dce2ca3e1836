/** llhttp as node:http runs it: a server of its own, asked over a real socket. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { HTTP1_DEFAULTS } from '../../server-core/wire/limits.ts';
import type { Reading, ReadMessage } from './reading.ts';

/** What one connection showed, by the client's port. */
interface Seen {
  readonly requests: { readonly request: IncomingMessage; readonly keepAlive: boolean; content: string }[];
  error: string | undefined;
  /** 100, 200 and what node answers by itself. */
  answers: string;
}

/** Node ends by this a message that the close cut short. */
const CUT_SHORT = 'HPE_INVALID_EOF_STATE';

export class Llhttp {
  readonly #server: Server;
  readonly #seen = new Map<number, Seen>();

  static async start(): Promise<Llhttp> {
    const llhttp = new Llhttp();
    await once(llhttp.#server.listen(0, '127.0.0.1'), 'listening');
    return llhttp;
  }

  private constructor() {
    // The same bound for heads as ours: how large they may be is no matter of how they are read.
    const options = { insecureHTTPParser: false, maxHeaderSize: HTTP1_DEFAULTS.maxHeadBytes };
    this.#server = createServer(options, (request, response) => this.#take(request, response));
    this.#server.on('checkContinue', (request, response) => this.#take(request, response));
    this.#server.on('checkExpectation', (request, response) => this.#take(request, response));
    this.#server.on('connect', (request: IncomingMessage, socket: Socket) => {
      this.#of(socket).requests.push({ request, keepAlive: request.httpVersion !== '1.0', content: '' });
      socket.end();
    });
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      const seen = this.#of(socket);
      seen.error ??= error.code ?? error.message;
      // Content that was read before the error still has to come out of its stream.
      setImmediate(() => socket.destroy());
    });
  }

  /** Sends the bytes and FIN, and reads until the server has closed. */
  async read(bytes: Uint8Array): Promise<Reading> {
    const { port } = this.#server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    const seen: Seen = { requests: [], error: undefined, answers: '' };
    const key = socket.localPort!;
    this.#seen.set(key, seen);
    socket.on('data', (data: Buffer) => {
      seen.answers += data.toString('latin1');
    });
    // A reset is one of the ways in which a server closes.
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.end(bytes);
    await closed;
    this.#seen.delete(key);
    return reading(seen);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #of(socket: Socket): Seen {
    const seen = this.#seen.get(socket.remotePort ?? 0);
    if (!seen) throw new Error('A connection that no case opened');
    return seen;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const one = { request, keepAlive: response.shouldKeepAlive, content: '' };
    this.#of(request.socket).requests.push(one);
    request.setEncoding('latin1');
    request.on('data', (text: string) => {
      one.content += text;
    });
    request.on('error', () => {});
    request.on('end', () => response.end());
  }
}

function reading({ requests, error, answers }: Seen): Reading {
  const messages = requests.filter(({ request }) => request.complete).map(message);
  // Node looks for Host behind llhttp, and answers by itself.
  const refusedByNode = answers.includes('HTTP/1.1 400 ');
  if (error === CUT_SHORT) return { messages, ending: 'waits' };
  if (error !== undefined) return { messages, ending: error };
  return { messages, ending: refusedByNode ? '400' : requests.length > messages.length ? 'waits' : 'ends' };
}

function message({ request, keepAlive, content }: Seen['requests'][number]): ReadMessage {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    fields: linesOf(request.rawHeaders),
    trailers: linesOf(request.rawTrailers),
    content,
    keepAlive,
  };
}

function linesOf(raw: readonly string[]): string[] {
  return Array.from({ length: raw.length / 2 }, (_, i) => `${raw[2 * i]}: ${raw[2 * i + 1]}`);
}
