/** The kinds of bytes. In the notation of `notation.ts`. */
export const TOKENS = `
ignored: Ignored bytes | RFC 9112 §2.2
An empty line before the start line. It says nothing and is skipped.
Old clients sent a CRLF too many behind a POST. A server passes over a few empty lines instead of failing,
and reads on.
§ A server should ignore at least one empty line received before the request line.

method: Method | RFC 9110 §9
What the client wants done.
The first word of a request, up to the first space. Upper and lower case differ, and new methods may be made
up; a server that does not know one says 501.
§ method = token; case-sensitive.

sp: Space | RFC 9112 §3
One space parts the words of the start line.
Exactly one space parts method, target and version. Readers that also take tabs or several spaces see
another target than those that do not, and between the two an attacker finds room.
§ The start line uses single SP; a lenient reader may take more, this one does not.

target: Request target | RFC 9112 §3.2
What it is asked of: a path, and a query after the question mark.
Four forms: a path (\`/a?b\`), a whole address for proxies, host:port for CONNECT, and * for OPTIONS. It has
no spaces and no control bytes; what it needs of them is percent-encoded.
§ origin-form, absolute-form, authority-form, asterisk-form; the absolute form must be accepted in every
request.

version: Version | RFC 9112 §2.3
The version of HTTP that the sender speaks.
HTTP/1.1 in capital letters, eight bytes. It tells what the sender understands, not what the answer has to
be: a server answers 1.1 to 1.0 as well.
§ HTTP-name "/" DIGIT "." DIGIT; the major version decides how a message is read.

status: Status code | RFC 9110 §15
How it went, in three digits.
Three digits, of which the first gives the class: 1 wait, 2 done, 3 elsewhere, 4 your fault, 5 my fault. A
client that does not know a code treats it as x00 of its class.
§ status-code = 3DIGIT; classes 1 to 5 are defined.

reason: Reason phrase | RFC 9112 §4
The status in words, for people. Clients ignore it.
"Not Found" behind 404. Programs ignore it, HTTP/2 has dropped it, and it may be empty; the space before it
may not.
§ A client should ignore the reason phrase.

crlf: CR LF | RFC 9112 §2.2
Ends the line. An empty line ends the head.
Two bytes, 0D 0A. Every line of the head ends with them and an empty line ends the head. A reader that takes
LF alone agrees with most senders and disagrees with some proxies.
§ A receiver may take a single LF as the end of a line; this server does not, unless told to. A bare CR is
always invalid.

field-name: Field name | RFC 9110 §5.1
Says which field. Case does not matter.
Letters, digits and a few signs, up to the colon. Case does not matter, order among different names does not
either, and the same name again continues a list.
§ field-name = token; no whitespace stands between it and the colon.

colon: Colon | RFC 9112 §5.1
Parts name and value. No space may stand before it.
A space before it must be refused: some readers would take it into the name, so that \`Content-Length :\`
counts for one and not for another.
§ A server must answer 400 to whitespace between name and colon.

ows: Optional space | RFC 9110 §5.6.3
Space around a value that does not belong to it.
Spaces and tabs around the value belong to neither side. One space behind the colon is customary.
§ OWS = *( SP / HTAB ); excluded from the value before it is used.

field-value: Field value | RFC 9110 §5.5
What the field says.
Visible characters, spaces and tabs. Bytes above 127 are allowed for history's sake and mean what the two
ends agree on. CR, LF and NUL inside are an attack: whoever passes them on splits the message.
§ field-content of VCHAR, obs-text, SP and HTAB; a receiver refuses or replaces CR, LF and NUL.

chunk-size: Chunk size | RFC 9112 §7.1
Length of the next chunk, in hex. Zero: it was the last one.
In hexadecimal, without 0x: \`1a\` is 26 bytes. A chunk of size 0 ends the content. Overflows of this number
have broken servers, so it is bounded.
§ chunk-size = 1*HEXDIG; receivers must guard against overflow.

chunk-extension: Chunk extension | RFC 9112 §7.1.1
A note on one chunk. Receivers ignore what they do not know.
;name=value behind the size. Nearly nobody sends it. A flood of them has been used to keep servers busy, so
their total is bounded here.
§ A receiver must ignore extensions that it does not know, and should limit their total length.

body: Content | RFC 9110 §6.4
The body: what was asked for or sent.
What it is all about: the page, the picture, the data that is uploaded. Where it ends was said by
Content-Length, by the last chunk, or is said by the close.
§ The content is the message body after its transfer coding was removed.

trailer-name: Trailer name | RFC 9110 §6.5
Says which field, sent after the content.
A field behind the last chunk, for what is known only when all was sent, such as a checksum.
§ Trailer fields are kept apart from the header, and merged only where their definition allows it.

trailer-value: Trailer value | RFC 9110 §6.5
What the trailer field says.
As any value, but too late for framing, routing and credentials: such fields are refused there.
§ A sender must not put fields into trailers that are needed before the content.

faulty: Fault | RFC 9112 §2.2
From here on the bytes break the rules.
The first byte that breaks the grammar, and the token it stands in. Reading stops: a reader that guesses on
agrees with the attacker.
§ A server answers 400 and closes where it cannot tell how the message is framed.

unread: Unread | RFC 9112 §2.2
Came after the fault. Nobody can tell what it was meant to be.
Bytes behind a fault, a close, or a switch to another protocol. They were received and are kept, but the
parser has no name for them.
§ After a framing error no further request can be recognised on the connection.

ws-opcode: Flags and opcode | RFC 6455 §5.2
Whether the message ends with this frame, and what the frame is.
The first byte of a frame: FIN in the highest bit, three reserved bits, and four bits of opcode: 1 text, 2
binary, 0 continued, 8 close, 9 ping, A pong.
§ FIN, RSV1-3, opcode; RSV bits are 0 unless an extension uses them.

ws-length: Mask bit and length | RFC 6455 §5.2
Whether the payload is masked, and its length up to 125.
The second byte: the mask bit and seven bits of length. 126 says that two more bytes give it, 127 that eight
do.
§ MASK and payload length; the shortest form must be used.

ws-extended-length: Extended length | RFC 6455 §5.2
The length of a payload that is longer than 125 bytes.
Two or eight bytes, the most significant first. A length that would have fitted in fewer is an error.
§ 16 or 64 bits unsigned in network order; the highest bit of 64 must be 0.

ws-masking-key: Masking key | RFC 6455 §5.3
Four bytes with which the client hides its payload from proxies.
Four random bytes, XORed over the payload. They do not encrypt: they keep a script from writing bytes that
an old proxy on the way would take for an HTTP answer.
§ Frames from a client are masked with a fresh unpredictable key; frames from a server are not.

ws-payload: Payload | RFC 6455 §5.2
What the frame carries.
The message, or a part of it; of a Close frame a code and a reason.
§ Masked octet i is original octet i XOR key octet i mod 4.
`;
