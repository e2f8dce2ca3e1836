/** Fields of answers, of caches and of proxies. In the notation of `notation.ts`. */
export const ANSWER_FIELDS = `
Date | RFC 9110 §6.6.1
When the answer was made.
When the server made the answer. Caches reckon the age of a copy from it, so a server whose clock is wrong
makes copies live too long or not at all.
§ A server with a clock must send it in 2xx, 3xx and 4xx; in the form \`Sun, 06 Nov 1994 08:49:37 GMT\`.

Server | RFC 9110 §10.2.4
What the server says it is.
Name and sometimes version of the server's program. Helpful to find faults, helpful to attackers too; many
leave the version out.
§ It may be sent; overly long or detailed values are advised against.

Location | RFC 9110 §10.2.2
Where to go instead, or what was made.
With 3xx the address to go to; with 201 that of what was made. It may be relative: it is then taken from
where the request went.
§ A URI reference, resolved against the target URI; a fragment of the request is kept where the new one has
none.

Allow | RFC 9110 §10.2.1
Methods that this target takes.
The methods that may be tried here. It must come with 405, and answers OPTIONS.
§ A list of methods, case-sensitive; required in 405. The list may be empty.

Retry-After | RFC 9110 §10.2.3
When to try again: a time, or seconds from now.
With 503 and 429 it says when to come back, with 3xx how long to wait before going on. Clients that obey it
do not all return in the same second, if servers spread the values.
§ An HTTP date, or a number of seconds from the receipt of the answer.

WWW-Authenticate | RFC 9110 §11.6.1
How to prove who asks.
What comes with 401: the schemes by which one can prove who one is, each with a realm that names the
protected area. Basic has browsers ask for a name and a password.
§ A 401 must have at least one challenge; a realm groups what the same credentials open.

Proxy-Authenticate | RFC 9110 §11.7.1
How to prove to the proxy who asks.
The same as WWW-Authenticate, from a proxy on the way and with 407: how to prove to that proxy who asks.
Behind it the server may ask again for itself.
§ A 407 must have at least one challenge; it applies to the next hop only.

Set-Cookie | RFC 6265 §4.1
Something for the client to keep and hand back.
A name, a value, and attributes: for which hosts and paths, until when, only over https (Secure), not for
scripts (HttpOnly), and not from other sites (SameSite). One field sets one cookie; a second cookie is a
second field, never a comma.
§ name=value; attributes. Fields of this name must not be joined into one line, since values and dates hold
commas.

Link | RFC 8288 §3
Related resources, some to be fetched early.
The <link> of HTML, as a field: a style sheet to preload, the next page, the licence. In a 103 it reaches
the browser before the answer is made.
§ <URI>; rel=type, with further parameters; several are separated by commas.

Server-Timing | Server Timing §2
How long the server took, in parts.
The server tells where its time went: db;dur=53, cache;desc=hit. Browsers show it in their timing panel and
give it to scripts of the same site.
§ A list of metrics with dur in milliseconds and desc.

Alt-Svc | RFC 7838 §3
The same site over another protocol or address.
Says that the same origin can be had elsewhere, mostly by HTTP/3 on the same port over UDP. The browser uses
it from the next connection on.
§ protocol="host:port" with ma, the seconds it holds; clear forgets all alternatives.

Refresh | HTML §7.8
Load again, or another page, after so many seconds.
From the time before HTML had <meta refresh>: load again after so many seconds. Redirects do it better.
§ A number of seconds, then ;url=. Defined in HTML because browsers obey it.

SourceMap | Source Map §11.1.2.1
Where the source of a built script lies.
Names the file by which developer tools show the source from which a script was built.
§ A URI of the map, relative to the script; replaces X-SourceMap.

Cache-Control | RFC 9111 §5.2
Who may store it, for how long, and when to ask again.
Directives for everyone who keeps copies. max-age says how long one is fresh; no-cache that it must be asked
for each time, and may be kept; no-store that nothing may be kept; private that only the browser may;
immutable that asking again is useless. In requests it says what the client is content with.
§ Unknown directives are ignored; no-store forbids storing, no-cache forbids use without validation,
s-maxage overrides max-age for shared caches.

Age | RFC 9111 §5.1
Seconds since a cache got it from its origin.
A cache adds it: so many seconds has it had this copy, on all the way. An answer that has it did not come
from the origin just now.
§ A whole number of seconds; its presence means that the answer was not made for this request by the origin.

Expires | RFC 9111 §5.3
Stale after this time; max-age goes before it.
The older form of max-age: an absolute time, which goes wrong where clocks differ. 0 and other invalid dates
mean: stale already.
§ Ignored where Cache-Control has max-age (or s-maxage for shared caches); an invalid date is in the past.

Pragma | RFC 9111 §5.4
no-cache, for caches from before Cache-Control.
From HTTP/1.0. no-cache in a request had the same wish as Cache-Control: no-cache; in answers it never had a
meaning.
§ It is deprecated; caches may obey no-cache in requests where Cache-Control is absent.

Vary | RFC 9110 §12.5.5
Request fields that the answer depends on.
A cache may give a stored answer to another request only if these request fields are the same. Forgetting it
mixes languages or codings; naming User-Agent makes caching useless.
§ A list of field names, or * for what no cache can know. Combined with the stored request to choose among
answers.

Clear-Site-Data | Clear Site Data §3
What the browser should forget about this site.
Empties what the browser keeps for the origin: cookies, storage, cache. A logout that means it.
§ Quoted types such as "cookies" or "storage"; over secure transport only.

Via | RFC 9110 §7.6.3
Proxies that it came through.
Every proxy adds the version it received and its name. It shows the way that a message went, and a proxy
that finds itself in it has found a loop.
§ Protocol version and a host or pseudonym for each hop, appended in order; gateways must add it to
requests.

Forwarded | RFC 7239 §4
What proxies saw before they passed it on.
Behind a proxy a server sees only the proxy. This field hands on who asked, by which scheme and for which
host. It can be written by anyone: trust only what your own proxies added.
§ Elements with for, by, host and proto, one for each proxy, the nearest to the client first.

Authentication-Info | RFC 9110 §11.6.3
What the server says about credentials that it took.
After a successful sign-in by a scheme such as Digest: a proof that the server knew the password too, or the
value to use next time.
§ Sent in any answer to a request with credentials; its parameters belong to the scheme.

Proxy-Authentication-Info | RFC 9110 §11.7.3
What the proxy says about credentials that it took.
The same as Authentication-Info, for credentials that went to a proxy with Proxy-Authorization.
§ It applies to the next hop only.

Accept-Patch | RFC 5789 §3.1
Formats in which a change may be described with PATCH.
PATCH says nothing about the form of the change. The target lists here which media types it understands,
such as application/json-patch+json.
§ Sent in the answer to OPTIONS, and with 415 to a PATCH.

Cache-Status | RFC 9211 §2
What each cache on the way did with this request.
hit, or fwd with the reason why it was passed on: a miss, a stale copy, a wish of the client. It replaces
many X-Cache fields, each with words of its own.
§ A list with one member for each cache, the nearest to the origin first.

X-Forwarded-For | RFC 7239 §7.4
Who asked, as proxies add it; older than Forwarded.
A list of addresses, the client first. Every client can send it with anything in it, so only the entries
added by your own proxies are worth something.
§ It was never standardised; Forwarded has the same in the parameter for.

X-Forwarded-Host | RFC 7239 §7.4
The host that was asked for at the proxy.
A proxy that asks the server behind it under another name says here which name the client used, so that
links can be made with it.
§ It was never standardised; Forwarded has the same in the parameter host.

X-Forwarded-Proto | RFC 7239 §7.4
http or https, as the client spoke to the proxy.
Behind a proxy that ends TLS, the server sees plain HTTP only. It goes by this field to make links and to
decide on secure cookies.
§ It was never standardised; Forwarded has the same in the parameter proto.
`;
