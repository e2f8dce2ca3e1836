/** Fields about the content, its framing and the connection. In the notation of `notation.ts`. */
export const CONTENT_FIELDS = `
Content-Type | RFC 9110 §8.3
What the content is.
The media type of the content, with parameters such as charset. Browsers go by it and not by the name of the
file: a script sent as text/plain does not run under nosniff. Without it they guess, which has been used to
attack.
§ A sender of content should give it; a receiver without it may assume application/octet-stream or look at
the bytes.

Content-Length | RFC 9110 §8.6
Bytes of content after the empty line.
How many bytes follow the empty line, in decimal. With it the receiver knows where the message ends and the
connection can carry the next one. Two different values, or one beside Transfer-Encoding, make two readers
disagree about where: that is request smuggling.
§ A decimal number of octets; not sent beside Transfer-Encoding, nor in 1xx and 204. A message with a wrong
one is incomplete or an error.

Content-Encoding | RFC 9110 §8.4
Codings put on the content, to be undone by the client.
The content was packed before it was sent: gzip, br, zstd, deflate, in the order in which they were applied.
It belongs to the content itself, so that Content-Length, ETag and ranges count the packed bytes.
§ Codings are listed in the order applied; the receiver undoes them from the last to the first.

Content-Language | RFC 9110 §8.5
Language of those whom it is meant for.
For whom the content is written, which need not be all languages that occur in it. A primer of Greek in
English is en.
§ A list of language tags; without it the content is meant for all.

Content-Location | RFC 9110 §8.7
The address of exactly this version.
The address at which exactly this version can be had again. For an answer chosen by Accept it names the
chosen one. It does not redirect, and it is not Location.
§ A URI for the representation in this message; when it equals the target, the content is its current state.

Content-Disposition | RFC 6266 §4
Show it, or save it under this name.
inline shows the content, attachment saves it under the filename. In form data it gives each part its name.
A filename of a stranger is no path: only its last segment may be used.
§ A disposition type and parameters; filename* carries names beyond ASCII and goes before filename.

Last-Modified | RFC 9110 §8.8.2
When it last changed, as far as the server knows.
The time of the last change as the file system has it. Clients send it back in If-Modified-Since. Its
resolution is a second, so a version that is younger than that cannot be told from the next one.
§ A server should send it where it can; it must not be later than Date.

ETag | RFC 9110 §8.8.3
The name of this version.
A text in quotes that changes whenever the content does. Clients send it back in If-None-Match to ask "still
this one?". W/ before it means: equal in meaning, perhaps not in every byte, and so not good for ranges.
§ An opaque text in double quotes, optionally weak (W/). Strong comparison needs both strong and identical,
weak comparison only the same text.

Digest | RFC 3230 §4.3.2
Check sum of the content. Replaced by Repr-Digest.
A checksum of what was sent, by an earlier standard that left open what exactly is summed. Repr-Digest and
Content-Digest settle that.
§ It is obsolete (RFC 9530 replaces it); algorithm=value pairs.

Content-Digest | RFC 9530 §2
Check sum of the bytes in this message.
A checksum of the bytes in this very message, after content coding. It shows whether they were changed on
the way, by accident: whoever changes them on purpose changes the sum too.
§ A structured dictionary of algorithm and byte sequence, over the content of this message.

Repr-Digest | RFC 9530 §3
Check sum of the whole, whichever part was sent.
A checksum of the whole representation, also where only a range of it was sent. A client that puts ranges
together can check the result.
§ A structured dictionary, over the selected representation with its content codings.

Connection | RFC 9110 §7.6.1
Whether the connection stays open, and which fields end here.
Fields are for the far end, unless they are named here: those end at this hop and a proxy takes them out.
close says that this message is the last on the connection. In HTTP/1.1 keeping it open is the normal case;
HTTP/1.0 needs keep-alive for it.
§ Options are case-insensitive; a proxy must remove the fields that are named and the field itself. close is
answered by closing.

Keep-Alive | RFC 2068 §19.7.1.1
How long an idle connection is kept, in seconds.
A hint how long an idle connection will be kept and for how many requests. Whether it is kept is said by
Connection; nothing may rely on the figures.
§ It is a field of the connection, listed in Connection; its parameters timeout and max are by convention.

Transfer-Encoding | RFC 9112 §6.1
chunked: the content comes in pieces, each with its size.
Says how the message is wrapped for the way, not what the content is. chunked sends it in pieces with sizes,
so that a server can begin before it knows the end. It overrides Content-Length, and a message with both is
a smuggling attempt until shown otherwise.
§ chunked must be the last coding of a request and may be applied once only; a server answers 501 to codings
that it does not know.

Trailer | RFC 9110 §6.6.2
Fields that will come after the content.
Announces fields that will follow the last chunk, such as a checksum that is known only then. Receivers may
drop them.
§ A sender should list the names ahead; fields needed for framing, routing or authentication must not be
sent as trailers.

Upgrade | RFC 9110 §7.8
Another protocol is offered or taken up.
Offers to go on in another protocol over the same connection; websocket is the one in daily use. The server
takes it up with 101, or answers as if nothing had been offered.
§ Listed by preference; the sender also puts upgrade into Connection. A server must not switch to what was
not offered.

Proxy-Connection | RFC 9112 §C.2.2
Connection, as some clients tell it to proxies. No standard knows it.
Some clients invented it so that old proxies would not pass Connection on blindly. It never worked as
intended, and servers see it only by mistake.
§ Clients are told not to send it; receivers ignore it.

Sec-WebSocket-Key | RFC 6455 §11.3.1
A random value that the server must answer to.
16 random bytes in base64. It is no secret: the server shows by its answer that it understood a WebSocket
handshake and is not some other program that was tricked into answering.
§ Sent exactly once, new for every connection; decoded it has 16 bytes.

Sec-WebSocket-Accept | RFC 6455 §11.3.3
The answer to the key: proof that the server meant it.
The key, with a fixed text appended, hashed with SHA-1 and put in base64. A browser that finds another value
closes the connection.
§ base64(SHA-1(key + 258EAFA5-E914-47DA-95CA-C5AB0DC85B11)).

Sec-WebSocket-Version | RFC 6455 §11.3.5
Version of the WebSocket protocol; 13 is the only one.
The protocol was drafted many times; the standard is version 13. A server that is offered another answers
426 and names what it speaks.
§ A client sends 13; a server that does not speak it answers 426 with this field.

Sec-WebSocket-Protocol | RFC 6455 §11.3.4
What is spoken inside the WebSocket.
WebSockets carry messages and do not say what is in them. Here client and server agree on a name for it,
such as mqtt or graphql-ws.
§ The client lists distinct tokens by preference; the server answers with one of them, or leaves the field
out.

Sec-WebSocket-Extensions | RFC 6455 §11.3.2
Extensions of the frames, such as compression.
permessage-deflate is the extension in use: it packs each message. Parameters say how much memory each side
keeps between messages.
§ The server answers with those of the offered extensions that it takes, in the order in which they apply.
`;
