/** What of the origin's response goes on to the client. */
import type { Request } from '../../http/request.ts';
import type { FieldPair } from '../../http/response.ts';
import type { ResponseHead } from '../../wire/http1/events.ts';
import { clientHost } from './forwarded.ts';
import { endToEnd } from './hop-by-hop.ts';
import { type Origin, originUrl } from './origin.ts';

/** What the connection to the client writes itself: framing of its own hop. */
const OWN: ReadonlySet<string> = new Set(['content-length']);

export function clientFields(
  head: ResponseHead,
  request: Request,
  origin: Origin,
  options: { readonly host: 'origin' | 'client'; readonly pseudonym: string },
): FieldPair[] {
  const fields: FieldPair[] = [];
  for (const [name, value] of endToEnd(head.fields, OWN)) {
    const redirect = options.host === 'origin' && name.toLowerCase() === 'location';
    fields.push([name, redirect ? clientLocation(value, request, origin) : value]);
  }
  fields.push(['Via', `${head.version} ${options.pseudonym}`]);
  return fields;
}

/**
 * A redirect to where the proxy is. An origin that was asked by its own name redirects to that name, and the client
 * would leave the proxy; with a base path also a path is the origin's. Other places are left as they are.
 */
function clientLocation(location: string, request: Request, origin: Origin): string {
  const base = originUrl(origin);
  let path: string | undefined;
  if (startsPath(location, base)) path = location.slice(base.length);
  else if (location.startsWith('/') && !location.startsWith('//') && startsPath(location, origin.basePath)) {
    path = location.slice(origin.basePath.length);
  }
  if (path === undefined) return location;
  const absolute = location.startsWith('/') ? undefined : clientHost(request);
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return absolute === undefined ? rooted : `${request.peer.secure ? 'https' : 'http'}://${absolute}${rooted}`;
}

/** Whether `base` is followed by the end, or by something that begins a path, query or fragment. */
function startsPath(location: string, base: string): boolean {
  return location.startsWith(base) && /^(?:$|[/?#])/.test(location.slice(base.length));
}

/** The length that Content-Length says, also where there is no content (HEAD, 304); undefined without one. */
export function saidLength(head: ResponseHead): number | undefined {
  if (head.framing.kind === 'chunked') return undefined;
  const value = head.fields.get('content-length');
  return value === undefined ? undefined : Number(value);
}
