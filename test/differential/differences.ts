/**
 * Where our parser and llhttp (as node:http runs it, strict) read the same bytes differently, class by class.
 * `server-core/notes/differential.md` is this table as a page; the test holds the two to each other, and both to
 * what happens.
 */
import { escapeRuns } from '../wire/escapes.ts';

export interface Difference {
  /** `ours | llhttp's`: `reads` a message, `ends` or `waits` behind the last one, or refuses by this fault. */
  readonly parting: string;
  readonly what: string;
  /** Whom the RFC bears out; `either` where it leaves the choice to the recipient. Where we are wrong, we mend it. */
  readonly right: 'ours' | 'either';
  readonly verdict: string;
  readonly section: string;
  /** Bytes on which the two part so, one char per byte. */
  readonly example: string;
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const chunked = (bytes: string) => `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${bytes}`;

export const DIFFERENCES: readonly Difference[] = [
  {
    parting: 'bare-lf | reads',
    what: 'a bare LF before a request',
    right: 'either',
    verdict: 'a recipient may take a single LF as a line end; refusing leaves one reading only',
    section: 'RFC 9112 §2.2',
    example: `\n${GET}`,
  },
  {
    parting: 'bare-lf | ends',
    what: 'a bare LF and nothing else',
    right: 'either',
    verdict: 'as above, with no request behind it',
    section: 'RFC 9112 §2.2',
    example: '\n\r\n',
  },
  {
    parting: 'bare-cr | reads',
    what: 'a bare CR before a request',
    right: 'ours',
    verdict: 'a bare CR makes the element invalid',
    section: 'RFC 9112 §2.2',
    example: `\r${GET}`,
  },
  {
    parting: 'bare-cr | ends',
    what: 'bare CRs and nothing else',
    right: 'ours',
    verdict: 'as above, with no request behind it',
    section: 'RFC 9112 §2.2',
    example: '\r\r',
  },
  {
    parting: 'too-many-empty-lines | reads',
    what: 'more than four empty lines before a request',
    right: 'either',
    verdict: 'one at least should be ignored; llhttp ignores any number',
    section: 'RFC 9112 §2.2',
    example: `${'\r\n'.repeat(5)}${GET}`,
  },
  {
    parting: 'too-many-empty-lines | ends',
    what: 'the same, and nothing behind them',
    right: 'either',
    verdict: 'as above',
    section: 'RFC 9112 §2.2',
    example: '\r\n'.repeat(5),
  },
  {
    parting: 'reads | HPE_INVALID_METHOD',
    what: 'a method that llhttp has no number for',
    right: 'ours',
    verdict: 'a method is any token; a server that does not know one answers 501, or 405 for what it has',
    section: 'RFC 9110 §9.1',
    example: 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'reads | waits',
    what: 'PRI as a method of HTTP/1',
    right: 'ours',
    verdict: 'a token as any other, unless it is the preface of HTTP/2 to the letter',
    section: 'RFC 9113 §3.4',
    example: 'PRI / HTTP/1.0\r\n\r\n',
  },
  {
    parting: 'reads | HPE_INVALID_CONSTANT',
    what: 'a method of RTSP or ICE',
    right: 'ours',
    verdict: 'a method is any token, and none belongs to one protocol',
    section: 'RFC 9110 §9.1',
    example: 'ANNOUNCE / HTTP/1.1\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'target-invalid | reads',
    what: 'two spaces before the target, and "#" in it',
    right: 'ours',
    verdict: 'one space stands there, and no target has a fragment',
    section: 'RFC 9112 §3.2',
    example: 'GET  /a#b HTTP/1.1\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'target-form-invalid | reads',
    what: 'a form that the method cannot have, or an authority that is none',
    right: 'ours',
    verdict: '"*" is for OPTIONS only, and an invalid request-line is answered 400',
    section: 'RFC 9112 §3.2.4',
    example: 'GET * HTTP/1.1\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'target-too-long | reads',
    what: 'a target of more than 8 192 bytes',
    right: 'either',
    verdict: 'the bound is the server’s own, from 8 000 bytes of request line up',
    section: 'RFC 9112 §3',
    example: `GET /${'a'.repeat(8192)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  },
  {
    parting: 'reads | HPE_INVALID_URL',
    what: 'a scheme with digits, plus, dot or dash',
    right: 'ours',
    verdict: 'scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )',
    section: 'RFC 3986 §3.1',
    example: 'GET h2-c+x.y://a/ HTTP/1.1\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'version-missing | reads',
    what: 'a request line without a version, and fields behind it',
    right: 'ours',
    verdict: 'HTTP/0.9 had no fields, and a request-line of HTTP/1 ends in its version',
    section: 'RFC 9112 §3',
    example: 'GET /\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'version-invalid | reads',
    what: 'RTSP and ICE',
    right: 'ours',
    verdict: 'HTTP-name is "HTTP"; llhttp reads other protocols as well',
    section: 'RFC 9112 §2.3',
    example: 'GET / RTSP/1.0\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'version-unsupported | reads',
    what: 'HTTP/0.9 and HTTP/2.0 in a request line',
    right: 'ours',
    verdict: 'a message of another major version is not one of HTTP/1; 505 says so',
    section: 'RFC 9110 §15.6.6',
    example: 'GET / HTTP/2.0\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'reads | HPE_INVALID_VERSION',
    what: 'minor versions above 1, and PRI before anything but HTTP/2.0',
    right: 'ours',
    verdict: 'a higher minor version is read as the highest one known',
    section: 'RFC 9110 §2.5',
    example: 'GET / HTTP/1.2\r\nHost: a\r\n\r\n',
  },
  {
    parting: 'too-many-fields | reads',
    what: 'more than 100 field lines',
    right: 'either',
    verdict: 'the bound is the server’s own; node cuts the list off at 2 000 without a word',
    section: 'RFC 6585 §5',
    example: `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(100)}\r\n`,
  },
  {
    parting: 'head-too-large | reads',
    what: 'a head of one byte more than both are set to',
    right: 'either',
    verdict: 'the bound is the server’s own; node counts names and values, ours every byte of the head',
    section: 'RFC 6585 §5',
    example: `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(32_737)}\r\n\r\n`,
  },
  {
    parting: 'host-missing | reads',
    what: 'CONNECT without Host',
    right: 'ours',
    verdict: 'any HTTP/1.1 request without Host is answered 400; node does so for all but CONNECT',
    section: 'RFC 9112 §3.2',
    example: 'CONNECT a:443 HTTP/1.1\r\n\r\n',
  },
  {
    parting: 'host-duplicate | reads',
    what: 'more than one Host',
    right: 'ours',
    verdict: 'any request with more than one is answered 400',
    section: 'RFC 9112 §3.2',
    example: 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  },
  {
    parting: 'host-invalid | reads',
    what: 'a Host that is no host',
    right: 'ours',
    verdict: 'any request with an invalid one is answered 400',
    section: 'RFC 9112 §3.2',
    example: 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n',
  },
  {
    parting: 'transfer-encoding-in-http10 | reads',
    what: 'Transfer-Encoding in HTTP/1.0',
    right: 'ours',
    verdict: 'the framing is to be treated as faulty',
    section: 'RFC 9112 §6.1',
    example: 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  },
  {
    parting: 'transfer-encoding-invalid | reads',
    what: 'an empty member in Transfer-Encoding',
    right: 'either',
    verdict:
      'a list may have empty members, but here they were used to hide the coding; a server may refuse any framing it doubts',
    section: 'RFC 9112 §11.2',
    example: `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`,
  },
  {
    parting: 'transfer-coding-unknown | reads',
    what: 'a coding before chunked',
    right: 'ours',
    verdict: 'a coding that is not understood should be answered 501; node hands its content on still coded',
    section: 'RFC 9112 §6.1',
    example: `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip,chunked\r\n\r\n0\r\n\r\n`,
  },
  {
    parting: 'chunk-size-too-large | reads',
    what: 'a chunk size of more than 16 digits',
    right: 'either',
    verdict: 'large numbers must be expected and bounded; llhttp bounds the value, not the digits',
    section: 'RFC 9112 §7.1',
    example: chunked(`${'0'.repeat(17)}\r\n\r\n`),
  },
  {
    parting: 'reads | HPE_INVALID_CHUNK_SIZE',
    what: 'whitespace before the ";" of a chunk extension',
    right: 'ours',
    verdict: 'the grammar has BWS there, which a recipient must parse',
    section: 'RFC 9112 §7.1.1',
    example: chunked('5 ;a\r\nhello\r\n0\r\n\r\n'),
  },
  {
    parting: 'reads | HPE_STRICT',
    what: 'whitespace behind the ";" or around the "=" of a chunk extension',
    right: 'ours',
    verdict: 'the grammar has BWS there, which a recipient must parse',
    section: 'RFC 9112 §7.1.1',
    example: chunked('5; a\r\nhello\r\n0\r\n\r\n'),
  },
  {
    parting: 'chunk-extension-invalid | reads',
    what: 'a chunk extension without a name, or a value without bytes',
    right: 'ours',
    verdict: 'name and value have one byte at least',
    section: 'RFC 9112 §7.1.1',
    example: chunked('5;=b\r\nhello\r\n0\r\n\r\n'),
  },
  {
    parting: 'trailer-forbidden | reads',
    what: 'trailers that frame, route or authorise',
    right: 'either',
    verdict: 'no sender may generate them, and a recipient may do with them what is safe',
    section: 'RFC 9110 §6.5.1',
    example: chunked('0\r\nAuthorization: b\r\n\r\n'),
  },
  {
    parting: 'trailers-too-large | reads',
    what: 'more than 8 192 bytes of trailers',
    right: 'either',
    verdict: 'the bound is the server’s own; node has the one of heads for both',
    section: 'RFC 6585 §5',
    example: chunked(`0\r\nX: ${'y'.repeat(8192)}\r\n\r\n`),
  },
  {
    parting: 'reads | reads another keepAlive',
    what: 'HTTP/1.0 with both close and keep-alive in Connection',
    right: 'ours',
    verdict: 'close is looked at first, and ends persistence',
    section: 'RFC 9112 §9.3',
    example: 'GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n',
  },
  {
    parting: 'unexpected-bytes | ends',
    what: 'empty lines behind the last request of a connection',
    right: 'either',
    verdict: 'no further request is read by either; ours says that bytes came',
    section: 'RFC 9112 §9.6',
    example: 'GET / HTTP/1.0\r\n\r\n\r\n',
  },
  {
    parting: 'refuses | waits',
    what: 'a wrong byte in a message that never ends',
    right: 'either',
    verdict: 'neither takes the message; ours looks at each byte as it comes',
    section: 'RFC 9112 §2.2',
    example: 'GET / HTTP/1.1\r\nHost: a/b\r\n',
  },
  {
    parting: 'waits | refuses',
    what: 'the beginning of something that only llhttp refuses, or refuses sooner',
    right: 'either',
    verdict: 'neither takes the message; see the rows that begin with “reads”',
    section: 'RFC 9112 §3',
    example: 'BREW',
  },
  {
    parting: 'waits | ends',
    what: 'a CR that is the last byte',
    right: 'either',
    verdict: 'no message was begun; ours still expects the LF of the empty line',
    section: 'RFC 9112 §2.2',
    example: '\r',
  },
];

export function differenceRow({ parting, what, right, verdict, section, example }: Difference): string {
  const [ours, theirs] = parting.split(' | ');
  return `| ${what} | ${ours} | ${theirs} | ${right} | ${verdict} | ${section} | \`${escapeRuns(Buffer.from(example, 'latin1'))}\` |`;
}
