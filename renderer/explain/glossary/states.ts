/** The states of both parsers; line and clause are those of their own tables. In the notation of `notation.ts`. */
export const STATE_TEXTS = `
idle
Where every message begins and where the parser returns after each one: keep-alive is nothing but coming
back here. Bytes that come while it waits here count against the deadline of an idle connection.
§ A server ignores at least one CRLF before the request line.

empty-line
A CR came first, which only an empty line begins with. Anything but LF behind it is a bare CR.
§ A robust server skips it; here a small number of such lines is skipped.

tls-record
The byte 0x16 is the first of a TLS handshake, and no method starts with it. The second byte, 0x03, makes it
certain, and the answer can say what the person did wrong.
§ A TLS record begins with its type (22 for handshake) and version 3.x.

method
Letters go by until a space. The length is bounded, so that nobody fills memory with a method that never
ends.
§ method = token; unknown methods are answered 501 by the application, not here.

target
Everything up to the next space. Bytes that no address may hold are refused here, before anything interprets
them; percent-escapes are left as they are, for the file handler to decode once.
§ No whitespace is allowed in a target; a server should answer 400 to one that is invalid.

version
Eight bytes, compared one by one. HTTP/0.9 had no version at all: a line that ends here is answered 400.
§ HTTP-version is case-sensitive.

request-line-end
Only CR may come. A space here would be a fourth word, and some servers have taken all but the last for the
address.
§ request-line = method SP request-target SP HTTP-version.

status-space
The parser of answers: the version has been read and one space must follow.
§ status-line = HTTP-version SP status-code SP [ reason-phrase ].

status
Three digits. A proxy or a browser decides by them how the content will end, so letters are refused.
§ status-code = 3DIGIT.

reason-space
The grammar wants a space even before an empty phrase. Enough servers forget it that it is not insisted on.
§ A server must send the space; clients are lenient.

reason
Text for people, of any visible bytes. Nothing is decided by it.
§ reason-phrase = 1*( HTAB / SP / VCHAR / obs-text ).

start-line-lf
A CR alone never ends a line; the next byte decides whether this was one.
§ A bare CR must be treated as invalid, or replaced by SP, before the element is used.

field-line
The hinge of the head: a letter begins a field, CR begins the end, a space would continue the line before in
the way of old mail (obs-fold), which is refused.
§ A server must reject obs-fold, or replace it by spaces.

field-name
A token up to the colon. A space, a tab or a control byte ends the reading with a fault, since two servers
could read the name differently.
§ No whitespace is allowed between the field name and colon.

field-ows
Spaces and tabs behind the colon are passed over and belong to no one.
§ field-line = field-name ":" OWS field-value OWS.

field-value
Bytes up to CR. Where the value ends in spaces they are cut off afterwards. A value that the parser must
understand itself (Host, Content-Length, Transfer-Encoding, Connection) is looked at as soon as its line is
complete.
§ A receiver must reject or replace CR, LF and NUL within a value.

field-lf
As with every line of the head, LF must follow. What the field said is acted upon already: its value ended at
the CR.
§ Lines are terminated by CRLF.

head-lf
The last byte of the head. Behind it the framing is decided: content by length, by chunks, until the close,
or none.
§ The empty line ends the header section.

content
A countdown. The parser does not look at these bytes: they are passed on as they come, and only their number
matters.
§ If the connection closes before that many octets came, the message is incomplete.

content-until-close
Only answers can be framed so. It costs the connection, and a cut cannot be told from the end.
§ The last resort of the eight rules of message body length.

chunk-size
Hexadecimal digits, at most so many that no number overflows. Zero leads to the trailers.
§ chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF.

chunk-extension
Skipped, and counted: there is a bound for all extensions of a message together.
§ A receiver must ignore unrecognised chunk extensions.

chunk-size-lf
The line of the size ends as all lines do. Behind it the count of the chunk begins, so a reader that is one
byte off here is off for good.
§ CRLF ends the chunk header; a bare LF here has been used for smuggling.

chunk-data
As with content of a known length, a countdown, here of one chunk. The bytes are not looked at: a chunk may
well contain CRLF, or a whole request.
§ chunk-data = 1*OCTET, exactly chunk-size of them.

chunk-end
CR must come exactly here. Anything else means that the size was wrong, and where the next chunk starts
nobody knows.
§ chunk-data is followed by CRLF.

chunk-end-lf
LF must follow the CR. Then the next size is read, or, where it was the last chunk, its trailers.
§ chunk-data is followed by CRLF.

trailer-line
As at the start of a field line, behind the last chunk. Mostly the empty line comes at once.
§ chunked-body = *chunk last-chunk trailer-section CRLF.

trailer-name
Names that would change framing or routing are refused when their line is complete.
§ Trailer fields must not be merged into the header unless allowed.

trailer-ows
Spaces and tabs before the value of a trailer field, passed over as before the value of a header field.
§ OWS around the value is not part of it.

trailer-value
Read as the value of a header field is, and then kept apart from the header: it came when decisions had been
made.
§ A receiver may ignore trailer fields.

trailer-lf
LF must follow the CR. Then comes another trailer, or the empty line that ends the message.
§ Lines are terminated by CRLF.

last-lf
The last byte of a chunked message. Behind it the parser is idle again, and what comes next is the next
request: pipelining.
§ The trailer section is ended by an empty line.

after-close
One side said Connection: close. What still comes is not read as a request: the answer could not be sent.
§ A server must not process requests received after one with close.

switched
A 101 or a CONNECT was agreed on. The bytes go to another parser, such as that of WebSocket frames.
§ After 101 the connection speaks the protocol named in Upgrade.

faulted
The parser keeps the place and the reason and reads nothing more. Recovering by guessing is what request
smuggling lives on.
§ A server answers 400 and closes the connection.

closed
The peer sent FIN. Between messages that is an ordinary end; within one it is a fault.
§ A client that closes early leaves an incomplete request.

ws-opcode
The first byte of each frame. Control frames (close, ping, pong) may stand between the fragments of a
message.
§ Fragments of a message follow one another, with control frames allowed between.

ws-length
The second byte. A client's frame without the mask bit ends the connection with 1002.
§ A server must close upon receiving an unmasked frame.

ws-extended-length
Two or eight bytes more. A length over the limit of a message is refused before a byte of it is stored.
§ The minimal number of bytes must be used.

ws-masking-key
Present exactly where the mask bit was set: in frames from clients.
§ The key must be new and unpredictable for each frame.

ws-payload
Unmasked as it comes; of a text message it must be UTF-8, also across the frames that it is cut into.
§ Text is UTF-8; invalid text fails the connection with 1007.

ws-finished
A Close frame was read, or a fault: nothing behind it is understood.
§ After a Close frame no further frames are sent; the server closes TCP first.
`;
