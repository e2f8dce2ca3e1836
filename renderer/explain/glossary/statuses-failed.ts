/** Status codes of the classes 4xx and 5xx. In the notation of `notation.ts`. */
export const FAILED_STATUSES = `
400 | RFC 9110 §15.5.1
The request makes no sense.
Broken syntax, contradictory framing, or something the application finds malformed. After a syntax error the
connection closes, since nobody knows where the next request begins.
§ The server cannot or will not process the request for something it perceives as a client error.

401 | RFC 9110 §15.5.2
Say who you are.
Credentials are missing or wrong. WWW-Authenticate says how to give them. Despite its phrase it is about
authentication, not about rights: those are 403.
§ Must have a WWW-Authenticate field; the client may repeat with new credentials.

402 | RFC 9110 §15.5.3
Payment required.
Reserved since the beginning for a future in which the web pays by itself. Some interfaces use it for
quotas.
§ Reserved for future use.

403 | RFC 9110 §15.5.4
You may not.
The server understood and refuses. Repeating it, also with the same credentials, is useless. To hide that
something exists, 404 is used in its place.
§ A server that does not want to reveal the existence may answer 404.

404 | RFC 9110 §15.5.5
There is nothing here.
No resource at that path, or none that the server admits to. It does not say whether there was one or will
be: that would be 410.
§ Cacheable by heuristics; 410 is preferred where absence is known to be permanent.

405 | RFC 9110 §15.5.6
Not with this method.
The target exists, but not for this method: a POST to a plain file. Allow lists what would work.
§ Must have an Allow field with the methods that are supported.

406 | RFC 9110 §15.5.7
Nothing that you would take.
None of the versions fits Accept and its kin. Most servers send what they have rather than this.
§ The content should list what is available.

407 | RFC 9110 §15.5.8
Tell the proxy who you are.
As 401, from a proxy on the way: it wants to know who asks before it passes anything on. The client answers
with Proxy-Authorization.
§ Must have Proxy-Authenticate.

408 | RFC 9110 §15.5.9
The request took too long.
The connection was open and no whole request came in time. Slow clients meet it, and attackers who send one
byte a minute. Browsers repeat the request by themselves.
§ The client may repeat the request; in HTTP/1.1 on a new connection, since the rest of the old one is lost.

409 | RFC 9110 §15.5.10
It conflicts with what is there.
An edit of a version that is no longer the latest, a name that is taken. The content should say what to
solve.
§ For conflicts with the current state that the user might resolve.

410 | RFC 9110 §15.5.11
It was here, and is gone for good.
Tells search engines and bookmarks to forget it, which 404 does not.
§ Cacheable by heuristics.

411 | RFC 9110 §15.5.12
Say how long it is.
The server wants a Content-Length and will not take chunks, mostly because it sets room aside beforehand.
§ The client may repeat with Content-Length.

412 | RFC 9110 §15.5.13
The condition does not hold.
If-Match or If-Unmodified-Since found another version: somebody was faster. Nothing was changed.
§ A condition of the request evaluated to false, and the method was not applied.

413 | RFC 9110 §15.5.14
Too much content.
The content is larger than the server takes. It may close the connection instead of reading it all.
§ May have Retry-After where the condition is temporary; the server may close.

414 | RFC 9110 §15.5.15
The address is too long.
Most often a form sent with GET that should be POST, or a redirect that grows in a loop.
§ Cacheable by heuristics; 8000 octets at least should be supported.

415 | RFC 9110 §15.5.16
That kind of content is not taken.
Content-Type or Content-Encoding is one the target cannot use. Accept or Accept-Encoding in the answer says
which it can.
§ Concerns the format of the request's content.

416 | RFC 9110 §15.5.17
No such part.
The Range begins behind the end. Content-Range: bytes */1234 says how long it is.
§ A byte range answer should have Content-Range with the current length.

417 | RFC 9110 §15.5.18
The expectation cannot be met.
Expect asked for something else than 100-continue, or a server on the way cannot do it.
§ At least one expectation in Expect could not be met.

421 | RFC 9110 §15.5.20
You are at the wrong server.
Host names a site that is not served here. It stops pages that make their own name resolve to your machine
(DNS rebinding), and tells HTTP/2 clients to open another connection.
§ The client may repeat the request over another connection; a proxy must not generate it.

422 | RFC 9110 §15.5.21
Understood, and still wrong.
The syntax is right and the meaning is not: a date in the past, a missing field of a form. Interfaces use it
for validation.
§ The content type is understood and the syntax correct, but the instructions cannot be processed.

423 | RFC 4918 §11.3
Locked.
Another client of WebDAV holds a lock on the resource, as an editor does while a document is open in it.
§ The response should name the lock.

424 | RFC 4918 §11.4
Another step failed before it.
A WebDAV action depended on one that failed, and so was not tried. The cause is found at the other one.
§ Used in multistatus for actions that were not performed.

425 | RFC 8470 §5.2
Too early to be safe.
The request came in the first flight of TLS 1.3, which an attacker can repeat. The client sends it again
after the handshake.
§ The client should retry without early data.

426 | RFC 9110 §15.5.22
Speak another protocol.
Upgrade says which. Answered to a WebSocket handshake with a version that is not spoken here.
§ Must have Upgrade with the protocols required.

428 | RFC 6585 §3
Say which version you mean.
The server takes changes only with If-Match, so that nobody overwrites another unseen.
§ Must not be stored by a cache.

429 | RFC 6585 §4
Too many, too fast.
A limit of requests per time. Retry-After says when it will do again.
§ May have Retry-After; must not be stored by a cache.

431 | RFC 6585 §5
The head is too large.
Too many fields or too long ones, mostly cookies. Bounds protect the server's memory.
§ May be about all fields or a single one; must not be stored by a cache.

451 | RFC 7725 §3
Forbidden by law.
Somebody has demanded that it is not shown, and the content should say who. The number is from a novel about
burnt books.
§ Should explain the demand; cacheable by heuristics.

500 | RFC 9110 §15.6.1
The server failed.
Something unexpected broke while the request was handled: an exception, mostly. The cause is in the server's
log.
§ The generic answer where no other 5xx fits.

501 | RFC 9110 §15.6.2
The server cannot do that.
It knows the method or coding for no resource at all. For one that it knows elsewhere, 405 is right.
§ Cacheable by heuristics.

502 | RFC 9110 §15.6.3
The server behind it gave no sense.
A proxy could not reach the server behind it, or got an answer that it could not read.
§ Sent by a gateway or proxy.

503 | RFC 9110 §15.6.4
Not now.
Overload or maintenance. Retry-After can say until when. A server may also simply refuse the connection.
§ The condition is temporary; Retry-After may be sent.

504 | RFC 9110 §15.6.5
The server behind it did not answer in time.
A proxy waited and gave up. The request may have been carried out all the same.
§ Sent by a gateway or proxy.

505 | RFC 9110 §15.6.6
That version of HTTP is not spoken here.
The major version is one the server refuses: an HTTP/2 preface on an HTTP/1 port, for instance.
§ The content should say why and what is supported.

506 | RFC 2295 §8.1
The choice leads in a circle.
A fault of configuration in content negotiation of an experimental kind.
§ The chosen variant itself negotiates.

507 | RFC 4918 §11.5
No room left.
WebDAV: the server cannot store what it was given, because a disk or a quota is full. Less content may do.
§ Considered temporary.

508 | RFC 5842 §7.2
It goes round in a loop.
WebDAV: listing a tree to any depth would never end, since a collection in it contains itself by a binding.
§ The whole operation failed.

510 | RFC 2774 §7
An extension is needed.
From an experiment in which a request could insist on extensions. It never left the laboratory and is obsolete.
§ The policy for accessing the resource was not met.

511 | RFC 6585 §6
Sign in to the network first.
From the portal of a hotel or train, not from the site that was asked. With https it cannot even be shown.
§ Origin servers should not send it; the content should link to the sign-in.
`;
