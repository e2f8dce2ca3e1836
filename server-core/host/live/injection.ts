/** Puts the live script into pages that a browser visits, and keeps their fields true. */
import { listsTag, weakMatch } from '../../files/entity-tags.ts';
import type { Middleware } from '../../http/compose.ts';
import { acceptsHtml } from '../../http/error-page.ts';
import { withoutFields } from '../../http/fewer-fields.ts';
import { PAGE_POLICY } from '../../http/page.ts';
import type { Request } from '../../http/request.ts';
import type { ByteSource, FieldPair, Response } from '../../http/response.ts';
import { InjectedSource, withTag } from './injected-body.ts';
import { SCRIPT_PATH } from './live-script.ts';
import { scriptPolicy } from './script-policy.ts';

/** Pages that have the script already: those of the files pass the routes as well. */
const injected = new WeakSet<Response>();

/** What is made of a response that its handler keeps is kept as well. */
const kept = new WeakMap<Response, Response>();

/** For handlers whose answers may be asked for only once. */
export const injectInto: Middleware = (request, next) => {
  if (!isVisit(request)) return next(request);
  const finish = (response: Response) => (isPage(response) ? inject(request, response) : response);
  const response = next(request);
  return response instanceof Promise ? response.then(finish) : finish(response);
};

/** A page is changed as it is, whole, and its own tag decides: coding comes later, parts make no visit. */
const ABOUT_FORM: ReadonlySet<string> = new Set([
  'accept-encoding',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
]);

/**
 * For files: they are asked for as they are, without coding, range and conditions. What turns out to be no page is
 * asked for again with all that the client said.
 */
export const injectIntoFiles: Middleware = async (request, next) => {
  if (!isVisit(request)) return next(request);
  const response = await next(withoutFields(request, ABOUT_FORM));
  if (isPage(response)) {
    const page = inject(request, response);
    return notModified(request, page) ?? page;
  }
  release(response);
  return next(request);
};

/** Fetch Metadata tells it, which browsers send to this machine and over TLS only; else that HTML is asked for. */
function isVisit(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const { fields } = request.head;
  const destination = fields.get('sec-fetch-dest');
  if (destination !== undefined) return /^(?:document|iframe|frame)$/.test(destination);
  return acceptsHtml(fields.all('accept'));
}

/** Error pages as well: when what was wrong is put right, they are to show it. */
function isPage(response: Response): boolean {
  const { status, fields, body } = response;
  if (body === undefined || (status !== 200 && status < 400) || injected.has(response)) return false;
  const type = fieldOf(fields, 'content-type') ?? '';
  return /^text\/html[\t ]*(?:;|$)/i.test(type) && fieldOf(fields, 'content-encoding') === undefined;
}

function inject(request: Request, response: Response): Response {
  const known = kept.get(response);
  if (known) return known;
  const { body } = response;
  const policies = fieldsOf(response.fields, 'content-security-policy');
  // The server's own pages forbid every script; this one is its own, too.
  const own = policies.length === 1 && policies[0] === PAGE_POLICY;
  const policy = own ? OWN : scriptPolicy(policies, request.head.fields.get('host') ?? '');
  if (!policy.allowed) {
    return missed(request, response, `its Content-Security-Policy forbids the script (${policy.directive})`);
  }
  if (/charset=["']?utf-16/i.test(fieldOf(response.fields, 'content-type') ?? ''))
    return missed(request, response, UTF_16);
  const tag = tagWith(policy.nonce);
  const fields = response.fields.filter(isStillTrue).map(own ? withOwnPolicy : renamed);
  fields.push(['Vary', 'Accept, Sec-Fetch-Dest']);
  if (!(body instanceof Uint8Array)) {
    const source =
      request.method === 'HEAD'
        ? lengthless(body!)
        : new InjectedSource(body!, tag, () => mark(request, NO_PLACE));
    return remember({ ...response, fields, body: source });
  }
  const whole = withTag(body, tag);
  if (whole === undefined) return missed(request, response, NO_PLACE);
  const page: Response = Object.freeze({ ...response, fields: Object.freeze(fields), body: whole });
  if (Object.isFrozen(response) && policy.nonce === undefined) kept.set(response, page);
  return remember(page);
}

const OWN = { allowed: true, nonce: undefined } as const;
const UTF_16 = 'it is in UTF-16';
const NO_PLACE = 'it is in UTF-16 or begins with a comment that goes on and on';

function tagWith(nonce: string | undefined): Uint8Array {
  const proof = nonce === undefined ? '' : ` nonce="${nonce}"`;
  return Buffer.from(`<script async src="${SCRIPT_PATH}"${proof}></script>`);
}

/** Of the page without the tag. */
const UNTRUE: ReadonlySet<string> = new Set([
  'accept-ranges',
  'content-digest',
  'content-length',
  'last-modified',
  'repr-digest',
]);

function isStillTrue([name, value]: FieldPair): boolean {
  const key = name.toLowerCase();
  // It was made without regard to that field: whether it is coded now is not decided yet.
  return !UNTRUE.has(key) && !(key === 'vary' && /^accept-encoding$/i.test(value));
}

/** RFC 9110 §8.8.3: other content, other tag. As strong as that of the page, since the script's tag never changes. */
function renamed([name, value]: FieldPair): FieldPair {
  return name.toLowerCase() === 'etag' ? [name, `${value.slice(0, -1)}-live"`] : [name, value];
}

function withOwnPolicy([name, value]: FieldPair): FieldPair {
  return value === PAGE_POLICY ? [name, `${value}; script-src 'self'; connect-src 'self'`] : [name, value];
}

/** The files were asked without conditions; RFC 9110 §13.2.2 is applied to what they became. */
function notModified(request: Request, page: Response): Response | undefined {
  const list = request.head.fields.all('if-none-match');
  const tag = fieldOf(page.fields, 'etag');
  if (page.status !== 200 || list === undefined || tag === undefined || !listsTag(list, tag, weakMatch))
    return undefined;
  release(page);
  if (request.tracing) request.mark('decision', `If-None-Match lists ${tag}, so 304`);
  // §15.4.5: no fields that describe content.
  const fields = page.fields.filter(([name]) => /^(?:cache-control|etag|vary|expires)$/i.test(name));
  return { status: 304, fields };
}

function missed(request: Request, response: Response, because: string): Response {
  mark(request, because);
  return remember({ ...response });
}

function mark(request: Request, because: string): void {
  if (request.tracing) request.mark('note', `The page is not reloaded live: ${because}`);
}

function remember(response: Response): Response {
  injected.add(response);
  return response;
}

function lengthless(source: ByteSource): ByteSource {
  return { length: undefined, chunks: () => source.chunks(), close: () => source.close() };
}

function release({ body }: Response): void {
  if (body && !(body instanceof Uint8Array)) body.close();
}

function fieldOf(fields: readonly FieldPair[], name: string): string | undefined {
  return fields.find(([field]) => field.toLowerCase() === name)?.[1];
}

function fieldsOf(fields: readonly FieldPair[], name: string): string[] {
  return fields.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}
