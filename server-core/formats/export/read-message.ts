/** One assembled message taken apart by the parser: its start line, its fields, and its content without framing. */
import type { Head, RequestHead, ResponseHead } from '../../wire/http1/events.ts';
import type { Fields } from '../../wire/http1/fields.ts';
import { Http1Parser } from '../../wire/http1/parser.ts';
import type { AssembledExchange, AssembledMessage } from './assembled-exchange.ts';
import type { Pairs } from './content.ts';

export interface ReadMessage<H extends Head> {
  /** Undefined when no head of it could be read, or none was kept. */
  readonly head: H | undefined;
  /** Bytes of the start line and fields, with the empty line. */
  readonly headBytes: number;
  readonly fields: Pairs;
  /** As it was sent, with its content coding, as far as it was kept. */
  readonly content: Uint8Array;
  /** Some of the content is not there: it was trimmed, too long to be kept, or never came. */
  readonly isCut: boolean;
}

export function readRequest({ sent }: AssembledExchange): ReadMessage<RequestHead> {
  return read<RequestHead>('request', sent, '');
}

export function readResponse({ received, request }: AssembledExchange): ReadMessage<ResponseHead> {
  return read<ResponseHead>('response', received, request?.method ?? '');
}

function read<H extends Head>(role: H['role'], message: AssembledMessage, method: string): ReadMessage<H> {
  const { bytes, length } = message;
  let head: H | undefined;
  let isInterim = false;
  let isEnded = false;
  const runs: { start: number; end: number }[] = [];
  const parser = new Http1Parser(
    role,
    {
      span() {},
      begin() {},
      head: (next) => {
        // RFC 9110 §15.2: interim answers come before the one that counts.
        isInterim = next.role === 'response' && next.status < 200 && next.status !== 101;
        if (!isInterim) head = next as H;
      },
      body: (start, end) => runs.push({ start, end }),
      trailers() {},
      end: () => {
        isEnded = !isInterim;
      },
      fault() {},
    },
    {
      allowBareLf: true,
      allowAnyHost: true,
      allowObsTextInTarget: true,
      maxHeadBytes: 131_072,
      maxFields: 400,
    },
  );
  if (method !== '') parser.expect({ method });
  while (parser.offset < bytes.length && !isEnded) {
    if (parser.push(bytes, parser.offset) === 0) break;
  }
  if (bytes.length === length) parser.finish();
  return {
    head,
    headBytes: head ? head.end - head.start : 0,
    fields: head ? pairsOf(head.fields) : [],
    content: joined(bytes, runs),
    isCut: bytes.length < length,
  };
}

function pairsOf(fields: Fields): Pairs {
  return Array.from({ length: fields.count }, (_, i) => [fields.name(i), fields.value(i)] as const);
}

function joined(bytes: Uint8Array, runs: readonly { start: number; end: number }[]): Uint8Array {
  const [only] = runs;
  if (runs.length <= 1) return only ? bytes.subarray(only.start, only.end) : new Uint8Array(0);
  const content = new Uint8Array(runs.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of runs) {
    content.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return content;
}
