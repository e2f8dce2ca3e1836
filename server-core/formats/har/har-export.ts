/** Exchanges as a HAR 1.2 file: http://www.softwareishard.com/blog/har-12-spec/. What it has no place for begins with `_`. */

import type { RequestHead, ResponseHead } from '../../wire/http1/events.ts';
import type { AssembledExchange } from '../export/assembled-exchange.ts';
import { type ContentTools, fieldValue, type Pairs, plainContent, textOf } from '../export/content.ts';
import { type ReadMessage, readRequest, readResponse } from '../export/read-message.ts';
import { addressBytes } from '../pcap/addresses.ts';
import { sentCookies, setCookies } from './har-cookies.ts';
import { socketMessages } from './har-web-socket.ts';

export interface HarOptions {
  /** Wall-clock milliseconds at the log's time 0. */
  readonly epochMs: number;
  readonly version: string;
  readonly tools: ContentTools;
  /** Cookies, credentials and addresses were taken out of the events. */
  readonly isRedacted: boolean;
}

/** The pieces of the file. */
export async function* harText(
  exchanges: AsyncIterable<AssembledExchange>,
  options: HarOptions,
): AsyncGenerator<string> {
  const creator = { name: 'Wirescope', version: options.version };
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"pages":[],"entries":[`;
  let separator = '\n';
  let unreadable = 0;
  for await (const exchange of exchanges) {
    const entry = await harEntry(exchange, options);
    if (!entry) {
      unreadable++;
      continue;
    }
    yield separator + JSON.stringify(entry);
    separator = ',\n';
  }
  yield `\n],"comment":${JSON.stringify(comment(options, unreadable))}}}\n`;
}

function comment({ isRedacted }: HarOptions, unreadable: number): string {
  const sentences = [
    'A HAR holds messages as they were meant: order and spelling of fields, but no chunks, trailers, interim answers, or reads and writes.',
  ];
  if (isRedacted)
    sentences.push('Cookies, credentials and addresses were removed; targets and content were not.');
  if (unreadable > 0) {
    sentences.push(
      `${unreadable} ${unreadable === 1 ? 'request that could not be read is' : 'requests that could not be read are'} left out.`,
    );
  }
  return sentences.join(' ');
}

/** Undefined where no request could be read: a HAR has no place for it. */
async function harEntry(exchange: AssembledExchange, options: HarOptions) {
  const { request } = exchange;
  if (!request) return undefined;
  const asked = readRequest(exchange);
  const answered = readResponse(exchange);
  const host = exchange.server?.host ?? '';
  const hasAddress = !options.isRedacted && addressBytes(host) !== undefined;
  const socket = isWebSocket(answered) ? await socketOf(exchange, answered, options) : undefined;
  const timings = timingsOf(exchange);
  const time = Object.values(timings).reduce((sum, ms) => sum + Math.max(0, ms), 0);
  return {
    startedDateTime: isoTime(options.epochMs, exchange.beginTime),
    time: round(time),
    request: requestOf(exchange, asked, isWebSocket(answered), options),
    response: await responseOf(exchange, answered, options),
    cache: {},
    timings,
    ...(hasAddress && { serverIPAddress: host }),
    connection: String(exchange.conn),
    _exchange: exchange.exchange,
    _connection: connectionOf(exchange),
    _phases: exchange.marks.map(({ time: at, mark, detail }) => ({
      ms: round((at - exchange.beginTime) / 1000),
      name: mark,
      detail,
    })),
    ...(exchange.faults.length > 0 && {
      _faults: exchange.faults.map(({ code, direction, at }) => ({ code, direction, at })),
    }),
    // Chrome's names for them.
    ...(socket && { _resourceType: 'websocket', _webSocketMessages: socket.messages }),
    ...(socket?.isCut && { comment: 'Not all messages of the WebSocket are here: some could not be read' }),
  };
}

function isWebSocket({ head, fields }: ReadMessage<ResponseHead>): boolean {
  return head?.status === 101 && /^websocket$/i.test(fieldValue(fields, 'upgrade').trim());
}

function socketOf(
  { switched }: AssembledExchange,
  { fields }: ReadMessage<ResponseHead>,
  options: HarOptions,
) {
  const extensions = fieldValue(fields, 'sec-websocket-extensions');
  return socketMessages(switched, /\bpermessage-deflate\b/i.test(extensions), options);
}

function connectionOf({ opened, tls }: AssembledExchange) {
  const client = opened?.remoteAddress ? { client: `${opened.remoteAddress} port ${opened.remotePort}` } : {};
  if (!tls) return client;
  const { version, cipher, alpn, serverName } = tls;
  return { ...client, tls: { version, cipher, alpn, serverName } };
}

function requestOf(
  exchange: AssembledExchange,
  asked: ReadMessage<RequestHead>,
  isSocket: boolean,
  { tools }: HarOptions,
) {
  const { method, target, version } = exchange.request!;
  const { fields, content, headBytes } = asked;
  const address = urlOf(exchange, fieldValue(fields, 'host'));
  const url = isSocket ? address.replace(/^http/i, 'ws') : address;
  const hasContent = content.length > 0;
  return {
    method,
    url,
    httpVersion: `HTTP/${version}`,
    cookies: sentCookies(fields),
    headers: headers(fields),
    queryString: queryOf(target),
    ...(hasContent && { postData: postData(fieldValue(fields, 'content-type'), content, tools) }),
    headersSize: headBytes || -1,
    bodySize: Math.max(0, exchange.sent.length - headBytes),
    ...(!target.startsWith('/') && { _target: target }),
    ...(asked.isCut && { comment: 'Its content is not whole here' }),
  };
}

function postData(mimeType: string, content: Uint8Array, tools: ContentTools) {
  const text = textOf(content, tools);
  const params =
    /^application\/x-www-form-urlencoded\b/i.test(mimeType) && text !== undefined ? queryPairs(text) : [];
  if (text !== undefined) return { mimeType, params, text };
  // The format has no word for it; Charles and others write it so, too.
  return { mimeType, params, text: tools.base64(content), _encoding: 'base64' };
}

async function responseOf(
  exchange: AssembledExchange,
  answered: ReadMessage<ResponseHead>,
  { tools }: HarOptions,
) {
  const { head, fields, headBytes, content: coded } = answered;
  const { bytes, coded: kept } = await plainContent(fields, coded, tools);
  const text = textOf(bytes, tools);
  const bodySize = head ? Math.max(0, exchange.received.length - headBytes) : -1;
  const remarks: string[] = [];
  if (kept !== undefined) remarks.push(`It is still coded as ${kept}`);
  if (answered.isCut) remarks.push('It is not whole here');
  return {
    status: exchange.response?.status ?? 0,
    statusText: head?.reason ?? '',
    httpVersion: head ? `HTTP/${head.version}` : '',
    cookies: setCookies(fields),
    headers: headers(fields),
    content: {
      size: bytes.length,
      ...(bytes !== coded && { compression: bytes.length - coded.length }),
      mimeType: fieldValue(fields, 'content-type') || (bytes.length > 0 ? 'application/octet-stream' : ''),
      ...(bytes.length > 0 &&
        (text === undefined ? { text: tools.base64(bytes), encoding: 'base64' } : { text })),
      ...(remarks.length > 0 && { comment: remarks.join('. ') }),
    },
    redirectURL: fieldValue(fields, 'location'),
    headersSize: headBytes || -1,
    bodySize,
    ...(!exchange.complete && {
      _error: exchange.endTime === undefined ? 'It was not over yet' : 'It did not end whole',
    }),
  };
}

/** Milliseconds, as a server sees them: it reads what a browser sends, and what it waits for is the server itself. */
function timingsOf({ beginTime, requestEndTime, firstByteTime, endTime }: AssembledExchange) {
  const last = endTime ?? firstByteTime ?? requestEndTime ?? beginTime;
  const first = Math.min(firstByteTime ?? last, last);
  // An answer may come before all of the request was read.
  const sent = Math.min(requestEndTime ?? first, first);
  return {
    ...{ blocked: -1, dns: -1, connect: -1, ssl: -1 },
    send: round((sent - beginTime) / 1000),
    wait: round((first - sent) / 1000),
    receive: round((last - first) / 1000),
  };
}

function urlOf({ server, request }: AssembledExchange, host: string): string {
  const { method, target } = request!;
  if (/^https?:\/\//i.test(target)) return target;
  const own = /^(https?:)\/\/([^/]*)/.exec(server?.url ?? '');
  const origin = `${own?.[1] ?? 'http:'}//${host || (own?.[2] ?? 'localhost')}`;
  if (method === 'CONNECT') return `http://${target}/`;
  return target.startsWith('/') ? `${origin}${target}` : `${origin}/`;
}

function headers(fields: Pairs) {
  return fields.map(([name, value]) => ({ name, value }));
}

function queryOf(target: string) {
  const at = target.indexOf('?');
  return at < 0 ? [] : queryPairs(target.slice(at + 1));
}

function queryPairs(text: string) {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0
        ? { name: decoded(pair), value: '' }
        : { name: decoded(pair.slice(0, at)), value: decoded(pair.slice(at + 1)) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** ISO 8601 to the microsecond. */
function isoTime(epochMs: number, micros: number): string {
  const whole = Math.floor(micros / 1000);
  const part = Math.min(999, Math.round(micros - whole * 1000));
  return new Date(epochMs + whole).toISOString().replace('Z', `${String(part).padStart(3, '0')}Z`);
}

/** To the nanosecond: more digits would only be those of floating point. */
function round(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}
