/** One line for one exchange, as servers have written them since NCSA httpd. Lines come without their end. */

/** Texts have one char per byte, as received. */
export interface LoggedExchange {
  readonly remoteAddress: string;
  /** Wall-clock milliseconds at the first byte of the request. */
  readonly beginMs: number;
  /** '' when the request line could not be read. */
  readonly method: string;
  readonly target: string;
  /** `1.1` */
  readonly version: string;
  /** Undefined when no response was begun. */
  readonly status: number | undefined;
  /** Content bytes sent, without head and chunk framing. */
  readonly bodyBytes: number;
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  /** From the first byte in to the last byte out; undefined when the response did not end. */
  readonly durationMicros: number | undefined;
}

/** `127.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 200 2326` */
export function commonLine(exchange: LoggedExchange, utcOffsetMinutes = 0): string {
  const { remoteAddress, method, target, version, status, bodyBytes } = exchange;
  const request = method === '' ? '-' : `${inert(method)} ${inert(target)} HTTP/${version}`;
  const time = clfTime(exchange.beginMs, utcOffsetMinutes);
  // A dash rather than 0 for no content: the format is read by programs that expect it.
  const bytes = bodyBytes === 0 ? '-' : String(bodyBytes);
  return `${remoteAddress || '-'} - - [${time}] "${request}" ${status ?? '-'} ${bytes}`;
}

/** The common line with Referer and User-Agent behind it. */
export function combinedLine(exchange: LoggedExchange, utcOffsetMinutes = 0): string {
  const { referer, userAgent } = exchange;
  return `${commonLine(exchange, utcOffsetMinutes)} "${quoted(referer)}" "${quoted(userAgent)}"`;
}

/** One JSON object; what is not known is null. */
export function jsonLine(exchange: LoggedExchange): string {
  return JSON.stringify({
    time: new Date(exchange.beginMs).toISOString(),
    remote: exchange.remoteAddress,
    method: exchange.method || null,
    target: exchange.target || null,
    version: exchange.version || null,
    status: exchange.status ?? null,
    bytes: exchange.bodyBytes,
    micros: exchange.durationMicros === undefined ? null : Math.round(exchange.durationMicros),
    referer: exchange.referer ?? null,
    userAgent: exchange.userAgent ?? null,
  });
}

function quoted(value: string | undefined): string {
  return value === undefined || value === '' ? '-' : inert(value);
}

/** As Apache does: a peer must not be able to end a field, forge a line, or reach the terminal. */
function inert(text: string): string {
  return text.replace(/["\\]|[^\x20-\x7e]/g, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10/Oct/2000:13:55:36 -0700` */
function clfTime(ms: number, utcOffsetMinutes: number): string {
  const local = new Date(ms + utcOffsetMinutes * 60_000);
  const day = `${two(local.getUTCDate())}/${MONTHS[local.getUTCMonth()]}/${local.getUTCFullYear()}`;
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
  const offset = Math.abs(utcOffsetMinutes);
  const zone = `${utcOffsetMinutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}${two(offset % 60)}`;
  return `${day}:${time} ${zone}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
