import { CHUNKED_POST, END, message } from './notation.ts';
import type { SpecimenGroup } from './specimen.ts';

export const FRAMING: SpecimenGroup = {
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
};
