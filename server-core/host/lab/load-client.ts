/** One client of the load generator: raw bytes over a socket, one request after the other, timed as they go. */
import { connect, type Socket } from 'node:net';
import type { LabFailure } from '../../capture/lab-call.ts';
import { LoadAnswer } from './load-answer.ts';
import type { LoadRecord } from './load-messages.ts';
import type { LoadGroup, LoadTarget } from './load-plan.ts';

export interface LoadClock {
  /** Microseconds of the log. */
  now(): number;
  /** The same of a moment that another process told in microseconds of the system's monotonic clock. */
  of(micros: number): number;
}

/** What a client that never ends its request has to say. */
const MORE = 'X-More: 1\r\n';

export class LoadClient {
  readonly #target: LoadTarget;
  readonly #group: LoadGroup;
  readonly #place: number;
  readonly #clock: LoadClock;
  /** Open, and free to be used again. */
  #kept: Socket | undefined;
  /** Ends the request under way. */
  #cutOff: () => void = () => {};

  /** @param place of the group in the plan */
  constructor(target: LoadTarget, group: LoadGroup, place: number, clock: LoadClock) {
    this.#target = target;
    this.#group = group;
    this.#place = place;
    this.#clock = clock;
  }

  /** Asks once. Never rejects: what went wrong is in the record. */
  async ask(): Promise<LoadRecord> {
    const start = this.#clock.now();
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept && !kept.destroyed) {
      const record = await this.#exchange(kept, start, true);
      // RFC 9112 §9.3.1: it was closed while it was idle, so the request is sent again over another one.
      if (record.bytes > 0 || record.failure === 'cut off') return record;
    }
    const { host, port } = this.#target;
    const socket = connect({ host, port, noDelay: true });
    // What a connection says after its answer concerns nobody.
    socket.on('error', () => {});
    return this.#exchange(socket, start, false);
  }

  /** Ends what is under way, and the connection. */
  close(): void {
    this.#cutOff();
    this.#kept?.destroy();
  }

  #exchange(socket: Socket, start: number, open: boolean): Promise<LoadRecord> {
    return new Promise((resolve) => {
      const answer = new LoadAnswer();
      const { keep, pauseMs, endless, bytesPerSecond } = this.#group;
      let connected: number | undefined;
      let first: number | undefined;
      let timer: NodeJS.Timeout | undefined;
      const settle = (failure?: LabFailure) => {
        clearTimeout(timer);
        for (const [name, listener] of heard) socket.off(name, listener);
        this.#cutOff = () => {};
        const end = this.#clock.now();
        const persists = keep && failure === undefined && answer.head?.keepAlive === true;
        if (persists) this.#kept = socket;
        else socket.destroy();
        resolve({ ...this.#told(answer, start), start, connected, first, end, ...(failure && { failure }) });
      };
      const write = ([next, ...rest]: readonly string[]) => {
        socket.write(next ?? MORE, 'latin1');
        if (rest.length > 0 || endless) timer = setTimeout(() => write(rest), pauseMs);
      };
      const take = (chunk: Buffer) => {
        first ??= this.#clock.now();
        answer.take(chunk);
        if (answer.faulty) return settle('faulty');
        if (answer.whole) return settle();
        if (bytesPerSecond === 0) return;
        const aheadMs = (answer.bytes / bytesPerSecond) * 1000 - (this.#clock.now() - first) / 1000;
        if (aheadMs < 1) return;
        socket.pause();
        timer = setTimeout(() => socket.resume(), aheadMs);
      };
      const ended = () => {
        answer.finish();
        settle(answer.whole ? undefined : 'closed');
      };
      const heard = [
        ['data', take],
        ['end', ended],
        ['error', ({ code }: NodeJS.ErrnoException) => settle(code === 'ECONNREFUSED' ? 'refused' : 'reset')],
        ['close', () => settle('closed')],
      ] as const;
      for (const [name, listener] of heard) socket.on(name, listener);
      this.#cutOff = () => settle('cut off');
      if (open) return write(this.#pieces());
      socket.once('connect', () => {
        connected = this.#clock.now();
        write(this.#pieces());
      });
    });
  }

  /** The request as it is written, one piece behind every pause. */
  #pieces(): string[] {
    const { path, keep, pieces, endless } = this.#group;
    const { host, port } = this.#target;
    const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const close = keep ? '' : 'Connection: close\r\n';
    const head = `GET ${path} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: wirescope-lab\r\n${close}`;
    if (endless) return [head];
    const text = `${head}\r\n`;
    const edge = (n: number) => Math.round((n * text.length) / pieces);
    return Array.from({ length: pieces }, (_, n) => text.slice(edge(n), edge(n + 1)));
  }

  /** What the answer itself says. */
  #told(answer: LoadAnswer, start: number) {
    const at = (name: string) => {
      const micros = answer.number(name);
      return micros === undefined ? undefined : this.#clock.of(micros);
    };
    const born = at('lab-born');
    return {
      group: this.#place,
      status: answer.head?.status ?? 0,
      bytes: answer.bytes,
      by: answer.head?.fields.get('lab-by') ?? '',
      served: at('lab-served'),
      // One that was there before was not started for this.
      born: born !== undefined && born > start ? born : undefined,
    };
  }
}
