/**
 * Takes the content out of a message as its bytes come, with the parser that served it: the head goes, and the
 * chunked coding is undone (RFC 9112 §7.1).
 */
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';

export class ContentReader {
  /** Pieces of content, in order. */
  readonly #pieces: Uint8Array[] = [];
  readonly #parser: Http1Parser;
  #chunk: Uint8Array | undefined;
  #base = 0;
  #status: number | undefined;
  #ended = false;

  /** @param method of a response: that of the request it answers */
  constructor(role: 'request' | 'response', method: string) {
    this.#parser = new Http1Parser(
      role,
      {
        span: () => {},
        begin: () => {},
        head: (head) => {
          this.#status = head.role === 'response' ? head.status : undefined;
        },
        body: (start, end) => {
          this.#pieces.push(this.#chunk!.slice(start - this.#base, end - this.#base));
        },
        trailers: () => {},
        end: () => {
          // RFC 9110 §15.2: interim responses come before the one with the content.
          this.#ended = this.#status === undefined || this.#status >= 200 || this.#status === 101;
        },
        fault: () => {
          this.#ended = true;
        },
      },
      { allowObsTextInTarget: true },
    );
    if (role === 'response' && method !== '') this.#parser.expect({ method });
  }

  /** The message is over: what follows would be another. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Borrows the next bytes of the message and returns the content in them, in arrays of the caller's. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.#chunk = bytes;
    this.#base = this.#parser.offset;
    let at = 0;
    while (at < bytes.length && !this.#ended) {
      const consumed = this.#parser.push(bytes, at);
      if (consumed === 0) break;
      at += consumed;
    }
    this.#chunk = undefined;
    return this.#pieces.splice(0);
  }
}
