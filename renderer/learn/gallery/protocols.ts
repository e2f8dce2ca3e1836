import type { SpecimenGroup } from './specimen.ts';

export const PROTOCOLS: SpecimenGroup = {
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
};
