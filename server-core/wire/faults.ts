/**
 * THE fault table: every way in which bytes on the wire can be wrong, with one plain sentence, the clause that
 * says so, and what a server should answer. Documented in server-core/notes/faults.md; a test checks both
 * directions.
 *
 * Where framing is in doubt the answer is 400 and a close: nobody can tell any more where the next message
 * starts (RFC 9112 §6.3).
 */
export interface FaultInfo {
  /** One sentence for people, without echoing peer bytes. */
  readonly sentence: string;
  /** The governing clause, such as `RFC 9112 §3`. */
  readonly section: string;
  /** Suggested status for a faulty request; undefined where no response can be sent, or none is due. */
  readonly status?: number;
}

/** A fault as it happened: the last event of a parser. */
export interface Fault {
  readonly code: FaultCode;
  /** Stream offset of the first byte that could not be accepted. */
  readonly at: number;
}

export const FAULTS = {
  // ---- another protocol
  'tls-on-plain-port': {
    sentence:
      'The client speaks TLS, but this port speaks plain HTTP; ask for http://, or serve with --https',
    section: 'RFC 8446 §5.1',
    status: 400,
  },
  'http2-preface': {
    sentence: 'The client speaks HTTP/2 without having agreed on it first',
    section: 'RFC 9113 §3.4',
    status: 505,
  },

  // ---- start line
  'too-many-empty-lines': {
    sentence: 'Too many empty lines stand before the start line',
    section: 'RFC 9112 §2.2',
    status: 400,
  },
  'method-invalid': {
    sentence: 'The method has a byte that a token cannot hold, or is empty',
    section: 'RFC 9112 §3.1',
    status: 400,
  },
  'method-too-long': {
    sentence: 'The method is longer than any method known',
    section: 'RFC 9112 §3',
    status: 501,
  },
  'target-invalid': {
    sentence: 'The request target has a byte that must be percent-encoded, or is empty',
    section: 'RFC 9112 §3.2',
    status: 400,
  },
  'target-form-invalid': {
    sentence: 'The request target does not have a form that this method can use',
    section: 'RFC 9112 §3.2',
    status: 400,
  },
  'target-too-long': {
    sentence: 'The request target is too long',
    section: 'RFC 9110 §15.5.15',
    status: 414,
  },
  'version-missing': {
    sentence: 'The request line ends without an HTTP version, as in HTTP/0.9',
    section: 'RFC 9112 §3',
    status: 400,
  },
  'version-invalid': {
    sentence: 'The HTTP version is not written as HTTP/digit.digit',
    section: 'RFC 9112 §2.3',
    status: 400,
  },
  'version-unsupported': {
    sentence: 'The major version of HTTP is not 1',
    section: 'RFC 9110 §15.6.6',
    status: 505,
  },
  'status-invalid': {
    sentence: 'The status code is not three digits from 100 up',
    section: 'RFC 9112 §4',
  },
  'reason-invalid': {
    sentence: 'The reason phrase has a control byte',
    section: 'RFC 9112 §4',
  },

  // ---- lines
  'bare-lf': {
    sentence: 'A line ends in LF without CR before it',
    section: 'RFC 9112 §2.2',
    status: 400,
  },
  'bare-cr': {
    sentence: 'A CR is not followed by LF',
    section: 'RFC 9112 §2.2',
    status: 400,
  },

  // ---- field lines
  'space-before-first-field': {
    sentence: 'Whitespace stands between the start line and the first field',
    section: 'RFC 9112 §2.2',
    status: 400,
  },
  'field-name-invalid': {
    sentence: 'The field name has a byte that a token cannot hold, or is empty',
    section: 'RFC 9110 §5.1',
    status: 400,
  },
  'space-before-colon': {
    sentence: 'Whitespace follows a field name where the colon must stand',
    section: 'RFC 9112 §5.1',
    status: 400,
  },
  'colon-missing': {
    sentence: 'A field line ends without a colon',
    section: 'RFC 9112 §5',
    status: 400,
  },
  'field-value-invalid': {
    sentence: 'The field value has a control byte',
    section: 'RFC 9110 §5.5',
    status: 400,
  },
  'obs-fold': {
    sentence: 'A field value is folded over several lines',
    section: 'RFC 9112 §5.2',
    status: 400,
  },
  'too-many-fields': {
    sentence: 'There are too many field lines',
    section: 'RFC 6585 §5',
    status: 431,
  },
  'head-too-large': {
    sentence: 'Start line and fields together are too large',
    section: 'RFC 6585 §5',
    status: 431,
  },

  // ---- host
  'host-missing': {
    sentence: 'An HTTP/1.1 request has no Host field',
    section: 'RFC 9112 §3.2',
    status: 400,
  },
  'host-duplicate': {
    sentence: 'There is more than one Host field',
    section: 'RFC 9112 §3.2',
    status: 400,
  },
  'host-invalid': {
    sentence: 'The Host field is not a host with an optional port, or is empty',
    section: 'RFC 9110 §7.2',
    status: 400,
  },

  // ---- framing
  'content-length-invalid': {
    sentence: 'Content-Length is not one decimal number below 2^53',
    section: 'RFC 9110 §8.6',
    status: 400,
  },
  'content-length-duplicate': {
    sentence: 'There is more than one Content-Length field',
    section: 'RFC 9112 §6.3',
    status: 400,
  },
  'content-length-with-transfer-encoding': {
    sentence: 'Content-Length and Transfer-Encoding contradict each other about where the content ends',
    section: 'RFC 9112 §6.3',
    status: 400,
  },
  'transfer-encoding-invalid': {
    sentence: 'Transfer-Encoding is empty or not a list of codings',
    section: 'RFC 9112 §6.1',
    status: 400,
  },
  'transfer-coding-unknown': {
    sentence: 'Transfer-Encoding names a coding other than chunked',
    section: 'RFC 9112 §6.1',
    status: 501,
  },
  'chunked-repeated': {
    sentence: 'Transfer-Encoding applies chunked more than once',
    section: 'RFC 9112 §6.1',
    status: 400,
  },
  'chunked-not-final': {
    sentence: 'Transfer-Encoding of a request does not end in chunked',
    section: 'RFC 9112 §6.3',
    status: 400,
  },
  'transfer-encoding-in-http10': {
    sentence: 'An HTTP/1.0 message has a Transfer-Encoding, which HTTP/1.0 does not know',
    section: 'RFC 9112 §6.1',
    status: 400,
  },

  // ---- chunked coding
  'chunk-size-invalid': {
    sentence: 'A chunk does not start with its size in hexadecimal digits',
    section: 'RFC 9112 §7.1',
    status: 400,
  },
  'chunk-size-too-large': {
    sentence: 'A chunk size is 2^53 or more, or has too many digits',
    section: 'RFC 9112 §7.1',
    status: 400,
  },
  'chunk-extension-invalid': {
    sentence: 'A chunk extension is not written as ;name or ;name=value',
    section: 'RFC 9112 §7.1.1',
    status: 400,
  },
  'chunk-extensions-too-large': {
    sentence: 'The chunk extensions of one message are too large',
    section: 'RFC 9112 §7.1.1',
    status: 400,
  },
  'chunk-end-missing': {
    sentence: 'The data of a chunk is not followed by CRLF',
    section: 'RFC 9112 §7.1',
    status: 400,
  },
  'trailer-forbidden': {
    sentence: 'A trailer field is one that must be known before the content',
    section: 'RFC 9110 §6.5.1',
    status: 400,
  },
  'trailers-too-large': {
    sentence: 'The trailer fields together are too large',
    section: 'RFC 6585 §5',
    status: 431,
  },

  // ---- ends
  'unexpected-bytes': {
    sentence: 'Bytes follow a message that said it was the last of its connection',
    section: 'RFC 9112 §9.6',
  },
  'connection-closed-early': {
    sentence: 'The connection closed in the middle of a message',
    section: 'RFC 9112 §8',
    status: 400,
  },

  // ---- WebSocket handshake
  'ws-method': {
    sentence: 'A WebSocket handshake must be a GET request',
    section: 'RFC 6455 §4.2.1',
    status: 405,
  },
  'ws-upgrade-missing': {
    sentence: 'The request does not ask to upgrade to websocket',
    section: 'RFC 6455 §4.2.1',
    status: 400,
  },
  'ws-key-invalid': {
    sentence: 'Sec-WebSocket-Key must be given once and hold 16 bytes in base64',
    section: 'RFC 6455 §4.2.1',
    status: 400,
  },
  'ws-version-unsupported': {
    sentence: 'Only version 13 of the WebSocket protocol is spoken here',
    section: 'RFC 6455 §4.2.2',
    status: 426,
  },
  'ws-protocol-invalid': {
    sentence: 'Sec-WebSocket-Protocol must list distinct tokens',
    section: 'RFC 6455 §4.1',
    status: 400,
  },
  'ws-extensions-invalid': {
    sentence: 'Sec-WebSocket-Extensions must list extensions with their parameters',
    section: 'RFC 6455 §9.1',
    status: 400,
  },
  'ws-handshake-content': {
    sentence: 'A request that asks to upgrade here must not have content',
    section: 'RFC 9110 §7.8',
    status: 400,
  },

  // ---- WebSocket frames
  'ws-reserved-bits': {
    sentence: 'A reserved bit is set, but no extension that gives it a meaning was agreed on',
    section: 'RFC 6455 §5.2',
  },
  'ws-compressed-misplaced': {
    sentence: 'Only the first frame of a message can be marked as compressed',
    section: 'RFC 7692 §6.1',
  },
  'ws-opcode-unknown': {
    sentence: 'The opcode of the frame is reserved',
    section: 'RFC 6455 §5.2',
  },
  'ws-mask-missing': {
    sentence: 'A frame from the client is not masked',
    section: 'RFC 6455 §5.1',
  },
  'ws-mask-unexpected': {
    sentence: 'A frame from the server is masked',
    section: 'RFC 6455 §5.1',
  },
  'ws-length-not-minimal': {
    sentence: 'The payload length takes more bytes than it needs',
    section: 'RFC 6455 §5.2',
  },
  'ws-length-too-large': {
    sentence: 'The payload length has its most significant bit set',
    section: 'RFC 6455 §5.2',
  },
  'ws-control-too-long': {
    sentence: 'The payload of a control frame is longer than 125 bytes',
    section: 'RFC 6455 §5.5',
  },
  'ws-control-fragmented': {
    sentence: 'A control frame is fragmented',
    section: 'RFC 6455 §5.5',
  },
  'ws-closed-early': {
    sentence: 'The connection closed in the middle of a frame',
    section: 'RFC 6455 §7.1.5',
  },

  // ---- WebSocket messages
  'ws-continuation-unexpected': {
    sentence: 'A continuation frame comes without a message to continue',
    section: 'RFC 6455 §5.4',
  },
  'ws-continuation-missing': {
    sentence: 'A new message starts before the last one is finished',
    section: 'RFC 6455 §5.4',
  },
  'ws-message-too-big': {
    sentence: 'The message is longer than this end accepts',
    section: 'RFC 6455 §10.4',
  },
  'ws-text-not-utf8': {
    sentence: 'The text message is not valid UTF-8',
    section: 'RFC 6455 §8.1',
  },
  'ws-close-length': {
    sentence: 'The payload of the Close frame is a single byte',
    section: 'RFC 6455 §5.5.1',
  },
  'ws-close-code-invalid': {
    sentence: 'The Close frame has a code that must not be sent',
    section: 'RFC 6455 §7.4',
  },
  'ws-close-reason-not-utf8': {
    sentence: 'The reason in the Close frame is not valid UTF-8',
    section: 'RFC 6455 §5.5.1',
  },
} as const satisfies Record<string, FaultInfo>;

export type FaultCode = keyof typeof FAULTS;

/** The row of a code. */
export function faultInfo(code: FaultCode): FaultInfo {
  return FAULTS[code];
}
