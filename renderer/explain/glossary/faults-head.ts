/** Faults of start line and fields; line and clause are those of `wire/faults.ts`. In the notation of `notation.ts`. */
export const HEAD_FAULTS = `
tls-on-plain-port
Somebody typed https:// for a port that speaks http, or a scanner tries what is spoken here. The bytes are a
TLS greeting; the answer is sent in the clear, and most browsers show only that the connection failed.
§ A TLS connection begins with a handshake record, type 22.

http2-preface
A client that assumes HTTP/2 begins with \`PRI * HTTP/2.0\`. It was chosen so that an HTTP/1 server refuses it
at once instead of waiting.
§ A client with prior knowledge starts with the connection preface.

too-many-empty-lines
One or two empty lines are forgiven. A stream of them is a way to hold a connection open at no cost.
§ At least one empty line should be ignored; more is up to the server.

method-invalid
Often the rest of a body that was longer than its Content-Length, read as the next request. Or another
protocol altogether.
§ method = token.

method-too-long
No method in use is longer than PROPPATCH and its kin; what runs on is noise or an attempt to fill memory.
§ A server that receives a method longer than any it implements should answer 501.

target-invalid
A space, a quote or a control byte in the address. Clients have to write such bytes as %20 and so on; a
server that guesses may serve another file than a proxy has checked.
§ Whitespace in a target makes the request line invalid; 400 or a redirect, never a guess.

target-form-invalid
A path that does not begin with a slash, \`*\` with GET, or a path with CONNECT. A whole address is fine:
proxies are asked that way.
§ Four forms are defined, and each belongs to its methods.

target-too-long
A bound on the line protects memory. Forms sent by GET, or redirects that add to themselves, run into it.
§ 414; at least 8000 octets should be supported.

version-missing
\`GET /\` and the line ends: HTTP/0.9, of 1991. It had no fields, no status and no types; nobody speaks it
today but tests and attackers.
§ HTTP/0.9 is not covered; a line without a version is malformed.

version-invalid
Another case (\`http/1.1\`), more digits, or another protocol's name. Readers that take it disagree with those
that do not.
§ HTTP-name is case-sensitive and the version has one digit on each side.

version-unsupported
HTTP/2 and 3 are not spoken in text; HTTP/2.0 in a request line is a mistake.
§ 505 where the major version is refused.

status-invalid
An answer whose first line is broken: nothing behind it can be trusted.
§ status-code = 3DIGIT.

reason-invalid
Control bytes in the phrase may be an attempt to smuggle a second line into what people are shown.
§ The phrase has visible bytes, spaces and tabs only.

bare-lf
Many tools and hand-written scripts end lines so. Some servers accept it and some proxies do not; where the
two stand in one chain, they see different heads. Strict is safe.
§ A recipient may take LF as the line end; strictness is allowed.

bare-cr
Some readers take a lone CR for a line end, others for a byte of the value. That difference has been used to
hide fields.
§ A bare CR is invalid and must be replaced by SP or refused.

space-before-first-field
A first line that begins with a space could be taken as part of the request line or as a field. Proxies have
disagreed about it.
§ A recipient must reject it or consume such lines without further processing.

field-name-invalid
A quote, a bracket, a non-ASCII letter or a control byte in a name. A reader that drops such bytes may end
up with a name that another did not see.
§ field-name = token.

space-before-colon
\`Content-Length : 5\` is read by some as a field and ignored by others: the classic of smuggling.
§ A server must reject with 400 any such request.

colon-missing
A line that is no field: text in the head, or a value that was broken in two by a stray CRLF.
§ field-line = field-name ":" OWS field-value OWS.

field-value-invalid
NUL and other control bytes end strings in some languages and not in others, so two programs would see two
values.
§ CR, LF and NUL within a value are refused or replaced.

obs-fold
Mail allowed to continue a line by beginning the next with a space. HTTP has forbidden it to senders;
readers disagreed about what it means.
§ A server must reject obs-fold with 400, or replace it by spaces.

too-many-fields
Each field costs memory and, in naive programs, a search through all the others. The bound is generous:
browsers send some twenty.
§ 431; may be about the number or the size.

head-too-large
Mostly cookies that grew over years, or a token too long for a field. Or somebody who sends fields without
end.
§ 431, with the connection closed.
`;
