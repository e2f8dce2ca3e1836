/** What of a request goes on to the origin. */
import type { Request } from '../../http/request.ts';
import { encodeRequestHead, type FieldLine } from '../../wire/http1/writer.ts';
import { clientHost, FORWARDED_NAMES, type ForwardedForm, forwardedFields } from './forwarded.ts';
import { connectionOptions, endToEnd, listed } from './hop-by-hop.ts';
import type { Origin } from './origin.ts';

export interface RequestHeadOptions {
  /** `origin` sends the origin's own name in Host, `client` the one that the client asked for. */
  readonly host: 'origin' | 'client';
  readonly forwarded: ForwardedForm;
  readonly trustForwarded: boolean;
  /** This proxy's name in Via. */
  readonly pseudonym: string;
  /** Protocols to which a connection may be switched, in lower case. */
  readonly upgrades: readonly string[];
}

/** Written anew by this hop. */
const OWN: ReadonlySet<string> = new Set(['host', 'content-length', 'max-forwards']);
const PRETENDABLE: ReadonlySet<string> = new Set([...OWN, ...FORWARDED_NAMES]);

/** The request's head as sent to the origin. Framing is the caller's to keep: it is that of `request.head.framing`. */
export function originRequestHead(request: Request, origin: Origin, options: RequestHeadOptions): Uint8Array {
  const { head } = request;
  const { fields, framing } = head;
  // What is trusted and not written anew passes as it is.
  const dropped = options.trustForwarded && options.forwarded === 'none' ? OWN : PRETENDABLE;
  const host = options.host === 'client' ? clientHost(request) : undefined;

  // RFC 9110 §7.2: Host comes first.
  const lines: FieldLine[] = [['Host', host ?? origin.authority]];
  for (const line of endToEnd(fields, dropped)) {
    // RFC 9110 §10.1.1: an expectation without content cannot be met.
    if (line[0].toLowerCase() === 'expect' && framing.kind === 'none') continue;
    lines.push(line);
  }
  const forwards = maxForwards(request);
  if (forwards !== undefined) lines.push(['Max-Forwards', String(forwards - 1)]);
  lines.push(...forwardedFields(request, options.forwarded, options.trustForwarded));
  // RFC 9110 §7.6.3
  lines.push(['Via', `${head.version} ${options.pseudonym}`]);
  if (framing.kind === 'length') lines.push(['Content-Length', String(framing.length)]);
  if (framing.kind === 'chunked') lines.push(['Transfer-Encoding', 'chunked']);
  const protocol = askedUpgrade(request, options.upgrades);
  if (protocol !== undefined) lines.push(['Connection', 'Upgrade'], ['Upgrade', protocol]);
  return encodeRequestHead(request.method, originTarget(request, origin), lines);
}

/** The target at the origin: always in origin form, or the asterisk (RFC 9112 §3.2.1, §3.2.4). */
export function originTarget(request: Request, origin: Origin): string {
  const { target } = request;
  if (target.form === 'asterisk') return '*';
  if (target.form === 'authority') throw new Error('CONNECT has no target at an origin');
  return `${origin.basePath}${target.path}${target.query === undefined ? '' : `?${target.query}`}`;
}

/**
 * The protocol that the client wants to switch to, when it is one of `upgrades`; the first of those it lists. A
 * request with content is never switched: nobody could tell where its content ends and the protocol starts.
 */
export function askedUpgrade(request: Request, upgrades: readonly string[]): string | undefined {
  const { version, fields, framing } = request.head;
  // RFC 9110 §7.8: to be ignored in HTTP/1.0, and without the connection option.
  if (version === '1.0' || framing.kind !== 'none' || !connectionOptions(fields).has('upgrade'))
    return undefined;
  return listed(fields.all('upgrade')).find((protocol) => upgrades.includes(protocol));
}

/** Max-Forwards of a method for which it counts. RFC 9110 §7.6.2. */
export function maxForwards(request: Request): number | undefined {
  if (request.method !== 'OPTIONS' && request.method !== 'TRACE') return undefined;
  const value = request.head.fields.get('max-forwards');
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
