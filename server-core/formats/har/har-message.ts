/** The two messages of a HAR entry as bytes again. A HAR holds what was meant, not what was sent, so they are rebuilt. */
import { encodeUtf8, writeLatin1 } from '../../capture/text.ts';
import { fromBase64 } from '../base64.ts';
import type { HarEntry, HarPair } from './har-file.ts';

export interface Rebuilt {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
  /** In what they differ from what was sent for certain, one sentence each. */
  readonly notes: readonly string[];
}

/** Content as a coding has it; undefined for one that cannot be made. */
export type Encode = (coding: string, content: Uint8Array) => Uint8Array | undefined;

export interface HarUrl {
  readonly scheme: string;
  readonly authority: string;
  readonly host: string;
  readonly port: number;
  readonly target: string;
}

/** Undefined for what is no address of a server: `data:`, `about:` and `chrome-extension:` are in HARs of browsers. */
export function harUrl(url: string): HarUrl | undefined {
  const [, scheme = '', host = '', digits, rest = ''] =
    /^(https?|wss?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)(?::(\d{1,5}))?([^#]*)/i.exec(url) ?? [];
  if (host === '') return undefined;
  const isSecure = /s$/i.test(scheme);
  const port = digits === undefined ? (isSecure ? 443 : 80) : Number(digits);
  if (port > 65_535) return undefined;
  const target = escaped(rest.startsWith('/') ? rest : `/${rest}`);
  const authority = digits === undefined ? host : `${host}:${digits}`;
  return { scheme: isSecure ? 'https' : 'http', authority, host, port, target };
}

export function rebuiltRequest({ request }: HarEntry, url: HarUrl, encode: Encode): Rebuilt {
  const notes = versionNotes(request.httpVersion);
  const { postData } = request;
  const content =
    postData?.text === undefined
      ? encodeUtf8(formText(postData?.params ?? []))
      : textBytes(postData.text, postData._encoding);
  const target = request._target || (request.method === 'CONNECT' ? url.authority : url.target);
  const framed = frame(plainFields(request.headers), content, content.length > 0, encode, notes);
  const start = `${token(request.method)} ${target} ${version(request.httpVersion)}`;
  return { head: headBytes(start, framed.fields), body: framed.body, notes };
}

export function rebuiltResponse({ request, response }: HarEntry, encode: Encode): Rebuilt {
  const notes = versionNotes(response.httpVersion);
  const { status, statusText, content } = response;
  // RFC 9112 §6.3: these end with their head whatever their fields say.
  const hasContent = request.method !== 'HEAD' && status !== 204 && status !== 304 && status !== 101;
  const bytes = content?.text === undefined ? new Uint8Array(0) : textBytes(content.text, content.encoding);
  if (hasContent && content?.text === undefined && (content?.size ?? 0) > 0) {
    notes.push(`The file does not hold its content of ${content?.size} bytes`);
  }
  const fields = plainFields(response.headers);
  const framed = hasContent ? frame(fields, bytes, true, encode, notes) : { fields, body: new Uint8Array(0) };
  const start = `${version(response.httpVersion)} ${String(status).padStart(3, '0')} ${statusText}`;
  return { head: headBytes(start, framed.fields), body: framed.body, notes };
}

interface Framed {
  readonly fields: readonly HarPair[];
  readonly body: Uint8Array;
}

/** Codes and frames content as the fields say it was. Where that cannot be, the fields are changed, and it is noted. */
function frame(
  given: readonly HarPair[],
  content: Uint8Array,
  announce: boolean,
  encode: Encode,
  notes: string[],
): Framed {
  let fields = given;
  const coding = valueIn(fields, 'content-encoding').toLowerCase();
  let body = content;
  if (coding !== '' && coding !== 'identity' && content.length > 0) {
    const coded = encode(coding, content);
    if (coded) body = coded;
    else {
      fields = without(fields, 'content-encoding');
      notes.push(`Content-Encoding: ${coding} is left out, since the file holds the content decoded`);
    }
  }
  if (/\bchunked$/i.test(valueIn(fields, 'transfer-encoding'))) {
    return { fields: without(fields, 'content-length'), body: chunked(body) };
  }
  fields = without(fields, 'transfer-encoding');
  if (!announce && body.length === 0 && valueIn(fields, 'content-length') === '') return { fields, body };
  const length = String(body.length);
  const said = valueIn(fields, 'content-length');
  if (said === length) return { fields, body };
  notes.push(
    said === ''
      ? 'Content-Length is added, since the file does not say how the content was framed'
      : `Content-Length was ${said}; what the file holds has ${length} bytes`,
  );
  return { fields: [...without(fields, 'content-length'), { name: 'Content-Length', value: length }], body };
}

/** One chunk and the last: where the others began is not in the file. */
function chunked(body: Uint8Array): Uint8Array {
  const before = body.length === 0 ? '' : `${body.length.toString(16)}\r\n`;
  const after = body.length === 0 ? '0\r\n\r\n' : '\r\n0\r\n\r\n';
  const framed = new Uint8Array(before.length + body.length + after.length);
  framed.set(encodeUtf8(before));
  framed.set(body, before.length);
  framed.set(encodeUtf8(after), before.length + body.length);
  return framed;
}

/** Fields as HTTP/1 has them: the pseudo fields of HTTP/2 are its start line, and `:authority` its Host. */
function plainFields(pairs: readonly HarPair[]): readonly HarPair[] {
  const fields = pairs
    .filter(({ name }) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    // Browsers join fields of one name by line feeds.
    .flatMap(({ name, value }) => value.split(/\r?\n/).map((line) => ({ name, value: line })));
  const authority = valueIn(pairs, ':authority');
  if (authority === '' || valueIn(fields, 'host') !== '') return fields;
  return [{ name: 'Host', value: authority }, ...fields];
}

function valueIn(fields: readonly HarPair[], name: string): string {
  return fields.find((field) => field.name.toLowerCase() === name)?.value.trim() ?? '';
}

function without(fields: readonly HarPair[], name: string): readonly HarPair[] {
  return fields.filter((field) => field.name.toLowerCase() !== name);
}

function headBytes(start: string, fields: readonly HarPair[]): Uint8Array {
  const lines = fields.map(({ name, value }) => `${name}: ${oneLine(value)}\r\n`);
  return wireBytes(`${oneLine(start)}\r\n${lines.join('')}\r\n`);
}

/** One byte a char where that holds, as heads are read; UTF-8 where somebody has decoded it. */
function wireBytes(text: string): Uint8Array {
  if (/[^\u0000-\u00ff]/.test(text)) return encodeUtf8(text);
  const bytes = new Uint8Array(text.length);
  writeLatin1(bytes, 0, text, text.length);
  return bytes;
}

function textBytes(text: string, encoding: string): Uint8Array {
  return encoding.toLowerCase() === 'base64' ? fromBase64(text) : encodeUtf8(text);
}

function formText(params: readonly HarPair[]): string {
  const form = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  return params.map(({ name, value }) => `${form(name)}=${form(value)}`).join('&');
}

function versionNotes(httpVersion: string): string[] {
  const isOther = /^(?:h[23]|http\/[23])/i.test(httpVersion);
  return isOther
    ? [`It was said by ${httpVersion}, which has other forms; this is what it would be in HTTP/1.1`]
    : [];
}

function version(httpVersion: string): string {
  return /^http\/1\.0$/i.test(httpVersion) ? 'HTTP/1.0' : 'HTTP/1.1';
}

function token(text: string): string {
  return text.replace(/[^!#$%&'*+.^_`|~0-9A-Za-z-]/g, '') || 'GET';
}

function oneLine(text: string): string {
  return text.replace(/[\0\r\n]/g, ' ');
}

/** What may not stand in a target, percent-encoded. */
function escaped(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (char) => {
    const bytes = encodeUtf8(char);
    return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}
