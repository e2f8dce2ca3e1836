/**
 * Multipart content taken apart to be shown, RFC 2046 §5.1.1. It refuses nothing: what a server would refuse is
 * what people come to see. A part that was cut off ends with the bytes.
 */
import { latin1 } from './latin1.ts';

export interface Part {
  /** Lines of its head as received. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** From Content-Disposition; '' when it has none. */
  readonly name: string;
  readonly filename: string | undefined;
  readonly mediaType: string;
  /** The part's content: offsets in the whole. */
  readonly start: number;
  readonly end: number;
  /** Whether the boundary after it was seen. */
  readonly whole: boolean;
}

export function multipartParts(content: Uint8Array, boundary: string): Part[] {
  const text = latin1(content);
  const line = `--${boundary}`;
  const parts: Part[] = [];
  let at = text.startsWith(line) ? 0 : text.indexOf(`\r\n${line}`);
  if (at > 0) at += 2;
  while (at >= 0) {
    const after = at + line.length;
    // The last boundary has two dashes behind it.
    if (text.startsWith('--', after)) break;
    const headStart = text.indexOf('\r\n', after);
    if (headStart < 0) break;
    const next = text.indexOf(`\r\n${line}`, headStart);
    const end = next < 0 ? text.length : next;
    parts.push(partOf(text, headStart + 2, end, next >= 0));
    at = next < 0 ? -1 : next + 2;
  }
  return parts;
}

/** The boundary of a media type; undefined when it has none. */
export function boundaryOf(contentType: string): string | undefined {
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

function partOf(text: string, start: number, end: number, whole: boolean): Part {
  // A part without fields begins with the empty line.
  const headEnd = text.startsWith('\r\n', start) ? start - 2 : text.indexOf('\r\n\r\n', start);
  const cut = headEnd < 0 || headEnd > end;
  const head = text.slice(start, cut ? end : Math.max(start, headEnd));
  const fields = head
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf(':');
      return at < 0 ? ([line, ''] as const) : ([line.slice(0, at), utf8(line.slice(at + 1).trim())] as const);
    });
  const find = (name: string) => fields.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
  const disposition = find('content-disposition');
  return {
    fields,
    name: parameter(disposition, 'name') ?? '',
    filename: parameter(disposition, 'filename'),
    mediaType: find('content-type'),
    start: cut ? end : headEnd + 4,
    end,
    whole,
  };
}

function parameter(value: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value);
  return match?.[1] ?? match?.[2];
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
