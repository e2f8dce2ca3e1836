/** What common fields say, in one plain sentence, and where they are defined. Others get no words invented. */
export interface FieldMeaning {
  readonly sentence: string;
  readonly section: string;
}

const R9110 = 'RFC 9110';
const FETCH = 'Fetch';

type Entry = readonly [name: string, sentence: string, section: string];

const TABLE: readonly Entry[] = [
  // ---- what is asked for, and by whom
  ['Host', 'The site that is meant. Required in every request.', `${R9110} §7.2`],
  ['User-Agent', 'What the client says it is.', `${R9110} §10.1.5`],
  ['Accept', 'Media types the client can use, the best liked first by q.', `${R9110} §12.5.1`],
  ['Accept-Charset', 'Character sets wanted. Obsolete: everyone ignores it.', `${R9110} §12.5.2`],
  ['Accept-Encoding', 'Codings that the client can undo.', `${R9110} §12.5.3`],
  ['Accept-Language', 'Languages wanted, the best liked first by q.', `${R9110} §12.5.4`],
  ['Referer', 'The page that led here.', `${R9110} §10.1.3`],
  ['Origin', 'The site whose page asks, without its path.', 'RFC 6454 §7'],
  ['From', 'The mail address of the person behind the client.', `${R9110} §10.1.2`],
  ['Cookie', 'What the site gave the client to keep, handed back.', 'RFC 6265 §5.4'],
  ['Authorization', 'Credentials for what is asked.', `${R9110} §11.6.2`],
  ['Proxy-Authorization', 'Credentials for the proxy on the way.', `${R9110} §11.7.2`],
  ['Expect', '100-continue: the body waits until the server agrees to it.', `${R9110} §10.1.1`],
  ['Max-Forwards', 'How many proxies may still pass it on.', `${R9110} §7.6.2`],
  ['TE', 'Transfer codings taken; trailers when it says so.', `${R9110} §10.1.4`],
  [
    'DNT',
    'Asked not to be tracked. Withdrawn; hardly anyone heeds it.',
    'Tracking Preference Expression §5.2',
  ],
  ['Sec-GPC', '1: do not sell or share data about this person.', 'Global Privacy Control'],
  [
    'Upgrade-Insecure-Requests',
    '1: the client would rather be sent to https.',
    'Upgrade Insecure Requests §3.2.1',
  ],
  ['Priority', 'How urgent it is: u from 0 (now) to 7, i when parts help.', 'RFC 9218 §5'],
  ['Purpose', 'prefetch: fetched ahead, before anyone asked for it.', 'Resource Hints'],
  ['Save-Data', 'on: the client wants less data rather than more.', 'Save Data API §2'],

  // ---- fetch metadata and client hints
  ['Sec-Fetch-Dest', 'What it is for: a document, a script, an image and so on.', 'Fetch Metadata §2.1'],
  ['Sec-Fetch-Mode', 'How it was asked: as a navigation, with cors, without.', 'Fetch Metadata §2.2'],
  ['Sec-Fetch-Site', 'How far the asking page is: same origin, same site, or across.', 'Fetch Metadata §2.3'],
  ['Sec-Fetch-User', '?1: a person clicked.', 'Fetch Metadata §2.4'],
  ['Sec-Purpose', 'prefetch: fetched ahead, before anyone asked for it.', FETCH],
  ['Sec-CH-UA', 'Brand and major version of the browser.', 'User-Agent Client Hints §3.1'],
  ['Sec-CH-UA-Mobile', '?1: the browser would like a page for a phone.', 'User-Agent Client Hints §3.6'],
  ['Sec-CH-UA-Platform', 'The system that the browser runs on.', 'User-Agent Client Hints §3.8'],
  ['Accept-CH', 'Hints that the server would like to get from now on.', 'RFC 8942 §3.1'],

  // ---- conditions and ranges
  ['If-Match', 'Do it only if the version is still this one.', `${R9110} §13.1.1`],
  ['If-None-Match', 'Send it only if the version is none of these.', `${R9110} §13.1.2`],
  ['If-Modified-Since', 'Send it only if it changed after this time.', `${R9110} §13.1.3`],
  ['If-Unmodified-Since', 'Do it only if it has not changed after this time.', `${R9110} §13.1.4`],
  ['If-Range', 'Send the part if it is still this version, else the whole.', `${R9110} §13.1.5`],
  ['Range', 'Only these bytes are wanted.', `${R9110} §14.2`],
  ['Accept-Ranges', 'bytes: parts may be asked for.', `${R9110} §14.3`],
  ['Content-Range', 'Which part this is, and of how many bytes.', `${R9110} §14.4`],

  // ---- the content
  ['Content-Type', 'What the content is.', `${R9110} §8.3`],
  ['Content-Length', 'Bytes of content after the empty line.', `${R9110} §8.6`],
  ['Content-Encoding', 'Codings put on the content, to be undone by the client.', `${R9110} §8.4`],
  ['Content-Language', 'Language of those whom it is meant for.', `${R9110} §8.5`],
  ['Content-Location', 'The address of exactly this version.', `${R9110} §8.7`],
  ['Content-Disposition', 'Show it, or save it under this name.', 'RFC 6266 §4'],
  ['Last-Modified', 'When it last changed, as far as the server knows.', `${R9110} §8.8.2`],
  ['ETag', 'The name of this version.', `${R9110} §8.8.3`],
  ['Digest', 'Check sum of the content. Replaced by Repr-Digest.', 'RFC 3230 §4.3.2'],
  ['Content-Digest', 'Check sum of the bytes in this message.', 'RFC 9530 §2'],
  ['Repr-Digest', 'Check sum of the whole, whichever part was sent.', 'RFC 9530 §3'],

  // ---- framing and the connection
  ['Connection', 'Whether the connection stays open, and which fields end here.', `${R9110} §7.6.1`],
  ['Keep-Alive', 'How long an idle connection is kept, in seconds.', 'RFC 2068 §19.7.1.1'],
  ['Transfer-Encoding', 'chunked: the content comes in pieces, each with its size.', 'RFC 9112 §6.1'],
  ['Trailer', 'Fields that will come after the content.', `${R9110} §6.6.2`],
  ['Upgrade', 'Another protocol is offered or taken up.', `${R9110} §7.8`],
  [
    'Proxy-Connection',
    'Connection, as some clients tell it to proxies. No standard knows it.',
    'RFC 9112 §C.2.2',
  ],
  ['Sec-WebSocket-Key', 'A random value that the server must answer to.', 'RFC 6455 §11.3.1'],
  ['Sec-WebSocket-Accept', 'The answer to the key: proof that the server meant it.', 'RFC 6455 §11.3.3'],
  ['Sec-WebSocket-Version', 'Version of the WebSocket protocol; 13 is the only one.', 'RFC 6455 §11.3.5'],
  ['Sec-WebSocket-Protocol', 'What is spoken inside the WebSocket.', 'RFC 6455 §11.3.4'],
  ['Sec-WebSocket-Extensions', 'Extensions of the frames, such as compression.', 'RFC 6455 §11.3.2'],

  // ---- answers
  ['Date', 'When the answer was made.', `${R9110} §6.6.1`],
  ['Server', 'What the server says it is.', `${R9110} §10.2.4`],
  ['Location', 'Where to go instead, or what was made.', `${R9110} §10.2.2`],
  ['Allow', 'Methods that this target takes.', `${R9110} §10.2.1`],
  ['Retry-After', 'When to try again: a time, or seconds from now.', `${R9110} §10.2.3`],
  ['WWW-Authenticate', 'How to prove who asks.', `${R9110} §11.6.1`],
  ['Proxy-Authenticate', 'How to prove to the proxy who asks.', `${R9110} §11.7.1`],
  ['Set-Cookie', 'Something for the client to keep and hand back.', 'RFC 6265 §4.1'],
  ['Link', 'Related resources, some to be fetched early.', 'RFC 8288 §3'],
  ['Server-Timing', 'How long the server took, in parts.', 'Server Timing §2'],
  ['Alt-Svc', 'The same site over another protocol or address.', 'RFC 7838 §3'],
  ['Refresh', 'Load again, or another page, after so many seconds.', 'HTML §7.4.6'],
  ['SourceMap', 'Where the source of a built script lies.', 'Source Map §11.1.2.1'],

  // ---- caching
  ['Cache-Control', 'Who may store it, for how long, and when to ask again.', 'RFC 9111 §5.2'],
  ['Age', 'Seconds since a cache got it from its origin.', 'RFC 9111 §5.1'],
  ['Expires', 'Stale after this time; max-age goes before it.', 'RFC 9111 §5.3'],
  ['Pragma', 'no-cache, for caches from before Cache-Control.', 'RFC 9111 §5.4'],
  ['Vary', 'Request fields that the answer depends on.', `${R9110} §12.5.5`],
  ['Clear-Site-Data', 'What the browser should forget about this site.', 'Clear Site Data §3'],

  // ---- safety
  ['Access-Control-Allow-Origin', 'The site whose pages may read this answer.', `${FETCH} §3.3.3`],
  ['Access-Control-Allow-Methods', 'Methods that pages elsewhere may use.', `${FETCH} §3.3.3`],
  ['Access-Control-Allow-Headers', 'Fields that pages elsewhere may send.', `${FETCH} §3.3.3`],
  ['Access-Control-Allow-Credentials', 'true: also with cookies.', `${FETCH} §3.3.3`],
  ['Access-Control-Expose-Headers', 'Fields that pages elsewhere may read.', `${FETCH} §3.3.3`],
  ['Access-Control-Max-Age', 'Seconds for which this permission holds.', `${FETCH} §3.3.3`],
  ['Access-Control-Request-Method', 'May a page elsewhere use this method?', `${FETCH} §3.3.2`],
  ['Access-Control-Request-Headers', 'May a page elsewhere send these fields?', `${FETCH} §3.3.2`],
  ['Content-Security-Policy', 'What the page may load and run.', 'Content Security Policy §3.1'],
  ['Cross-Origin-Opener-Policy', 'Whether pages elsewhere may hold this window.', 'HTML §7.1.3'],
  ['Cross-Origin-Embedder-Policy', 'What the page may embed; needed for wasm threads.', 'HTML §7.1.4'],
  ['Cross-Origin-Resource-Policy', 'Which sites may embed this.', `${FETCH} §3.7`],
  ['Permissions-Policy', 'Which features of the browser the page may use.', 'Permissions Policy §5.2'],
  ['Referrer-Policy', 'How much of its address the page tells others.', 'Referrer Policy §4.1'],
  ['Strict-Transport-Security', 'From now on only over https, for so many seconds.', 'RFC 6797 §6.1'],
  ['X-Content-Type-Options', 'nosniff: take Content-Type at its word.', `${FETCH} §3.6`],
  ['X-Frame-Options', 'Whether other pages may frame this one.', 'RFC 7034 §2'],

  // ---- proxies
  ['Via', 'Proxies that it came through.', `${R9110} §7.6.3`],
  ['Forwarded', 'What proxies saw before they passed it on.', 'RFC 7239 §4'],
];

const BY_NAME: ReadonlyMap<string, FieldMeaning> = new Map(
  TABLE.map(([name, sentence, section]) => [name.toLowerCase(), { sentence, section }]),
);

/** By name in any case; undefined for fields that no table here knows. */
export function fieldMeaning(name: string): FieldMeaning | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Names in the table as they are usually spelt, for tests and help. */
export const KNOWN_FIELDS: readonly string[] = TABLE.map(([name]) => name);
