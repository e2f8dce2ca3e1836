/** A request as a command of HTTPie for bash. */
import {
  authorityOf,
  isChunked,
  latin1,
  MAX_INLINE_BYTES,
  type RepeatCommand,
  type RepeatRequest,
  sendsContent,
} from './repeat-request.ts';
import { BASH, shellWord } from './shell.ts';

/** What HTTPie adds by itself where the request has none. */
const ADDED = ['Accept', 'Accept-Encoding', 'Connection', 'User-Agent'];

export function toHttpie(request: RepeatRequest): RepeatCommand {
  const { method, target, version, fields, origin } = request;
  const notes: string[] = [];
  const isSecure = origin.startsWith('https:');
  if (version === '1.0') notes.push('HTTPie speaks HTTP/1.1 only');
  if (!target.startsWith('/')) notes.push('HTTPie sends paths only, so the target will differ');
  if (isSecure)
    notes.push(
      '--verify=no takes any certificate; with --verify and the file of its authority it is checked',
    );
  const words = ['--path-as-is', ...(isSecure ? ['--verify=no'] : []), method];
  words.push(origin + (target.startsWith('/') ? target : '/'), ...fieldItems(request, notes));
  const before: string[] = [];
  const body = request.body ?? new Uint8Array();
  if (!sendsContent(request)) words.unshift('--ignore-stdin');
  else if (body.length > MAX_INLINE_BYTES) {
    notes.push(`Save the content (${body.length} B) as body.bin first`);
    before.push('<', 'body.bin');
  } else before.push(BASH.print!(latin1(body)), '|');
  if (isChunked(request)) words.unshift('--chunked');
  const repeated = fields.length > new Set(fields.map(([name]) => name.toLowerCase())).size;
  if (repeated) notes.push('HTTPie may join fields of one name');
  const command = [...before, 'http', ...words.map(shellWord)].join(' ');
  return { command, notes };
}

function fieldItems({ fields, origin }: RepeatRequest, notes: string[]): string[] {
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  const items: string[] = [];
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (key === 'host' && value === authorityOf(origin)) continue;
    // HTTPie counts for itself.
    if (key === 'content-length' || key === 'transfer-encoding') continue;
    // A bare colon would take the field away; the semicolon sends it empty.
    // Behind it an @ would name a file to send, and = begin JSON.
    const plain = value.replace(/^[=@]/, '\\$&');
    items.push(value === '' ? `${name};` : `${name.replace(/[:=@;\\]/g, '\\$&')}:${plain}`);
  }
  for (const name of ADDED) if (!names.has(name.toLowerCase())) items.push(`${name}:`);
  if (!names.has('host')) notes.push('HTTPie sends Host, the request did not');
  return items;
}
