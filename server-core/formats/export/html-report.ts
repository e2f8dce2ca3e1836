/**
 * A report that opens anywhere: one file of HTML with its styles in it, without any script. What was captured stands in
 * it as text only, and a policy in its head forbids everything else.
 */
import { readLatin1 } from '../../capture/text.ts';
import type { AssembledExchange } from './assembled-exchange.ts';
import { type ContentTools, fieldValue, type Pairs, plainContent, textOf } from './content.ts';
import { hexDump } from './hex-dump.ts';
import { readRequest, readResponse } from './read-message.ts';
import { REPORT_CSS } from './report-css.ts';

export interface ReportOptions {
  /** Wall-clock milliseconds at the log's time 0. */
  readonly epochMs: number;
  readonly version: string;
  readonly tools: ContentTools;
  readonly isRedacted: boolean;
}

/** Requests of one report; a browser lays out as many without being asked to wait. */
const MOST_EXCHANGES = 2000;
const MOST_TEXT = 4096;
const MOST_HEX = 1024;

/** The pieces of the file. */
export async function* htmlReport(
  exchanges: AsyncIterable<AssembledExchange>,
  options: ReportOptions,
): AsyncGenerator<string> {
  yield head(options);
  let shown = 0;
  let left = 0;
  for await (const exchange of exchanges) {
    if (shown < MOST_EXCHANGES) {
      shown++;
      yield await section(exchange, options);
    } else left++;
  }
  yield foot(shown, left, options);
}

function head({ epochMs }: ReportOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Captured HTTP, ${escaped(new Date(epochMs).toISOString().slice(0, 10))}</title>
<style>${REPORT_CSS}</style>
</head>
<body>
<h1>Captured HTTP</h1>
<p class="columns" aria-hidden="true"><span>Status</span><span>Method</span><span>Target</span><span>Type</span><span>Size</span><span>Took</span><span>Began</span></p>
`;
}

function foot(shown: number, left: number, { version, isRedacted }: ReportOptions): string {
  const lines = [`${shown} ${shown === 1 ? 'request' : 'requests'}, written by Wirescope ${version}.`];
  if (left > 0) lines.push(`${left} more are not in this report: export fewer, or as a HAR file.`);
  lines.push(
    isRedacted
      ? 'Values of cookies, credentials and addresses were overwritten; targets and content were not.'
      : 'It holds what crossed the wire, cookies and credentials included.',
  );
  return `<p class="foot">${lines.join(' ')}</p>\n</body>\n</html>\n`;
}

async function section(exchange: AssembledExchange, options: ReportOptions): Promise<string> {
  const { request, response, beginTime, endTime, marks } = exchange;
  const status = response ? String(response.status) : '–';
  const method = request?.method ?? '';
  const took = endTime === undefined ? 'not over' : duration(endTime - beginTime);
  const began = new Date(options.epochMs + beginTime / 1000).toISOString().slice(11, 23);
  const bodies = [
    await messageHtml('Request', exchange, options),
    await messageHtml('Response', exchange, options),
  ];
  const why = marks.map(({ mark, detail }) => `<li><b>${mark}</b> ${escaped(detail)}</li>`).join('');
  return `<details>
<summary><span class="s${status[0]}">${status}</span><span>${escaped(method) || '[none]'}</span><span class="target">${escaped(request?.target ?? '[no request that could be read]')}</span><span>${escaped(response?.mediaType ?? '')}</span><span>${size(exchange.received.length)}</span><span>${took}</span><span>${began}</span></summary>
${bodies.join('')}${why === '' ? '' : `<h2>Why</h2><ul>${why}</ul>`}</details>
`;
}

async function messageHtml(
  name: 'Request' | 'Response',
  exchange: AssembledExchange,
  { tools }: ReportOptions,
): Promise<string> {
  const isRequest = name === 'Request';
  const { bytes, length } = isRequest ? exchange.sent : exchange.received;
  if (length === 0)
    return `<h2>${name}</h2><p class="none">Nothing was ${isRequest ? 'read' : 'written'}.</p>`;
  const { headBytes, content, fields } = isRequest ? readRequest(exchange) : readResponse(exchange);
  const shownHead = readLatin1(bytes, 0, headBytes);
  const body = await preview(fields, content, tools);
  const dump = hexDump(bytes.subarray(0, MOST_HEX));
  const more = length > MOST_HEX ? `, the first ${size(MOST_HEX)} of ${size(length)}` : '';
  return `<h2>${name} <small>${size(length)}</small></h2>
${headBytes > 0 ? `<pre>${escaped(shownHead.trimEnd())}</pre>` : ''}${body}
<details class="bytes"><summary>Bytes${more}</summary><pre>${escaped(dump)}</pre></details>
`;
}

async function preview(fields: Pairs, content: Uint8Array, tools: ContentTools): Promise<string> {
  if (content.length === 0) return '';
  const { bytes, coded } = await plainContent(fields, content, tools);
  const text = coded === undefined ? textOf(bytes, tools) : undefined;
  if (text === undefined) {
    const type = fieldValue(fields, 'content-type');
    return `<p class="none">${size(bytes.length)} of content${type === '' ? '' : `, ${escaped(type)}`}, not text.</p>`;
  }
  const cut = text.length > MOST_TEXT ? `<p class="none">… ${size(bytes.length)} in all</p>` : '';
  return `<pre class="body">${escaped(text.slice(0, MOST_TEXT))}</pre>${cut}`;
}

/** Nothing that was captured may be markup; what a terminal or an editor would act on is made visible. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function duration(micros: number): string {
  return micros < 1000
    ? `${Math.round(micros)} µs`
    : micros < 1e6
      ? `${(micros / 1000).toFixed(1)} ms`
      : `${(micros / 1e6).toFixed(2)} s`;
}
