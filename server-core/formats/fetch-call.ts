/** A request as a call of `fetch`, for the console of a browser or for Node. */
import { base64 } from '../wire/ws/base64.ts';
import { type RepeatCommand, type RepeatRequest, utf8 } from './repeat-request.ts';

/** Fetch, "forbidden request-header": browsers set these themselves, and leave out what a script says. */
const FORBIDDEN =
  /^(?:accept-(?:charset|encoding)|access-control-request-(?:headers|method)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(?:proxy|sec)-.*)$/i;
/** Set by the connection, not by who asks. */
const OWN = /^(?:connection|content-length|host|keep-alive|transfer-encoding)$/i;

export function toFetch(request: RepeatRequest): RepeatCommand {
  const { method, target, fields, origin, body } = request;
  const notes: string[] = [];
  const isBodiless = method === 'GET' || method === 'HEAD';
  if (/^(?:CONNECT|TRACE|TRACK)$/i.test(method)) notes.push(`fetch refuses the method ${method}`);
  if (!target.startsWith('/')) notes.push('fetch sends paths only, so the target will differ');
  const given = fields.filter(([name]) => !OWN.test(name));
  const left = [...new Set(given.filter(([name]) => FORBIDDEN.test(name)).map(([name]) => name))];
  if (left.length > 0) notes.push(`A browser sets ${left.join(', ')} itself; Node sends them as they stand`);
  const options: string[] = [];
  if (method !== 'GET') options.push(`  method: ${literal(method)},`);
  if (given.length > 0) {
    // Pairs and not an object: a name may stand twice.
    const pairs = given.map(([name, value]) => `    [${literal(name)}, ${literal(value)}],`);
    options.push('  headers: [', ...pairs, '  ],');
  }
  if (body !== undefined && body.length > 0) {
    if (isBodiless) notes.push(`fetch takes no content with ${method}`);
    else options.push(`  body: ${content(body)},`);
  }
  const url = literal(origin + (target.startsWith('/') ? target : '/'));
  const command =
    options.length === 0 ? `await fetch(${url});` : `await fetch(${url}, {\n${options.join('\n')}\n});`;
  return { command, notes };
}

function content(body: Uint8Array): string {
  const text = utf8(body);
  if (text !== undefined) return literal(text);
  return `Uint8Array.from(atob(${literal(base64(body))}), (char) => char.charCodeAt(0))`;
}

/** In a script these two end a line; in JSON they need not be escaped. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
