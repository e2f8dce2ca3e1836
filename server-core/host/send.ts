/**
 * The raw client: sends bytes as they are, and tells what came back and when. Without leave it speaks to the
 * loopback interface only, and only to ports that this engine listens on.
 */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ServerState } from '../capture/events.ts';
import { type OtherHost, SEND_LIMITS, type SendCall, type SendReply } from '../capture/send-call.ts';
import { isLoopback } from './addresses.ts';
import { SendRecord } from './send-record.ts';
import { requestMethods } from './send-requests.ts';

/** How long this end stays once all answers have come, for what else the server may say; a close comes at once. */
const LINGER_MS = 250;

/** @param now microseconds since the log's epoch */
export async function send(call: SendCall, target: SendTarget, now: () => number): Promise<SendReply> {
  const bytes = Buffer.from(call.bytes, 'base64');
  const client = () => new RawExchange(call, bytes, now).run(target);
  return { connections: await Promise.all(Array.from({ length: call.connections }, client)) };
}

export interface SendTarget extends OtherHost {
  /** It is our own server, and its certificate is of an authority that nobody need trust. */
  readonly ours: boolean;
}

/** Where a call sends to. Throws a sentence where it may not, or cannot. */
export function sendTarget(
  call: SendCall,
  stateOf: (server: number) => ServerState,
  anywhere: boolean,
): SendTarget {
  const to = call.server;
  return typeof to === 'number' ? ownTarget(stateOf(to), call, anywhere) : otherTarget(to, anywhere);
}

/** A server of this engine. Throws a sentence for one that does not run, or only runs where others are. */
export function ownTarget(
  { host, port, url, status }: ServerState,
  call: SendCall,
  anywhere: boolean,
): SendTarget {
  if (status !== 'running') throw new Error('That server is not running: start it first');
  const rest = { port, secure: url.startsWith('https:') && !call.plain, ours: true };
  if (host === '0.0.0.0') return { host: '127.0.0.1', ...rest };
  if (host === '::') return { host: '::1', ...rest };
  if (!isLoopback(host) && !anywhere) throw new Error(`${ONLY_LOOPBACK}, and ${host} is not on it`);
  return { host: host === 'localhost' ? '127.0.0.1' : host, ...rest };
}

/** Any other. Throws a sentence unless that was allowed. */
export function otherTarget(to: OtherHost, anywhere: boolean): SendTarget {
  if (!anywhere) throw new Error(`${ONLY_LOOPBACK} until sending to other hosts is switched on`);
  return { ...to, ours: false };
}

const ONLY_LOOPBACK = 'Bytes are only sent over the loopback interface';

/** One connection, from its opening until nothing more comes. */
class RawExchange {
  readonly #call: SendCall;
  readonly #bytes: Buffer;
  /** Requests in the bytes. */
  readonly #requests: number;
  readonly #record: SendRecord;
  #socket: Socket | undefined;
  #wake: (() => void) | undefined;
  #over = false;
  #tooLate = false;

  constructor(call: SendCall, bytes: Buffer, now: () => number) {
    this.#call = call;
    this.#bytes = bytes;
    const methods = requestMethods(bytes);
    this.#requests = methods.length;
    this.#record = new SendRecord(methods, now);
  }

  async run(target: SendTarget) {
    const deadline = setTimeout(() => {
      this.#tooLate = true;
      this.#socket?.destroy();
      this.#end();
    }, SEND_LIMITS.seconds * 1000);
    try {
      await this.#open(target);
      if (!this.#over) await this.#talk();
    } finally {
      clearTimeout(deadline);
      this.#socket?.destroy();
    }
    return this.#record.result(this.#tooLate ? `Cut off after ${SEND_LIMITS.seconds} s` : undefined);
  }

  #open({ host, port, secure, ours }: SendTarget): Promise<void> {
    const record = this.#record;
    return new Promise((resolve) => {
      const options = { host, port, allowHalfOpen: true, noDelay: true };
      const socket = secure
        ? connectSecurely({
            ...options,
            rejectUnauthorized: !ours,
            ...(ours || isIP(host) !== 0 ? {} : { servername: host }),
            ALPNProtocols: ['http/1.1'],
          })
        : connect(options);
      this.#socket = socket;
      socket.once('connect', () => {
        record.opened(socket.localPort ?? 0);
        if (!secure) resolve();
      });
      socket.once('secureConnect', () => {
        record.note('secure');
        resolve();
      });
      socket.on('data', (chunk: Buffer) => {
        record.read(chunk);
        this.#wake?.();
      });
      socket.once('end', () => {
        record.note('end');
        this.#end();
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        record.failed(error);
        this.#end();
        resolve();
      });
      socket.once('close', () => {
        this.#end();
        resolve();
      });
    });
  }

  async #talk(): Promise<void> {
    const { times, inTurn, pauseMs, halfClose } = this.#call;
    for (let n = 0; n < times && !this.#over; n++) {
      if (n > 0 && pauseMs > 0) await pause(pauseMs);
      await this.#writeAll();
      const last = n === times - 1;
      if (inTurn && !last) await this.#until(() => this.#record.answers >= this.#requests * (n + 1));
    }
    if (halfClose && this.#socket?.writable) {
      this.#record.note('finish');
      this.#socket.end();
    }
    await this.#until(() => false);
    if (!this.#over) this.#record.note('quit');
  }

  async #writeAll(): Promise<void> {
    const { cuts, pauseMs } = this.#call;
    const ends = [...cuts, this.#bytes.length];
    let start = 0;
    for (const end of ends) {
      if (start > 0 && pauseMs > 0) await pause(pauseMs);
      // What the server has closed is not written to: the rest of a refused request would only be reset.
      if (this.#over || !this.#socket?.writable) return;
      await this.#write(this.#bytes.subarray(start, end));
      start = end;
    }
  }

  #write(bytes: Buffer): Promise<void> {
    this.#record.wrote(bytes.length);
    // The next write waits until the kernel has this one, or the two would go as one.
    return new Promise((resolve) => this.#socket!.write(bytes, () => resolve()));
  }

  /** Until it fits, the server has closed, or nothing has come for a while. */
  async #until(fits: () => boolean): Promise<void> {
    while (!this.#over && !fits()) {
      const came = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), this.#patience());
        this.#wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      this.#wake = undefined;
      if (!came) return;
    }
  }

  #patience(): number {
    const { times, patienceMs } = this.#call;
    const { answers, switched } = this.#record;
    const isDone = answers >= this.#requests * times && !switched;
    return isDone ? Math.min(LINGER_MS, patienceMs) : patienceMs;
  }

  #end(): void {
    this.#over = true;
    this.#wake?.();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
