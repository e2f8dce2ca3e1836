import type { Subject } from '../../../renderer/learn/tape.ts';

/** A stream as the parser is given it; text is one byte a char. */
export function subject(text: string, options: Partial<Subject> = {}): Subject {
  return {
    role: 'request',
    leniencies: {},
    answers: [],
    frames: 'never',
    deflate: false,
    closed: false,
    bytes: Uint8Array.from(text, (char) => char.charCodeAt(0)),
    ...options,
  };
}

export const CHUNKED =
  'POST /notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Check\r\n\r\n' +
  'c;part=1\r\nHello, wire \r\n1a\r\nevery byte has one meaning\r\n0\r\nX-Check: ok\r\n\r\n';

export const HANDSHAKE =
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

/** RFC 6455 §5.7: a single-frame masked text message that contains "Hello". */
export const MASKED_HELLO = '\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58';

export const SUBJECTS: readonly (readonly [string, Subject])[] = [
  ['a request', subject('GET /a?b=c HTTP/1.1\r\nHost: a\r\nAccept:  */* \r\n\r\n')],
  [
    'two pipelined requests',
    subject('GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nHEAD /b HTTP/1.1\r\nHost: a\r\n\r\n'),
  ],
  ['chunks and trailers', subject(CHUNKED)],
  [
    'a body by length, then the close',
    subject('PUT /x HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello', { closed: true }),
  ],
  [
    'a response until the close',
    subject('HTTP/1.1 200 OK\r\n\r\nall of it', { role: 'response', closed: true }),
  ],
  [
    'a response cut short',
    subject('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall', { role: 'response', closed: true }),
  ],
  [
    'an answer to HEAD',
    subject('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', { role: 'response', answers: ['HEAD'] }),
  ],
  [
    'pipelined answers to HEAD and GET',
    subject(`${'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'.repeat(2)}ok`, {
      role: 'response',
      answers: ['HEAD', 'GET'],
    }),
  ],
  ['a fault in the middle', subject('GET /a b HTTP/1.1\r\nHost: a\r\n\r\n')],
  ['a fault at the end of the head', subject('GET / HTTP/1.1\r\n\r\nrest')],
  ['a bare LF, allowed', subject('GET / HTTP/1.1\nHost: a\n\n', { leniencies: { allowBareLf: true } })],
  ['a handshake and frames', subject(HANDSHAKE + MASKED_HELLO, { frames: 'agreed' })],
  [
    'frames after a 101',
    subject('HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n\x81\x05Hello\x89\x00', {
      role: 'response',
      frames: 'taken',
    }),
  ],
  ['TLS', subject('\x16\x03\x01\x02\x00')],
];
