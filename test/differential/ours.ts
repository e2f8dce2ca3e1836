import type { Http1Sink, RequestHead } from '../../server-core/wire/http1/events.ts';
import type { Fields } from '../../server-core/wire/http1/fields.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import type { Reading, ReadMessage } from './reading.ts';

export interface OurReading extends Reading {
  /** The head of what was refused, or cut short, was good. */
  readonly inContent: boolean;
}

/** Reads with our parser, as a connection does that then sees FIN. */
export function readByUs(bytes: Uint8Array): OurReading {
  const messages: ReadMessage[] = [];
  let head: RequestHead | undefined;
  let content = '';
  let trailers: readonly string[] = [];
  let ending = '';
  const sink: Http1Sink = {
    span() {},
    begin() {
      head = undefined;
      content = '';
      trailers = [];
    },
    head(read) {
      if (read.role === 'request') head = read;
    },
    body(start, end) {
      content += Buffer.from(bytes.subarray(start, end)).toString('latin1');
    },
    trailers(fields) {
      trailers = linesOf(fields);
    },
    end() {
      const { method, target, fields, keepAlive } = head!;
      messages.push({ method, target, fields: linesOf(fields), trailers, content, keepAlive });
      head = undefined;
    },
    fault({ code }) {
      ending = code === 'connection-closed-early' ? 'waits' : code;
    },
  };
  const parser = new Http1Parser('request', sink);
  let at = 0;
  while (at < bytes.length) {
    const consumed = parser.push(bytes, at);
    if (consumed === 0) break;
    at += consumed;
  }
  parser.finish();
  return { messages, ending: ending || 'ends', inContent: head !== undefined };
}

function linesOf(fields: Fields): string[] {
  return Array.from({ length: fields.count }, (_, i) => `${fields.name(i)}: ${fields.value(i)}`);
}
