import type { Http1Sink } from '../wire/http1/events.ts';
import { Http1Parser } from '../wire/http1/parser.ts';

/** Methods of the whole requests among these bytes, in order; bytes that are none count as one GET. */
export function requestMethods(bytes: Uint8Array): readonly string[] {
  const methods: string[] = [];
  const parser = new Http1Parser(
    'request',
    endSink(({ method }) => methods.push(method)),
    // As a folder is served; whoever refuses them answers once and closes.
    { allowObsTextInTarget: true },
  );
  pushAll(parser, bytes);
  return methods.length > 0 ? methods : ['GET'];
}

export function pushAll(parser: Http1Parser, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const consumed = parser.push(bytes, at);
    if (consumed === 0) return;
    at += consumed;
  }
}

interface Ended {
  /** '' of a response. */
  readonly method: string;
  /** 0 of a request. */
  readonly status: number;
}

/** A sink that only hears which messages are complete. */
export function endSink(end: (message: Ended) => void): Http1Sink {
  let message: Ended = { method: '', status: 0 };
  return {
    span() {},
    begin() {},
    head: (head) => {
      message =
        head.role === 'request' ? { method: head.method, status: 0 } : { method: '', status: head.status };
    },
    body() {},
    trailers() {},
    end: () => end(message),
    fault() {},
  };
}
