/** A request as a curl command that puts the same bytes on the wire. */
import {
  authorityOf,
  isChunked,
  latin1,
  MAX_INLINE_BYTES,
  type RepeatCommand,
  type RepeatRequest,
  sendsContent,
} from './repeat-request.ts';
import { BASH, type Shell } from './shell.ts';

/** From this length curl asks for 100-continue by itself. */
const CURL_EXPECTS_BYTES = 1_048_576;

export function toCurl(request: RepeatRequest, shell: Shell = BASH): RepeatCommand {
  const notes: string[] = [];
  const words = [
    ...transportWords(request, notes),
    ...methodWords(request, notes),
    ...targetWords(request),
    ...fieldWords(request, notes),
  ];
  const content = contentWords(request, shell, notes);
  const all = [...words, ...content.words];
  if (!all.every(shell.holds)) notes.push(`${shell.name} cannot write some of its bytes: they will differ`);
  return { command: [...content.before, shell.curl, ...all.map(shell.word)].join(' '), notes };
}

function transportWords({ version, origin }: RepeatRequest, notes: string[]): string[] {
  const isSecure = origin.startsWith('https:');
  if (isSecure)
    notes.push('-k takes any certificate; with --cacert and the file of its authority it is checked');
  // Over TLS curl would offer HTTP/2.
  const words = version === '1.0' ? ['--http1.0'] : isSecure ? ['--http1.1'] : [];
  return isSecure ? [...words, '-k'] : words;
}

function methodWords(request: RepeatRequest, notes: string[]): string[] {
  const { method } = request;
  const hasContent = sendsContent(request);
  if (method === 'CONNECT')
    notes.push('curl sends CONNECT only to a proxy, as the first step of another request');
  if (method === 'HEAD' && !hasContent) return ['--head'];
  if (method === 'HEAD')
    notes.push('With -X HEAD curl waits for the content that the answer announces but does not have');
  return method === (hasContent ? 'POST' : 'GET') ? [] : ['-X', method];
}

function targetWords({ origin, target }: RepeatRequest): string[] {
  // What a URL cannot hold: the asterisk, absolute and authority forms, what comes after a `#`, and raw bytes.
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(target)) {
    return ['--request-target', target, `${origin}/`];
  }
  const words: string[] = [];
  // Without it curl resolves dot segments, as a browser does.
  if (/\/\.\.?(?:[/?]|$)/.test(target)) words.push('--path-as-is');
  // Brackets and braces mean sets of URLs to curl.
  if (/[[\]{}]/.test(origin + target)) words.push('--globoff');
  return [...words, origin + target];
}

function fieldWords(request: RepeatRequest, notes: string[]): string[] {
  const { fields, origin, version } = request;
  const words: string[] = [];
  const add = (line: string) => words.push('-H', line);
  const named = (name: string) => fields.filter((field) => field[0].toLowerCase() === name);

  // What curl adds by itself and the request did not have.
  for (const name of ['User-Agent', 'Accept']) {
    if (named(name.toLowerCase()).length === 0) add(`${name}:`);
  }
  if (sendsContent(request)) {
    if (named('content-type').length === 0) add('Content-Type:');
    const long = (request.body?.length ?? 0) >= CURL_EXPECTS_BYTES;
    if (version === '1.1' && long && named('expect').length === 0) add('Expect:');
  }

  const hosts = named('host');
  if (hosts.length === 0) add('Host:');
  if (hosts.length > 1) notes.push('curl sends Host once, the request had it more than once');
  if (hosts.length === 1 && fields[0] !== hosts[0])
    notes.push('curl sends Host first, in the request it came later');
  if (hosts.length === 1 && hosts[0]![0] !== 'Host') notes.push('curl writes Host with a capital');

  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (key === 'host' && value === authorityOf(origin)) continue;
    // Curl counts for itself.
    if (key === 'content-length' && sendsContent(request)) continue;
    // A bare colon would take the field away; the semicolon sends it empty.
    add(value === '' ? `${name};` : `${name}: ${value}`);
  }
  noteContentLength(request, notes);
  return words;
}

function noteContentLength(request: RepeatRequest, notes: string[]): void {
  const at = request.fields.findIndex(([name]) => name.toLowerCase() === 'content-length');
  const field = request.fields[at];
  if (field === undefined || !sendsContent(request)) return;
  if (Number(field[1]) !== (request.body?.length ?? 0)) {
    notes.push('Content-Length does not fit the content that was captured; curl sends the length it has');
  } else if (at !== request.fields.length - 1 || field[0] !== 'Content-Length') {
    notes.push('curl writes Content-Length in its own place and spelling');
  }
}

function contentWords(
  request: RepeatRequest,
  shell: Shell,
  notes: string[],
): { before: string[]; words: string[] } {
  if (!sendsContent(request)) return { before: [], words: [] };
  const body = request.body ?? new Uint8Array();
  if (isChunked(request)) notes.push('curl cuts the content into its own chunks');
  const text = latin1(body);
  const isHeld = !text.includes('\0') && shell.holds(text);
  if (body.length > MAX_INLINE_BYTES || (!isHeld && shell.print === undefined)) {
    notes.push(`Save the content (${body.length} B) as body.bin first`);
    return { before: [], words: ['--data-binary', '@body.bin'] };
  }
  if (!isHeld && shell.print) return { before: [shell.print(text), '|'], words: ['--data-binary', '@-'] };
  // An @ in front would name a file.
  return { before: [], words: [text.startsWith('@') ? '--data-raw' : '--data-binary', text] };
}
