/** A request as a command of PowerShell, of Windows and of others. */
import { base64 } from '../wire/ws/base64.ts';
import {
  authorityOf,
  isChunked,
  MAX_INLINE_BYTES,
  type RepeatCommand,
  type RepeatRequest,
} from './repeat-request.ts';

/** .NET writes these by itself. */
const OWN = /^(?:connection|content-length|host|keep-alive|transfer-encoding|expect)$/i;

export function toPowerShell(request: RepeatRequest): RepeatCommand {
  const { method, target, version, fields, origin, body } = request;
  const notes: string[] = [];
  if (version === '1.0') notes.push('Invoke-WebRequest speaks HTTP/1.1');
  if (!target.startsWith('/')) notes.push('Invoke-WebRequest sends paths only, so the target will differ');
  if (/\/\.\.?(?:[/?]|$)/.test(target)) notes.push('Invoke-WebRequest resolves the dots of the path');
  if (isChunked(request)) notes.push('Invoke-WebRequest sends the content whole, not in chunks');
  const host = fields.find(([name]) => name.toLowerCase() === 'host');
  if (host !== undefined && host[1] !== authorityOf(origin))
    notes.push('Invoke-WebRequest sends its own Host');
  const words = [
    'Invoke-WebRequest',
    '-UseBasicParsing',
    `-Uri ${quoted(origin + (target.startsWith('/') ? target : '/'))}`,
  ];
  // A token may hold | and &, RFC 9110 §5.6.2: bare, what follows them would be run.
  if (STANDARD.test(method)) words.push(...(method === 'GET' ? [] : [`-Method ${method}`]));
  else words.push(`-CustomMethod ${quoted(method)}`);
  if (origin.startsWith('https:')) {
    words.push('-SkipCertificateCheck');
    notes.push('-SkipCertificateCheck takes any certificate, and needs PowerShell 6');
  }
  if (STANDARD.test(method) === false) notes.push('-CustomMethod needs PowerShell 6');
  const given = fields.filter(([name]) => !OWN.test(name));
  const agent = given.find(([name]) => name.toLowerCase() === 'user-agent');
  const type = given.find(([name]) => name.toLowerCase() === 'content-type');
  if (agent) words.push(`-UserAgent ${quoted(agent[1])}`);
  if (type) words.push(`-ContentType ${quoted(type[1])}`);
  const joined = joinedFields(given.filter((field) => field !== agent && field !== type));
  if (joined.size > 0) {
    const entries = [...joined.values()].map(([name, value]) => `  ${quoted(name)} = ${quoted(value)}`);
    words.push(`-Headers @{\n${entries.join('\n')}\n}`);
  }
  if (joined.size < given.length - [agent, type].filter(Boolean).length) {
    notes.push('Fields of one name are joined by commas');
  }
  if (body !== undefined && body.length > MAX_INLINE_BYTES) {
    notes.push(`Save the content (${body.length} B) as body.bin first`);
    words.push('-InFile body.bin');
  } else if (body !== undefined && body.length > 0) {
    words.push(`-Body ([Convert]::FromBase64String(${quoted(base64(body))}))`);
  }
  return { command: words.join(' '), notes };
}

const STANDARD = /^(?:GET|HEAD|POST|PUT|DELETE|TRACE|OPTIONS|PATCH|MERGE)$/;

/** A table of PowerShell holds a name once, without case. */
function joinedFields(fields: RepeatRequest['fields']): Map<string, readonly [name: string, value: string]> {
  const joined = new Map<string, readonly [string, string]>();
  for (const [name, value] of fields) {
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), before ? [before[0], `${before[1]}, ${value}`] : [name, value]);
  }
  return joined;
}

/** Within single quotes PowerShell reads nothing but the closing one; it takes typographic ones for the same. */
function quoted(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
