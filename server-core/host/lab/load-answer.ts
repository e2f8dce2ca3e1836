/** One answer as the load generator reads it: by the parser of the server, in the other direction. */
import type { ResponseHead } from '../../wire/http1/events.ts';
import { Http1Parser } from '../../wire/http1/parser.ts';

export class LoadAnswer {
  /** Undefined before the head is whole. */
  head: ResponseHead | undefined;
  /** Nothing more belongs to it. */
  whole = false;
  faulty = false;
  /** Bytes received, the head included. */
  bytes = 0;
  readonly #parser: Http1Parser;

  constructor() {
    this.#parser = new Http1Parser('response', {
      span() {},
      begin() {},
      head: (head) => {
        if (head.role === 'response') this.head = head;
      },
      body() {},
      trailers() {},
      // RFC 9110 §15.2: an interim response is followed by another one to the same request.
      end: () => {
        this.whole = this.head !== undefined && this.head.status >= 200;
      },
      fault: () => {
        this.faulty = true;
      },
    });
  }

  take(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    for (let at = 0; at < chunk.length && !this.whole && !this.faulty; ) {
      at += this.#parser.push(chunk, at);
    }
  }

  /** The server has closed its side: content that lasts until then is whole. */
  finish(): void {
    this.#parser.finish();
  }

  /** A number that the lab's server says beside its answer. */
  number(name: string): number | undefined {
    const text = this.head?.fields.get(name);
    return text === undefined ? undefined : Number(text);
  }
}
