/** Faults of Host, of framing and of the end; line and clause are those of `wire/faults.ts`. In the notation of `notation.ts`. */
export const FRAMING_FAULTS = `
host-missing
Only HTTP/1.0 may leave it out. Without it a server of several sites does not know which is meant.
§ A server must answer 400 to an HTTP/1.1 request without Host.

host-duplicate
A proxy might route by the first and the server by the second: so one gets past a check that was made on the
other.
§ A server must answer 400 to more than one Host field line.

host-invalid
A path, a user name, a space or nothing at all where only a host may stand. Programs build links from this
value, so rubbish in it ends up in mails and caches.
§ A server must answer 400 to an invalid value.

content-length-invalid
\`+5\`, \`5, 5\`, \`0x5\`, or a number too large to be exact. Lenient number readers each make something else of
these.
§ Content-Length = 1*DIGIT; an invalid one is an unrecoverable error.

content-length-duplicate
Two lengths are two places where the message could end. Equal ones are refused as well here: no client means
to send two.
§ Differing values must be refused; identical ones may be taken as one.

content-length-with-transfer-encoding
The heart of request smuggling: a proxy goes by one, the server by the other, and the rest of the body
becomes somebody else's request.
§ Transfer-Encoding overrides; such a message ought to be handled as an error, and the connection closed.

transfer-encoding-invalid
An empty value or odd signs: attempts to have one reader see chunked and another not.
§ Transfer-Encoding = #transfer-coding.

transfer-coding-unknown
gzip as a transfer coding exists in the standard and nowhere else. Without knowing a coding its end cannot
be found.
§ A server should answer 501 to codings it does not understand.

chunked-repeated
Chunks within chunks. No one sends this by accident: a reader that undoes one layer only sees another end than
a reader that undoes both.
§ chunked must not be applied more than once.

chunked-not-final
If chunked is not the outermost coding, nothing marks the end of a request.
§ Then the length cannot be determined reliably; the server must answer 400 and close.

transfer-encoding-in-http10
A client of 1.0 does not know chunks; a field that says so was put there by an intermediary, or by an
attacker.
§ Must be treated as if the framing is faulty, even with Content-Length.

chunk-size-invalid
A sign, a space, 0x, or the data of a chunk that was longer than announced. Lenient readers take some of
these, each its own.
§ chunk-size = 1*HEXDIG.

chunk-size-too-large
A number that overflows becomes small in some programs: they stop early, and the rest is a new request.
§ Recipients must anticipate large numerals and prevent overflow.

chunk-extension-invalid
Servers that skipped to the LF without looking have been led past the true end of the line.
§ chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS value ] ).

chunk-extensions-too-large
One byte of content with kilobytes of extension, again and again: work for nothing.
§ A server ought to limit the total length of chunk extensions.

chunk-end-missing
The size said one thing and the data another. Where the next chunk begins is anyone's guess.
§ chunk-data CRLF.

trailer-forbidden
Framing, routing or credentials in a trailer come after decisions were made by them. Whoever merges trailers
would act on them too late, or twice.
§ Such fields must not be sent as trailers.

trailers-too-large
The bound of the head, applied to its late part. Otherwise a sender could give up a limited head and send
fields without end behind the content.
§ 431 is for header fields; trailers are treated alike.

unexpected-bytes
The message said close, so nobody will answer what comes behind. Often it is a body longer than announced.
§ After close no more requests are processed on the connection.

connection-closed-early
The client gave up, crashed, or lost its network in the middle of a message. What was there is not acted
upon.
§ A server may answer an incomplete request with an error before it closes.
`;
