/** A request as a curl command for bash that puts the same bytes on the wire. */
import { printfWord, shellWord } from './shell.ts';

/** Texts have one char per byte, as received. */
export interface CurlRequest {
  readonly method: string;
  /** The request-target as on the request line. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** In wire order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Scheme and authority to connect to, such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Content with the chunked coding removed. Read during the call only. */
  readonly body?: Uint8Array | undefined;
}

export interface CurlCommand {
  readonly command: string;
  /** Where curl will differ from the request, one sentence each. Empty: it sends the same bytes. */
  readonly notes: readonly string[];
}

/** A longer content would make a command that nobody can paste; Linux takes 128 KiB in one argument. */
const MAX_INLINE_BYTES = 65_536;

/** From this length curl asks for 100-continue by itself. */
const CURL_EXPECTS_BYTES = 1_048_576;

export function toCurl(request: CurlRequest): CurlCommand {
  const notes: string[] = [];
  const words = [
    ...versionWords(request),
    ...methodWords(request, notes),
    ...targetWords(request),
    ...fieldWords(request, notes),
  ];
  const content = contentWords(request, notes);
  return { command: [...content.before, 'curl', ...words, ...content.words].join(' '), notes };
}

function versionWords({ version, origin }: CurlRequest): string[] {
  if (version === '1.0') return ['--http1.0'];
  // Over TLS curl would offer HTTP/2.
  return origin.startsWith('https:') ? ['--http1.1'] : [];
}

function methodWords(request: CurlRequest, notes: string[]): string[] {
  const { method } = request;
  const hasContent = sendsContent(request);
  if (method === 'CONNECT')
    notes.push('curl sends CONNECT only to a proxy, as the first step of another request');
  if (method === 'HEAD' && !hasContent) return ['--head'];
  if (method === 'HEAD')
    notes.push('With -X HEAD curl waits for the content that the answer announces but does not have');
  return method === (hasContent ? 'POST' : 'GET') ? [] : ['-X', shellWord(method)];
}

function targetWords({ origin, target }: CurlRequest): string[] {
  // What a URL cannot hold: the asterisk, absolute and authority forms, what comes after a `#`, and raw bytes.
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(target)) {
    return ['--request-target', shellWord(target), shellWord(`${origin}/`)];
  }
  const words: string[] = [];
  // Without it curl resolves dot segments, as a browser does.
  if (/\/\.\.?(?:[/?]|$)/.test(target)) words.push('--path-as-is');
  // Brackets and braces mean sets of URLs to curl.
  if (/[[\]{}]/.test(origin + target)) words.push('--globoff');
  return [...words, shellWord(origin + target)];
}

function fieldWords(request: CurlRequest, notes: string[]): string[] {
  const { fields, origin, version } = request;
  const words: string[] = [];
  const add = (line: string) => words.push('-H', shellWord(line));
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
    if (key === 'host' && value === origin.replace(/^\w+:\/\//, '')) continue;
    // Curl counts for itself.
    if (key === 'content-length' && sendsContent(request)) continue;
    // A bare colon would take the field away; the semicolon sends it empty.
    add(value === '' ? `${name};` : `${name}: ${value}`);
  }
  noteContentLength(request, notes);
  return words;
}

function noteContentLength(request: CurlRequest, notes: string[]): void {
  const at = request.fields.findIndex(([name]) => name.toLowerCase() === 'content-length');
  const field = request.fields[at];
  if (field === undefined || !sendsContent(request)) return;
  if (Number(field[1]) !== (request.body?.length ?? 0)) {
    notes.push('Content-Length does not fit the content that was captured; curl sends the length it has');
  } else if (at !== request.fields.length - 1 || field[0] !== 'Content-Length') {
    notes.push('curl writes Content-Length in its own place and spelling');
  }
}

function contentWords(request: CurlRequest, notes: string[]): { before: string[]; words: string[] } {
  if (!sendsContent(request)) return { before: [], words: [] };
  const body = request.body ?? new Uint8Array();
  if (isChunked(request)) notes.push('curl cuts the content into its own chunks');
  if (body.length > MAX_INLINE_BYTES) {
    notes.push(`Save the content (${body.length} B) as body.bin first`);
    return { before: [], words: ['--data-binary', '@body.bin'] };
  }
  const text = latin1(body);
  if (text.includes('\0')) {
    return { before: ['printf', printfWord(text), '|'], words: ['--data-binary', '@-'] };
  }
  // An @ in front would name a file.
  return {
    before: [],
    words: [text.startsWith('@') ? '--data-raw' : '--data-binary', shellWord(text) || "''"],
  };
}

/** Also true for content of length zero that is announced. */
function sendsContent(request: CurlRequest): boolean {
  const announced = request.fields.some(([name]) => name.toLowerCase() === 'content-length');
  return announced || isChunked(request) || (request.body?.length ?? 0) > 0;
}

function isChunked({ fields }: CurlRequest): boolean {
  return fields.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value));
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
