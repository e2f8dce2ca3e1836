import { CHUNKED_POST, END, get, HOST, message } from './notation.ts';
import type { SpecimenGroup } from './specimen.ts';

export const GOOD: SpecimenGroup = {
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
        message('PUT /note.txt HTTP/1.1', 'Host: {host}', 'Expect: 100-continue', 'Content-Length: 5') + END,
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
};
