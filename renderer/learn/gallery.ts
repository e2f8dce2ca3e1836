/**
 * Requests worth looking at, and worth sending. Texts are in the notation of `escapes.ts`; `{host}` stands for the
 * server that is asked. What this server makes of each is held by a test, which runs the parser over them.
 */
import type { FaultCode } from '../../server-core/wire/faults.ts';

export interface Specimen {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** What to look at while it is read and answered. */
  readonly watch: string;
  /** Of a bad one: what it does to those who read it otherwise. */
  readonly danger?: string;
  readonly section: string;
  /** What the parser here finds wrong. */
  readonly fault?: FaultCode;
  /** How it is meant to be sent, where that is the point. */
  readonly cut?: { readonly every: number; readonly pauseMs: number };
}

/** What is sent of it, and how. */
export type SpecimenBytes = Pick<Specimen, 'text' | 'cut'>;

export interface SpecimenGroup {
  readonly name: string;
  readonly specimens: readonly Specimen[];
}

const HOST = 'Host: {host}\\r\\n\n';
const END = '\\r\\n\n';

/** Start of a message, its lines one by one. */
function message(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\\r\\n\n`).join('');
}

function get(target: string, ...fields: readonly string[]): string {
  return `${message(`GET ${target} HTTP/1.1`)}${HOST}${message(...fields)}${END}`;
}

const CHUNKED_POST = message('POST /notes HTTP/1.1', 'Host: {host}', 'Transfer-Encoding: chunked');

export const GALLERY: readonly SpecimenGroup[] = [
  {
    name: 'Good to know',
    specimens: [
      {
        id: 'get',
        name: 'The shortest request',
        text: get('/'),
        watch: 'A request line, the one field that HTTP/1.1 requires, and the empty line that ends the head.',
        section: 'RFC 9112 §3',
      },
      {
        id: 'pipeline',
        name: 'Two requests at once',
        text: get('/') + get('/?second', 'Connection: close'),
        watch: 'Both are sent before any answer. The answers come in the same order, on one connection.',
        section: 'RFC 9112 §9.3.2',
      },
      {
        id: 'head',
        name: 'HEAD',
        text: `${message('HEAD / HTTP/1.1')}${HOST}${END}`,
        watch: 'The head of the answer to a GET, Content-Length and all, with nothing behind it.',
        section: 'RFC 9110 §9.3.2',
      },
      {
        id: 'conditional',
        name: 'Only if it changed',
        text: get('/', 'If-None-Match: *'),
        watch: 'Any version will do, so the answer is 304 and has no content.',
        section: 'RFC 9110 §13.1.2',
      },
      {
        id: 'range',
        name: 'The first ten bytes',
        text: get('/', 'Range: bytes=0-9'),
        watch: '206, a Content-Range that tells the whole length, and ten bytes.',
        section: 'RFC 9110 §14.2',
      },
      {
        id: 'range-outside',
        name: 'A range past the end',
        text: get('/', 'Range: bytes=999999999-'),
        watch: '416 with a Content-Range that tells how long it is.',
        section: 'RFC 9110 §15.5.17',
      },
      {
        id: 'chunked',
        name: 'Chunks and a trailer',
        text: `${CHUNKED_POST}${message('Trailer: X-Check')}${END}${message('c;part=1', 'Hello, wire ', '1a', 'every byte has one meaning', '0', 'X-Check: ok')}${END}`,
        watch: 'Sizes are hexadecimal: 1a is 26. Size 0 is the last chunk, and fields may follow it.',
        section: 'RFC 9112 §7.1',
      },
      {
        id: 'continue',
        name: 'May I send it?',
        text:
          message('PUT /note.txt HTTP/1.1', 'Host: {host}', 'Expect: 100-continue', 'Content-Length: 5') +
          END,
        watch: 'The client holds the content back until it is asked for: here the answer is final at once.',
        section: 'RFC 9110 §10.1.1',
      },
      {
        id: 'absolute',
        name: 'The absolute form',
        text: get('http://{host}/'),
        watch:
          'The form that proxies are sent. A server must take it as well, and go by it rather than by Host.',
        section: 'RFC 9112 §3.2.2',
      },
      {
        id: 'asterisk',
        name: 'OPTIONS *',
        text: `${message('OPTIONS * HTTP/1.1')}${HOST}${END}`,
        watch: 'Asks of the server as a whole rather than of anything on it.',
        section: 'RFC 9112 §3.2.4',
      },
      {
        id: 'web-socket',
        name: 'A WebSocket handshake',
        text: `${get(
          '/',
          'Upgrade: websocket',
          'Connection: Upgrade',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
          'Sec-WebSocket-Version: 13',
        )}\\x81\\x85\\x37\\xfa\\x21\\x3d\\x7f\\x9f\\x4d\\x51\\x58`,
        watch: 'Step past the head: the same bytes are now frames, with a mask over each payload.',
        section: 'RFC 6455 §1.2',
      },
    ],
  },
  {
    name: 'Where does it end?',
    specimens: [
      {
        id: 'two-lengths',
        name: 'Two Content-Lengths',
        text: `${message('POST / HTTP/1.1', 'Host: {host}', 'Content-Length: 5', 'Content-Length: 40')}${END}hello`,
        watch: 'Refused at the second one, before any content is read.',
        danger: 'Who goes by the first and who goes by the last see different requests in the same bytes.',
        section: 'RFC 9112 §6.3',
        fault: 'content-length-duplicate',
      },
      {
        id: 'cl-te',
        name: 'Content-Length and chunked',
        text: `${message('POST / HTTP/1.1', 'Host: {host}', 'Content-Length: 44', 'Transfer-Encoding: chunked')}${END}${message('0')}${END}${message('GET /hidden HTTP/1.1', 'Host: {host}')}${END}`,
        watch: 'Refused at the end of the head. Step on from there: the hidden request is never read.',
        danger:
          'A proxy that goes by the length passes it on as one request; a server that goes by the chunks sees two. The second one is smuggled.',
        section: 'RFC 9112 §6.3',
        fault: 'content-length-with-transfer-encoding',
      },
      {
        id: 'te-obscured',
        name: 'A disguised chunked',
        text: `${message('POST / HTTP/1.1', 'Host: {host}', 'Transfer-Encoding: xchunked')}${END}${message('0')}${END}`,
        watch: 'A coding that is not known cannot be undone: 501.',
        danger: 'Readers that only look for the word “chunked” see chunks where others see none.',
        section: 'RFC 9112 §6.1',
        fault: 'transfer-coding-unknown',
      },
      {
        id: 'bad-chunk',
        name: 'A chunk size that is none',
        text: `${CHUNKED_POST}${END}${message('5', 'hello', '0x5', 'wire!', '0')}${END}`,
        watch: 'Refused at the x: sizes are bare hexadecimal digits.',
        danger: 'strtol and its like take 0x5, +5 and 5_. Where chunks end is where requests end.',
        section: 'RFC 9112 §7.1',
        fault: 'chunk-size-invalid',
      },
      {
        id: 'huge-chunk',
        name: 'A chunk of 2^64 bytes',
        text: `${CHUNKED_POST}${END}${message('10000000000000000', 'hello')}`,
        watch: 'Refused at the seventeenth digit; nothing was set aside for it.',
        danger: 'In 64 bits this is 0: a reader that wraps around takes it for the last chunk.',
        section: 'RFC 9112 §7.1',
        fault: 'chunk-size-too-large',
      },
      {
        id: 'short-chunk',
        name: 'A chunk that is too short',
        text: `${CHUNKED_POST}${END}${message('9', 'hello', '0')}${END}`,
        watch:
          'Nine bytes are nine bytes, line ends and the next size included. What follows them is not CRLF.',
        danger: 'A reader that looks for the line end instead of counting comes out of step.',
        section: 'RFC 9112 §7.1',
        fault: 'chunk-end-missing',
      },
    ],
  },
  {
    name: 'Lines and spaces',
    specimens: [
      {
        id: 'bare-lf',
        name: 'LF without CR',
        text: 'GET / HTTP/1.1\\n\nHost: {host}\\n\n\\n\n',
        watch: 'Refused at the first LF. Run it again with the leniency “Bare LF” and it is a request.',
        danger: 'Of two readers one may see two lines where the other sees one value with an LF in it.',
        section: 'RFC 9112 §2.2',
        fault: 'bare-lf',
      },
      {
        id: 'bare-cr',
        name: 'CR without LF',
        text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: a\\rContent-Length: 9') + END,
        watch: 'Refused at the byte behind the CR.',
        danger: 'Some readers take a lone CR for a line end, and see a field that others do not.',
        section: 'RFC 9112 §2.2',
        fault: 'bare-cr',
      },
      {
        id: 'obs-fold',
        name: 'A folded line',
        text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: one', ' two') + END,
        watch: 'Refused at the space that begins the line.',
        danger: 'Some join it to the line before, some drop it, some take it for a field of its own.',
        section: 'RFC 9112 §5.2',
        fault: 'obs-fold',
      },
      {
        id: 'space-before-colon',
        name: 'A space before the colon',
        text: message('POST / HTTP/1.1', 'Host: {host}', 'Content-Length : 5') + END,
        watch: 'Refused at the space, so that nobody has to guess whether this is Content-Length.',
        danger: 'A proxy that ignores the field and a server that does not disagree about the content.',
        section: 'RFC 9112 §5.1',
        fault: 'space-before-colon',
      },
      {
        id: 'nul-value',
        name: 'NUL in a value',
        text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: safe\\x00.jpg') + END,
        watch: 'Refused at the control byte.',
        danger: 'To code in C the value ends there; what was checked is not what is used.',
        section: 'RFC 9110 §5.5',
        fault: 'field-value-invalid',
      },
      {
        id: 'space-in-target',
        name: 'A space in the target',
        text: message('GET /my file.txt HTTP/1.1', 'Host: {host}') + END,
        watch: 'The target ends at the space, and “file.txt” is no version.',
        danger: 'Readers that split at the last space serve it; a cache before them stores something else.',
        section: 'RFC 9112 §3.2',
        fault: 'version-invalid',
      },
    ],
  },
  {
    name: 'Who is meant, and what',
    specimens: [
      {
        id: 'no-host',
        name: 'No Host',
        text: message('GET / HTTP/1.1') + END,
        watch: 'Refused at the end of the head, where it is known that none will come.',
        danger: 'One address serves many sites; without a Host somebody has to guess which.',
        section: 'RFC 9112 §3.2',
        fault: 'host-missing',
      },
      {
        id: 'two-hosts',
        name: 'Two Hosts',
        text: message('GET / HTTP/1.1', 'Host: {host}', 'Host: inside.example') + END,
        watch: 'Refused at the second one.',
        danger: 'A proxy may check the first and the server behind it go by the second.',
        section: 'RFC 9112 §3.2',
        fault: 'host-duplicate',
      },
      {
        id: 'foreign-host',
        name: 'Another site’s Host',
        text: message('GET / HTTP/1.1', 'Host: evil.example') + END,
        watch: 'Parsed, and refused afterwards: 421, because this server is not that site.',
        danger:
          'A page elsewhere can point its own name at this machine (DNS rebinding) and read what it serves.',
        section: 'RFC 9110 §7.4',
      },
      {
        id: 'dot-dot',
        name: 'Out of the folder',
        text: get('/..%2f..%2fetc/passwd'),
        watch: 'See “Why” of the answer: what the path came to, and at which step it ended.',
        danger: 'Whoever decodes after checking for “..” leaves the folder that is served.',
        section: 'RFC 3986 §6.2.2.3',
      },
      {
        id: 'nul-path',
        name: '%00 in a path',
        text: get('/secret.txt%00.png'),
        watch: 'The parser takes it: it is three harmless bytes. The file system must not.',
        danger: 'The check sees a picture, the system call opens the text.',
        section: 'RFC 3986 §7.3',
      },
      {
        id: 'raw-target',
        name: 'Bytes that were not encoded',
        text: get('/gr\\xfc\\xdfe'),
        watch: 'Bytes above 7F have no place in a target; folders are served with the leniency for them.',
        danger: 'Nobody says whether this is UTF-8 or Latin-1, so two readers may find two files.',
        section: 'RFC 9112 §3.2',
      },
    ],
  },
  {
    name: 'Too much, too slow',
    specimens: [
      {
        id: 'huge-field',
        name: 'A field of 40 000 bytes',
        text: `${message('GET / HTTP/1.1')}${HOST}Cookie: ${'a'.repeat(40_000)}\\r\\n\n${END}`,
        watch: 'Refused with 431 as soon as the head passes its limit, not when it is complete.',
        danger: 'Without a limit one client fills the memory with something that is never a request.',
        section: 'RFC 6585 §5',
        fault: 'head-too-large',
      },
      {
        id: 'many-fields',
        name: '101 fields',
        text: `${message('GET / HTTP/1.1')}${HOST}${message(...Array.from({ length: 100 }, (_, n) => `X-${n}: 1`))}${END}`,
        watch: 'Refused at the first byte of the field that is one too many.',
        danger: 'Fields with equal hashes make some tables of fields slow.',
        section: 'RFC 6585 §5',
        fault: 'too-many-fields',
      },
      {
        id: 'slowloris',
        name: 'One byte at a time',
        text: get('/', 'X-Slow: yes'),
        watch: 'Every byte is a read of its own in Bytes and on the timeline; the head has a deadline.',
        danger:
          'A thousand such connections hold a server that gives each a thread, at no cost to the sender.',
        section: 'RFC 9112 §9.5',
        cut: { every: 1, pauseMs: 60 },
      },
    ],
  },
  {
    name: 'Another protocol',
    specimens: [
      {
        id: 'http09',
        name: 'HTTP/0.9',
        text: 'GET /\\r\\n\n',
        watch: 'The request line ends without a version: from 1991, and refused today.',
        danger: 'An answer without a head is whatever the receiver takes it for.',
        section: 'RFC 9112 §3',
        fault: 'version-missing',
      },
      {
        id: 'http2',
        name: 'HTTP/2 at once',
        text: 'PRI * HTTP/2.0\\r\\n\n\\r\\n\nSM\\r\\n\n\\r\\n\n',
        watch: 'The preface is made to be refused by every server of HTTP/1. Here it is also recognised.',
        danger: 'None: it was chosen so that nobody takes it for a request.',
        section: 'RFC 9113 §3.4',
        fault: 'http2-preface',
      },
      {
        id: 'tls',
        name: 'TLS on a plain port',
        text: '\\x16\\x03\\x01\\x00\\xc8\\x01\\x00\\x00\\xc4\\x03\\x03',
        watch: 'Two bytes are enough to tell: a handshake record, and the version of TLS.',
        danger: 'None, but most servers only say “bad request” when https:// was asked of an http:// port.',
        section: 'RFC 8446 §5.1',
        fault: 'tls-on-plain-port',
      },
    ],
  },
];

export const SPECIMENS: readonly Specimen[] = GALLERY.flatMap(({ specimens }) => specimens);

/** Of ids that this page itself names. */
export function specimenOf(id: string): Specimen {
  const found = SPECIMENS.find((specimen) => specimen.id === id);
  if (!found) throw new RangeError(`There is no specimen ${id}`);
  return found;
}

export function specimenText({ text }: SpecimenBytes, host: string): string {
  return text.replaceAll('{host}', host);
}
