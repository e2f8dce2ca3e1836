/** Terms of a filter that ask for what only the bytes of the messages hold. */
import { readLatin1 } from '../../server-core/capture/text.ts';
import type { Term, Test } from '../filter/ast.ts';
import type { Columns } from './columns.ts';
import { MessageReader, type ReadMessage } from './message-reader.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { type Pull, readStream } from './payloads.ts';
import type { FieldView } from './queries/detail.ts';
import { requestEnd, responseEnd } from './rows.ts';
import { numberTest, textTest } from './value-tests.ts';

/** A request and its response, as far as they were read. */
export interface Messages {
  readonly request: ReadMessage;
  readonly response: ReadMessage | undefined;
}

/** As much of a message as is read for its head: nginx takes 32 kB of header fields, Node 16 kB. */
export const HEAD_BYTES = 32 * 1024;
/** As much of a message as is looked through, which is what the detail parses of it. */
export const CONTENT_BYTES = 1024 * 1024;

export function messageTest({ field, name, test }: Term): (messages: Messages) => boolean {
  if (field === 'frames') return framesTest(numberTest(test));
  if (field === 'bytes') return bytesTest(test);
  const passes = textTest(test);
  const named = (fields: readonly FieldView[], wanted: string) =>
    fields.some((each) => each.name.toLowerCase() === wanted && passes(each.value));
  const inFields = (fields: readonly FieldView[]) =>
    name === undefined ? fields.some((each) => passes(`${each.name}: ${each.value}`)) : named(fields, name);
  const inContent = (message: ReadMessage | undefined) => {
    const content = message ? contentOf(message) : '';
    return content !== '' && passes(content);
  };
  const ofResponse = ({ response }: Messages) => response?.fields ?? [];
  switch (field) {
    case 'host':
      return ({ request }) => named(request.fields, 'host');
    case 'ua':
      return ({ request }) => named(request.fields, 'user-agent');
    case 'referer':
      return ({ request }) => named(request.fields, 'referer');
    case 'cookie':
      return (both) => named(both.request.fields, 'cookie') || named(ofResponse(both), 'set-cookie');
    case 'encoding':
      return (both) =>
        named(ofResponse(both), 'content-encoding') || named(both.request.fields, 'content-encoding');
    case 'range':
      return (both) => named(both.request.fields, 'range') || named(ofResponse(both), 'content-range');
    case 'request':
      return ({ request }) => inFields(request.fields);
    case 'response':
      return (both) => inFields(ofResponse(both));
    case 'header':
      return (both) => inFields(both.request.fields) || inFields(ofResponse(both));
    case 'has':
      return (both) => [...both.request.fields, ...ofResponse(both)].some((each) => passes(each.name));
    case 'body':
      return ({ request, response }) => inContent(request) || inContent(response);
    case 'request-body':
      return ({ request }) => inContent(request);
    case 'response-body':
      return ({ response }) => inContent(response);
    default:
      throw new Error(`${field} is told by the columns`);
  }
}

/** Bytes are looked for as texts of one char each, which engines search fast. */
function bytesTest(test: Test): (messages: Messages) => boolean {
  const wanted =
    test.kind === 'bytes'
      ? test.hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
      : '';
  const passes = test.kind === 'bytes' ? (text: string) => text.includes(wanted) : textTest(test);
  return ({ request, response }) =>
    [request, response].some(
      (message) => message !== undefined && passes(readLatin1(message.bytes, 0, message.bytes.length)),
    );
}

function framesTest(passes: (count: number) => boolean): (messages: Messages) => boolean {
  return ({ request, response }) => {
    const count = request.frames.length + (response?.frames.length ?? 0);
    return count > 0 && passes(count);
  };
}

/** Reads both messages from their starts up to so many bytes each. Rejects when they were trimmed. */
export async function readMessages(
  columns: Columns,
  id: number,
  pull: Pull,
  most: number,
): Promise<Messages> {
  const page = columns.exchanges.page(id);
  if (page === undefined) throw new Error('It was trimmed');
  const row = id & PAGE_MASK;
  const conn = page.conn[row]!;
  const method = columns.strings.text(page.method[row]!);
  const connection = columns.connections.page(conn);
  const read = async (out: 0 | 1, start: number, end: number) => {
    // A head is noted when it is queued; its bytes come when the socket takes them.
    const crossed = (out === 1 ? connection?.bytesOut : connection?.bytesIn)?.[conn & PAGE_MASK] ?? start;
    const reader = new MessageReader(out === 1 ? 'response' : 'request', method);
    const to = Math.min(end, crossed, start + most);
    if (to > start) reader.append(await readStream(columns, pull, conn, out, start, to));
    // Frames are only counted here, so it does not matter whether they are compressed.
    if (page.status[row] === 101) reader.switchToFrames(true);
    return reader.read();
  };
  const answered = responseEnd(columns, page, row);
  const [request, response] = await Promise.all([
    // After 101 the request has ended, but what the client sends still belongs to this exchange.
    read(0, page.inStart[row]!, page.status[row] === 101 ? Infinity : requestEnd(columns, page, row)),
    answered === undefined ? undefined : read(1, page.outStart[row]!, answered),
  ]);
  return { request, response };
}

const UTF_8 = new TextDecoder();

/** As it was sent: neither dechunked across pieces nor decompressed. */
function contentOf({ bytes, spans }: ReadMessage): string {
  const pieces = spans.filter(({ kind }) => kind === 'body');
  return pieces.map(({ start, end }) => UTF_8.decode(bytes.subarray(start, end))).join('');
}
