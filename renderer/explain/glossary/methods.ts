/** The methods of RFC 9110 and PATCH. In the notation of `notation.ts`. */
export const METHODS = `
GET | RFC 9110 §9.3.1
Fetches what is there.
The ordinary request: following a link, loading an image. It has no effect that its sender would answer for
(safe), so it may be repeated, cached and fetched ahead. A GET with content is possible to write and means
nothing; some servers refuse it.
§ Content in a GET has no defined meaning and may lead to the request being refused; a Range makes it
partial.

HEAD | RFC 9110 §9.3.2
GET without the content.
Gives the same fields as GET, so one learns size, type and version without a transfer. The answer says
Content-Length and yet has no content: a client that waits for it waits for ever.
§ The server must not send content; it should send the fields that GET would have, and may leave out those
that only making the content would tell.

POST | RFC 9110 §9.3.3
Hands something over to be processed.
A form, an upload, a call of an interface: what happens is up to the target. It is neither safe nor
repeatable, which is why browsers ask before they send it again. 201 with Location tells what was made.
§ Answers are cacheable only with explicit freshness and a matching Content-Location; 303 sends on to a
result.

PUT | RFC 9110 §9.3.4
Puts this content at this address.
Makes or replaces what lies at the target. Doing it twice is the same as once (idempotent), so a client may
repeat it after a lost connection. If-Match guards against overwriting another's change.
§ 201 when it was made, 200 or 204 when it was replaced; a part of it, with Content-Range, is for servers only
of which it is known that they take one.

DELETE | RFC 9110 §9.3.5
Takes away what is at this address.
Removes the link between the address and what it led to; whether bytes are erased is another matter.
Repeating it changes nothing more.
§ 202 when it is to be done later, 204 when it is done and there is nothing to say, 200 with a description.

CONNECT | RFC 9110 §9.3.6
Asks a proxy for a tunnel.
The target is only host:port. After 2xx the connection carries any bytes, mostly TLS, which the proxy passes
on unread. That is how browsers speak https through a proxy.
§ A 2xx answer has neither Content-Length nor Transfer-Encoding; the tunnel begins after its head. Servers
that are no proxies answer 501 or 405.

OPTIONS | RFC 9110 §9.3.7
Asks what may be done here.
Answered with Allow. Browsers use it for the CORS preflight: may a page of another site do this? \`OPTIONS *\`
is about the server as a whole.
§ The target * stands for the server in general; an answer should list the optional features it has.

TRACE | RFC 9110 §9.3.8
Asks for the request to be sent back as it arrived.
Shows what proxies on the way did to a request. It also shows fields that a script is not meant to see, so
most servers have it switched off.
§ A client must not send content or credentials; the final receiver answers 200 with the request as
message/http.

PATCH | RFC 5789 §2
Changes a part of what is at this address.
The content describes a change, in a format such as JSON Patch, instead of the whole. It is not idempotent
by itself: "append a line" twice appends two lines.
§ The server must apply all of it or nothing; Accept-Patch tells which formats it takes.
`;
