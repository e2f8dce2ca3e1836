/** What the raw client did and met on one connection: kept as far as the reply can hold it, and counted past that. */
import { SEND_LIMITS, type SentConnection, type SentEvent } from '../capture/send-call.ts';
import { Http1Parser } from '../wire/http1/parser.ts';
import { endSink, pushAll } from './send-requests.ts';

export class SendRecord {
  /** Final answers that came whole. */
  answers = 0;
  /** The server agreed to another protocol: what follows has no answers to count. */
  switched = false;
  readonly #now: () => number;
  readonly #events: SentEvent[] = [];
  readonly #pieces: Buffer[] = [];
  readonly #methods: readonly string[];
  readonly #parser: Http1Parser;
  #kept = 0;
  #received = 0;
  #port = 0;
  #problem: string | undefined;

  /** @param methods of the requests that are sent, over and over */
  constructor(methods: readonly string[], now: () => number) {
    this.#now = now;
    this.#methods = methods;
    this.#parser = new Http1Parser(
      'response',
      endSink(({ status }) => {
        if (status === 101) this.switched = true;
        // RFC 9110 §15.2: an interim response is followed by another one to the same request.
        if (status < 200) return;
        this.answers++;
        this.#expect();
      }),
    );
    this.#expect();
  }

  opened(port: number): void {
    this.#port = port;
    this.note('open');
  }

  wrote(length: number): void {
    this.note('write', length);
  }

  read(chunk: Buffer): void {
    this.note('read', chunk.length);
    this.#received += chunk.length;
    const room = SEND_LIMITS.answerBytes - this.#kept;
    if (room > 0) {
      this.#pieces.push(chunk.subarray(0, room));
      this.#kept += Math.min(room, chunk.length);
    }
    pushAll(this.#parser, chunk);
  }

  failed({ code, message }: NodeJS.ErrnoException): void {
    const reset = code === 'ECONNRESET' || code === 'EPIPE';
    this.note(reset ? 'reset' : 'failed');
    if (!reset) this.#problem = `The connection failed (${code ?? message})`;
  }

  note(kind: SentEvent['kind'], length = 0): void {
    if (this.#events.length < SEND_LIMITS.events) this.#events.push({ time: this.#now(), kind, length });
  }

  result(problem: string | undefined): SentConnection {
    const found = problem ?? this.#problem;
    return {
      localPort: this.#port,
      events: this.#events,
      answer: Buffer.concat(this.#pieces).toString('base64'),
      answerBytes: this.#received,
      ...(found !== undefined && { problem: found }),
    };
  }

  /** RFC 9112 §6.3: where an answer ends depends on the method of its request. */
  #expect(): void {
    this.#parser.expect({ method: this.#methods[this.answers % this.#methods.length]! });
  }
}
