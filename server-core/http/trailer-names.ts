/**
 * RFC 9110 §6.5.1: a sender keeps out of trailers what frames or routes a message, controls or authenticates it, or
 * says how its content is to be read; and all conditions (§13.1).
 */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'content-length',
  'trailer',
  'te',
  'connection',
  'keep-alive',
  'upgrade',
  'host',
  'expect',
  'max-forwards',
  'range',
  'cache-control',
  'pragma',
  'age',
  'expires',
  'date',
  'location',
  'retry-after',
  'vary',
  'warning',
  'authorization',
  'www-authenticate',
  'proxy-authenticate',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'content-encoding',
  'content-type',
  'content-range',
]);

/** Whether a field may be sent behind the content. By name in any case. */
export function mayBeTrailer(name: string): boolean {
  const lower = name.toLowerCase();
  return !FORBIDDEN.has(lower) && !lower.startsWith('if-');
}
