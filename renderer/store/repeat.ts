/** The captured request of a detail as a command that sends it again. */
import { toCurl } from '../../server-core/formats/curl.ts';
import { toFetch } from '../../server-core/formats/fetch-call.ts';
import { toHttpie } from '../../server-core/formats/httpie.ts';
import { toNetcat } from '../../server-core/formats/netcat.ts';
import { toPowerShell } from '../../server-core/formats/power-shell.ts';
import type { RepeatRequest } from '../../server-core/formats/repeat-request.ts';
import { BASH, CMD } from '../../server-core/formats/shell.ts';
import type { MessageView } from './queries/detail.ts';
import type { Row } from './queries/list.ts';
import type { Repeat, RepeatForm } from './queries/repeat.ts';

/** `origin` is where the request can be sent again. Throws one sentence when it cannot be told from what is held. */
export function repeatOf(row: Row, request: MessageView, origin: string, form: RepeatForm): Repeat {
  if (request.bytes === undefined) throw new Error('Its bytes were trimmed');
  if (request.bytes.length < request.length) throw new Error('It is longer than a command can hold');
  // Bytes as they were can always be sent again, however wrong they are.
  if (form === 'netcat') return toNetcat(request.bytes, origin);
  if (row.method === '') throw new Error('Its request line could not be read, so there is nothing to repeat');
  const asked = repeatRequest(row, request, request.bytes, origin);
  switch (form) {
    case 'curl':
      return withFault(toCurl(asked, BASH), request);
    case 'curl-cmd':
      return withFault(toCurl(asked, CMD), request);
    case 'powershell':
      return withFault(toPowerShell(asked), request);
    case 'fetch':
      return withFault(toFetch(asked), request);
    case 'httpie':
      return withFault(toHttpie(asked), request);
  }
}

/** No client sends what breaks the rules. */
function withFault(repeat: Repeat, { fault }: MessageView): Repeat {
  if (fault === undefined) return repeat;
  return {
    ...repeat,
    notes: ['What was wrong with its bytes is not repeated; as printf and nc it is', ...repeat.notes],
  };
}

function repeatRequest(row: Row, request: MessageView, bytes: Uint8Array, origin: string): RepeatRequest {
  const content = contentOf(request, bytes);
  return {
    method: row.method,
    target: row.target,
    version: row.version === '1.0' ? '1.0' : '1.1',
    fields: request.fields.flatMap(({ name, value, trailer }) => (trailer ? [] : [[name, value] as const])),
    origin,
    body: content.length > 0 ? content : undefined,
  };
}

/** Content bytes with the chunk framing left out. */
function contentOf({ spans }: MessageView, bytes: Uint8Array): Uint8Array {
  const runs = spans.filter(({ kind }) => kind === 'body');
  const content = new Uint8Array(runs.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of runs) {
    content.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return content;
}
