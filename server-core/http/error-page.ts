/** Every error answer of the server: plain words, the clause behind them, as a page or as text. */
import { FAULTS, type FaultCode, type FaultInfo } from '../wire/faults.ts';
import { reasonPhrase } from '../wire/http1/writer.ts';
import { HttpError } from './errors.ts';
import { escapeHtml, PAGE_POLICY, renderPage } from './page.ts';
import type { Request } from './request.ts';
import type { FieldPair, Response } from './response.ts';

export interface ErrorDetail {
  /** The governing clause, such as `RFC 9110 §15.5.5`. */
  readonly section?: string | undefined;
  readonly faultCode?: FaultCode | undefined;
  /** Stream offset of the first byte that could not be accepted. */
  readonly offset?: number | undefined;
  /** Whose Accept field chooses between page and text; without one the answer is text. */
  readonly request?: Request | undefined;
  readonly fields?: readonly FieldPair[] | undefined;
  /** Close the connection after the answer. */
  readonly close?: boolean | undefined;
}

/**
 * An error answer. `text` is one sentence without full stop, fit for strangers. Browsers get a page, everything
 * that does not ask for HTML (curl, fetch, an image tag) gets two lines of text.
 */
export function errorResponse(status: number, text: string, detail: ErrorDetail = {}): Response {
  const html = acceptsHtml(detail.request?.head.fields.all('accept'));
  const body = html ? errorPage(status, text, detail) : errorText(status, text, detail);
  const fields: FieldPair[] = [
    ['Content-Type', html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'],
    // A 404 may be cached without being told so (RFC 9110 §15.1): the file made a second later would not be seen.
    ['Cache-Control', 'no-store'],
    ['Vary', 'Accept'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  if (html) fields.push(['Content-Security-Policy', PAGE_POLICY]);
  if (detail.fields) fields.push(...detail.fields);
  return detail.close ? { status, fields, body, close: true } : { status, fields, body };
}

/** The answer to bytes that are not HTTP. Where they went wrong the next request cannot be found, so it closes. */
export function faultResponse(code: FaultCode, at: number, request?: Request): Response {
  const info: FaultInfo = FAULTS[code];
  return errorResponse(info.status ?? 400, info.sentence, {
    section: info.section,
    faultCode: code,
    offset: at,
    request,
    close: true,
  });
}

/** The answer to whatever a handler threw. Only an HttpError says more than 500. */
export function problemResponse(error: unknown, request?: Request): Response {
  if (!(error instanceof HttpError)) {
    if (request?.tracing) request.mark('note', `The handler failed: ${String(error)}`);
    return errorResponse(500, 'The server failed to answer this request', {
      section: 'RFC 9110 §15.6.1',
      request,
    });
  }
  return errorResponse(error.status, error.publicText, {
    section: error.section,
    faultCode: error.code,
    fields: error.fields,
    request,
  });
}

/**
 * Whether HTML is asked for by name, with a weight above zero (RFC 9110 §12.5.1). A bare wildcard does not count:
 * it is what curl and image tags send, and both are better served by text.
 */
export function acceptsHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type !== 'text/html' && type !== 'application/xhtml+xml') return false;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined || Number(weight.slice(2)) > 0;
  });
}

function errorText(status: number, text: string, detail: ErrorDetail): Uint8Array {
  const lines = [`${status} ${reasonPhrase(status)}`, `${text}.`];
  if (detail.section) lines.push(detail.section);
  if (detail.faultCode) lines.push(faultLine(detail.faultCode, detail.offset));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function faultLine(code: FaultCode, offset: number | undefined): string {
  return offset === undefined ? code : `${code} at byte ${offset}`;
}

const ERROR_STYLE = `
main{max-width:600px;margin:min(18vh,160px) auto 0;padding-bottom:48px}
h1{display:flex;align-items:center;gap:12px;margin:0;font:500 22px/28px var(--sans)}
h1 svg{width:12px;height:12px;flex:none;fill:var(--hue)}h1 .mono{color:var(--hue)}
p{margin:12px 0 0;font-size:15px;line-height:24px;color:var(--ink-2)}
.trace{display:block;width:100%;height:24px;margin:24px 0 0;fill:none;stroke:var(--line-2)}
.trace .up,.trace .down{stroke-width:2}.trace .up{stroke:var(--client)}.trace .down{stroke:var(--server)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:16px 0 0}
dt{color:var(--ink-3)}dd{margin:0;overflow-wrap:anywhere}
`.replaceAll('\n', '');

/** The shape that goes with the hue in every view: a diamond is 4xx, a square is 5xx. */
const DIAMOND = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 0l6 6-6 6-6-6z"/></svg>';
const SQUARE = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1h10v10H1z"/></svg>';
const TRACE =
  '<svg class="trace" viewBox="0 0 600 24" preserveAspectRatio="none" aria-hidden="true">' +
  '<path d="M0 12.5h600"/><path class="up" d="M48 12V2"/><path class="down" d="M64 13v7M68 13v4"/></svg>';

function errorPage(status: number, text: string, detail: ErrorDetail): Uint8Array {
  const reason = escapeHtml(reasonPhrase(status));
  const facts: string[] = [];
  if (detail.section) facts.push(fact('Governed by', detail.section));
  if (detail.faultCode) facts.push(fact('Fault', faultLine(detail.faultCode, detail.offset)));
  return renderPage({
    title: `${status} ${reasonPhrase(status)}`,
    style: `:root{--hue:var(--s${status < 500 ? 4 : 5})}${ERROR_STYLE}`,
    header: 'Wirescope',
    main:
      `<h1>${status < 500 ? DIAMOND : SQUARE}<span class="mono">${status}</span> ${reason}</h1>` +
      `<p>${escapeHtml(text)}.</p>${TRACE}` +
      (facts.length > 0 ? `<dl>${facts.join('')}</dl>` : ''),
  });
}

function fact(name: string, value: string): string {
  return `<dt>${name}</dt><dd class="mono">${escapeHtml(value)}</dd>`;
}
