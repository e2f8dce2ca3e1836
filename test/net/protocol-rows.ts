/** A site of a route for each thing to show, and the bytes that go in and out of it. */
import { requestHost } from '../../server-core/http/authority.ts';
import { byteSource } from '../../server-core/http/byte-source.ts';
import { route, router } from '../../server-core/http/router.ts';
import { FAULTS, type FaultCode, type FaultInfo } from '../../server-core/wire/faults.ts';
import { reasonPhrase } from '../../server-core/wire/http1/writer.ts';
import type { RawClient } from './raw-client.ts';
import { type Served, serve } from './serve.ts';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const text = (body: string) => ({ status: 200, fields: [], body: Buffer.from(body, 'latin1') });

export const routes = router([
  route('GET', '/', () => text('hello')),
  route('GET', '/end', () => text('end')),
  route('GET', '/where', (request) =>
    text(`${requestHost(request)} ${request.target.form !== 'asterisk' && request.head.target}`),
  ),
  route('GET', '/chunked', () => ({ status: 200, fields: [], body: byteSource(pieces('ab', 'cde')) })),
  route('GET', '/trailers', () => ({
    status: 200,
    fields: [],
    body: {
      ...byteSource(pieces('abc')),
      trailerNames: ['X-Sum', 'X-Took'],
      trailers: () => [
        ['X-Sum', '3'],
        ['X-Took', '1 ms'],
      ],
    },
  })),
  route('GET', '/bad-trailers', () => ({
    status: 200,
    fields: [],
    body: {
      ...byteSource(pieces('abc')),
      trailers: () => [
        ['X-Sum', '3'],
        ['Content-Length', '3'],
      ],
    },
  })),
  route('GET', '/split-trailers', () => ({
    status: 200,
    fields: [],
    body: { ...byteSource(pieces('abc')), trailers: () => [['X-Sum', '3\r\n\r\nHTTP/1.1 200 OK']] },
  })),
  route('GET', '/hints', (request) => {
    request.inform(103, [['Link', '</a.css>; rel=preload; as=style']]);
    request.inform(103, [['Link', '</b.js>; rel=preload; as=script']]);
    return text('hinted');
  }),
  route('POST', '/late-hints', async (request) => {
    request.inform(102, []);
    const body = await request.body.bytes(10);
    request.inform(103, []);
    return text(`${body.length}`);
  }),
  route('POST', '/echo', async (request) => {
    const before = request.trailers?.count ?? 'none';
    const body = Buffer.from(await request.body.bytes(100)).toString('latin1');
    const { trailers } = request;
    const names = Array.from({ length: trailers?.count ?? 0 }, (_, i) => trailers!.name(i));
    return text(`${body} before=${before} after=${names} merged=${request.head.fields.has('x-sum')}`);
  }),
  route('POST', '/unread', () => text('unread')),
]);

/** Serves the routes; the targets that reach a handler are added to `handled`. */
export function serveRoutes(handled: string[] = []): Promise<Served> {
  return serve((request) => {
    handled.push(request.head.target);
    return routes(request);
  });
}

/** All that comes back until the server ends the connection, without Date. */
export async function exchange(client: RawClient, bytes: string): Promise<string> {
  await client.send(bytes);
  return (await client.rest()).replace(/^Date: .*\r\n/gm, '');
}

export const lines = (...parts: readonly string[]) => parts.join('\r\n');
export const get = (target: string, ...fields: string[]) =>
  lines(`GET ${target} HTTP/1.1`, 'Host: a', ...fields, '', '');
export const post = (target: string, fields: readonly string[], content = '') =>
  `${lines(`POST ${target} HTTP/1.1`, 'Host: a', ...fields, '', '')}${content}`;
export const LAST = get('/end', 'Connection: close');

export const answer = (body: string, ...fields: readonly string[]) =>
  `${lines('HTTP/1.1 200 OK', `Content-Length: ${body.length}`, ...fields, '', '')}${body}`;
export const ENDED = answer('end', 'Connection: close');
export const CONTINUE = lines('HTTP/1.1 100 Continue', '', '');
export const chunked = (content: string, ...fields: readonly string[]) =>
  `${lines('HTTP/1.1 200 OK', ...fields, 'Transfer-Encoding: chunked', '', '')}${content}`;

/** An error in two lines of text and those that say why. */
export function refusal(status: number, sentence: string, section?: string, more: Refused = {}): string {
  const reason = reasonPhrase(status);
  const fault = more.fault === undefined ? [] : [`${more.fault} at byte ${more.at ?? 0}`];
  const said = [`${status} ${reason}`, `${sentence}.`, ...(section ? [section] : []), ...fault];
  const body = Buffer.from(`${said.join('\n')}\n`).toString('latin1');
  return (
    lines(
      `HTTP/1.1 ${status} ${reason}`,
      'Content-Type: text/plain; charset=utf-8',
      'Cache-Control: no-store',
      'Vary: Accept',
      'X-Content-Type-Options: nosniff',
      ...(more.fields ?? []),
      `Content-Length: ${body.length}`,
      ...(more.close ? ['Connection: close'] : []),
      '',
      '',
    ) + body
  );
}
interface Refused {
  readonly fields?: readonly string[];
  readonly close?: boolean;
  readonly fault?: FaultCode;
  readonly at?: number;
}
export function faulty(fault: FaultCode, at: number): string {
  const { status = 400, sentence, section }: FaultInfo = FAULTS[fault];
  return refusal(status, sentence, section, { fault, at, close: true });
}
