/** Status codes of the classes 1xx, 2xx and 3xx. In the notation of `notation.ts`. */
export const DONE_STATUSES = `
100 | RFC 9110 §15.2.1
Go on: the content is welcome.
The client asked with Expect: 100-continue before it sent its content. This interim answer lets it begin;
the real answer follows on the same connection.
§ An interim response without content; a client must be ready to receive one even unasked.

101 | RFC 9110 §15.2.2
From here on another protocol.
The server takes up the protocol that Upgrade offered. Behind the empty line the bytes are of that protocol,
such as WebSocket frames.
§ The server must say which protocol in Upgrade, and switch right after the empty line.

102 | RFC 2518 §10.1
Still at it.
WebDAV's way to keep a client from giving up on a long task. It was taken out of WebDAV again.
§ An interim response; the final one follows.

103 | RFC 8297 §2
Links to fetch while the answer is made.
While a page is still being computed, the browser can already fetch its style sheets by the Link fields in
here. The final answer may take them back.
§ An interim response whose fields are hints only; the final response stands on its own.

200 | RFC 9110 §15.3.1
It went well.
What was asked for is in the content. What exactly that is depends on the method: the resource for GET, its
fields for HEAD, the result for POST.
§ Cacheable by heuristics unless something says otherwise.

201 | RFC 9110 §15.3.2
Something was made.
A POST or PUT has made a new resource. Location tells where it is; without it, it is at the target itself.
§ The primary resource is identified by Location, or by the target URI.

202 | RFC 9110 §15.3.3
Taken in; to be done later.
The request was accepted into a queue. Whether it will succeed is open; a good answer says where to look.
§ Deliberately noncommittal: HTTP has no way to report the outcome later.

203 | RFC 9110 §15.3.4
As from the origin, changed on the way.
A proxy has changed the content of a 200, for instance to make pictures smaller.
§ Sent by a transforming proxy; cacheable by heuristics.

204 | RFC 9110 §15.3.5
Done; nothing to show.
Good for saving without leaving the page: the browser stays where it is. There is no content, and so no
Content-Length.
§ Ends with the empty line after the head; must not have content.

205 | RFC 9110 §15.3.6
Done; clear the form.
Asks the client to reset the view that sent the request, ready for the next entry. Browsers treat it as 204.
§ Must not have content, and says so by Content-Length: 0 or an empty chunked body.

206 | RFC 9110 §15.3.7
A part, as asked.
The answer to a Range. Content-Range says which bytes these are; several ranges come as
multipart/byteranges.
§ Must have Content-Range or be multipart; validators must be those of the whole.

207 | RFC 4918 §11.1
Several results in one answer.
A WebDAV request about many resources gets many statuses, in an XML body.
§ The content is a multistatus element with a response for each resource.

208 | RFC 5842 §7.1
Listed already.
In a 207 of WebDAV: this collection was described before, under another name.
§ Used inside a multistatus to avoid listing a binding twice.

226 | RFC 3229 §10.4.1
The difference to your copy.
The server sent only what changed since the version the client has. It never came into use.
§ The response is the result of instance-manipulations named in IM.

300 | RFC 9110 §15.4.1
There are several to choose from.
The resource has versions and the server leaves the choice to the client. Hardly ever seen, since there is
no agreed form for the list.
§ A preferred choice may be given in Location; cacheable by heuristics.

301 | RFC 9110 §15.4.2
It has moved for good.
Bookmarks and search engines may change to the new address, and browsers remember it for long: test with 302
or 307 first. By habit a POST becomes a GET on the way.
§ Clients may change POST to GET; 308 forbids that. Cacheable by heuristics.

302 | RFC 9110 §15.4.3
It is over there for now.
A temporary redirect; the old address stays the right one. Browsers turn POST into GET, which is why 303 and
307 were added.
§ Clients may change POST to GET; 307 forbids that.

303 | RFC 9110 §15.4.4
Look there for the result, with GET.
After a POST, so that reloading the page does not send it again. Whatever the method was, the next request
is GET.
§ The address in Location is not equivalent to the target; it is retrieved with GET.

304 | RFC 9110 §15.4.5
Your copy is still good.
The condition (If-None-Match, If-Modified-Since) found the copy to be current. There is no content: the
client uses what it has, and its freshness starts anew.
§ Must not have content; must send Cache-Control, Content-Location, Date, ETag, Expires and Vary where a 200
would.

305 | RFC 9110 §15.4.6
Use a proxy for it.
It would have let anyone send clients through a proxy of their choice. Nobody obeys it.
§ Deprecated for its danger to security.

307 | RFC 9110 §15.4.8
It is over there for now; keep the method.
As 302, but a POST stays a POST with its content. Safe for a form that is to be sent on, and the redirect to
test with before a 308 is made.
§ The client must not change the method when it follows automatically.

308 | RFC 9110 §15.4.9
It has moved for good; keep the method.
As 301, but a POST stays a POST with its content. Browsers remember it, so a mistake stays for long.
§ The client must not change the method; cacheable by heuristics.
`;
