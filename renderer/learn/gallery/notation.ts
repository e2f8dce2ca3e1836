/** Pieces of requests, in the notation of `escapes.ts`. */
export const HOST = 'Host: {host}\\r\\n\n';
export const END = '\\r\\n\n';

/** Start of a message, its lines one by one. */
export function message(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\\r\\n\n`).join('');
}

export function get(target: string, ...fields: readonly string[]): string {
  return `${message(`GET ${target} HTTP/1.1`)}${HOST}${message(...fields)}${END}`;
}

export const CHUNKED_POST = message('POST /notes HTTP/1.1', 'Host: {host}', 'Transfer-Encoding: chunked');
