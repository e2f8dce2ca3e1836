import { COLON, latin1Bytes, SLASH } from '../bytes.ts';
import { hostEnd, isAuthority } from './host.ts';

/** The four forms of request-target, RFC 9112 §3.2. */
export type RequestTarget =
  | { readonly form: 'origin'; readonly path: string; readonly query: string | undefined }
  | {
      readonly form: 'absolute';
      readonly scheme: string;
      readonly authority: string;
      readonly path: string;
      readonly query: string | undefined;
    }
  | { readonly form: 'authority'; readonly authority: string }
  | { readonly form: 'asterisk' };

/**
 * Takes a request-target apart; undefined when it has no form that this method can use. `target` has one char
 * per byte. Nothing is decoded or normalised: path and query are as received, without the "?". The path of an
 * absolute form is "/" where it was empty.
 */
export function parseTarget(method: string, target: string): RequestTarget | undefined {
  // RFC 9112 §3.2.3: the authority form is only for CONNECT, and CONNECT has no other.
  if (method === 'CONNECT')
    return isHostAndPort(target) ? { form: 'authority', authority: target } : undefined;
  // RFC 9112 §3.2.1
  if (target.charCodeAt(0) === SLASH) return { form: 'origin', ...splitQuery(target) };
  // RFC 9112 §3.2.4: the asterisk form is only for OPTIONS.
  if (target === '*') return method === 'OPTIONS' ? { form: 'asterisk' } : undefined;
  return parseAbsolute(target);
}

const ABSOLUTE = /^([A-Za-z][A-Za-z\d+.-]*):\/\/([^/?]*)(.*)$/s;

/** RFC 9112 §3.2.2. Only with an authority: a URI without one names nothing that an HTTP server holds. */
function parseAbsolute(target: string): RequestTarget | undefined {
  const match = ABSOLUTE.exec(target);
  if (!match) return undefined;
  const [, scheme = '', authority = '', rest = ''] = match;
  const bytes = latin1Bytes(authority);
  if (!isAuthority(bytes, 0, bytes.length)) return undefined;
  // RFC 9110 §4.2.3: an empty path is the same as "/".
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return { form: 'absolute', scheme, authority, ...splitQuery(path) };
}

function splitQuery(text: string): { path: string; query: string | undefined } {
  const mark = text.indexOf('?');
  if (mark < 0) return { path: text, query: undefined };
  return { path: text.slice(0, mark), query: text.slice(mark + 1) };
}

/** authority-form = uri-host ":" port. */
function isHostAndPort(target: string): boolean {
  const bytes = latin1Bytes(target);
  const end = hostEnd(bytes, 0, bytes.length);
  return isAuthority(bytes, 0, bytes.length) && bytes[end] === COLON && end + 1 < bytes.length;
}
