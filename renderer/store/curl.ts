/** The captured request of a detail as a curl command. */
import { type CurlCommand, toCurl } from '../../server-core/formats/curl.ts';
import type { MessageView } from './queries/detail.ts';
import type { Row } from './queries/list.ts';

/** `origin` is where the request can be sent again. Throws one sentence when it cannot be told from what is held. */
export function curlOf(row: Row, request: MessageView, origin: string): CurlCommand {
  if (row.method === '') throw new Error('Its request line could not be read, so there is nothing to repeat');
  if (request.bytes === undefined) throw new Error('Its bytes were trimmed');
  const content = contentOf(request, request.bytes);
  return toCurl({
    method: row.method,
    target: row.target,
    version: row.version === '1.0' ? '1.0' : '1.1',
    fields: request.fields.flatMap(({ name, value, trailer }) => (trailer ? [] : [[name, value] as const])),
    origin,
    body: content.length > 0 ? content : undefined,
  });
}

/** Content bytes with the chunk framing left out. */
function contentOf({ spans, length }: MessageView, bytes: Uint8Array): Uint8Array {
  if (bytes.length < length) throw new Error('It is longer than a command can hold');
  const runs = spans.filter(({ kind }) => kind === 'body');
  const content = new Uint8Array(runs.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of runs) {
    content.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return content;
}
