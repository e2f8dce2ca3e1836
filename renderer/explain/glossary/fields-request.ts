/** Fields of requests: what is asked for, by whom, and under which conditions. In the notation of `notation.ts`. */
export const REQUEST_FIELDS = `
Host | RFC 9110 §7.2
The site that is meant. Required since HTTP/1.1.
One address and port can serve many sites, and the target of a request names only a path. Host says which
site the path belongs to, with the port when it is not the scheme's own. A server that does not check it can
be made to answer for names it never meant to serve.
§ A client sends exactly one in every HTTP/1.1 request; a server answers 400 when it is missing, repeated or
malformed.

User-Agent | RFC 9110 §10.1.5
What the client says it is.
A name and version of the program, and for browsers a long history of names they pretended to be. It helps
to find faults of one client and to count; it proves nothing, since anybody can write it. Deciding by it
what to send breaks the next browser.
§ A client should send it, unless told not to; products are listed in falling order of how much they matter.

Accept | RFC 9110 §12.5.1
Media types the client can use, the best liked first by q.
The client lists the kinds of content it can take, with weights from 0 to 1 behind ;q=. The server picks
among the versions it has. Most servers have one version and ignore it; programs that serve both HTML and
JSON at one path do not.
§ Without it every media type is acceptable; a server that has nothing fitting may answer 406, or send what
it has all the same.

Accept-Charset | RFC 9110 §12.5.2
Character sets wanted. Obsolete: everyone ignores it.
It once let a client ask for a character encoding. Today everything is UTF-8 and browsers have stopped
sending it, since the list told more about the person than it helped the server.
§ It is deprecated; a server that has nothing fitting may ignore it, or answer 406.

Accept-Encoding | RFC 9110 §12.5.3
Codings that the client can undo.
Codings such as gzip, br or zstd make text three to five times smaller. The client lists those it can undo,
and the server picks one, saying which in Content-Encoding. An answer chosen by this field has to say Vary:
Accept-Encoding, or a cache hands gzip to someone who cannot read it.
§ Absent, any coding is acceptable; identity stays acceptable unless it is excluded by identity;q=0 or
*;q=0.

Accept-Language | RFC 9110 §12.5.4
Languages wanted, the best liked first by q.
Languages as the person set them in the browser, with weights. A site in several languages may choose by it,
best as a first guess that a link can overrule: the setting is often that of the machine's shop and not of
its reader.
§ Ranges are matched against language tags (RFC 4647); a server may ignore the field, and should not answer
406 for it.

Referer | RFC 9110 §10.1.3
The page that led here.
The address of the page whose link, image or form led to this request; misspelt since 1995. Servers count by
it and refuse pictures to strangers. It leaks addresses, so browsers shorten it to the origin when it goes
to another site.
§ It holds no fragment and no user data, and must not be sent over plain HTTP from a page that came by
HTTPS.

Origin | RFC 6454 §7
The site whose page asks, without its path.
Scheme, host and port of the page that made the request, without its path. Browsers send it where the answer
may matter to another site: with CORS, with POST, with WebSockets. A script cannot forge it, so a server may
trust it to tell its own pages from others.
§ A list of origins, in practice one, or \`null\` where the origin must not be told.

From | RFC 9110 §10.1.2
The mail address of the person behind the client.
Meant for robots, so that somebody could write to their owner. Hardly any client sends it, and browsers
never do.
§ A robot should send it so that its owner can be reached; a server should not use it for access control.

Cookie | RFC 6265 §5.4
What the site gave the client to keep, handed back.
All cookies the browser holds for this host and path, as name=value with semicolons between. HTTP itself
remembers nothing; a session lives because this field names it again in each request. Whoever reads it over
the wire is, to the server, the person.
§ The client sends one field with the pairs whose domain, path, Secure and SameSite rules fit; the
attributes are not sent back.

Authorization | RFC 9110 §11.6.2
Credentials for what is asked.
A scheme and what it needs: Basic with user and password in base64, which hides nothing, or Bearer with a
token. It is sent again with every request, since the server keeps no memory of who asked before. Use it
over TLS only.
§ Credentials answer a challenge of 401, or are sent ahead; a shared cache must not store the answer unless
it is told that it may.

Proxy-Authorization | RFC 9110 §11.7.2
Credentials for the proxy on the way.
The same as Authorization, for the next proxy on the way instead of the server behind it. That proxy takes
it out before it passes the request on.
§ It applies to the next inbound proxy that asked for credentials with 407, and is consumed there.

Expect | RFC 9110 §10.1.1
100-continue: the body waits until the server agrees to it.
Before a large upload a client may ask whether it is welcome: it sends the head with 100-continue and waits.
The server answers 100 to have the content, or a final status such as 413 or 401, and the content is never
sent. curl does it for uploads over 1 MiB.
§ A server must answer 100 or a final status; it may answer 417 to an expectation that it cannot meet.

Max-Forwards | RFC 9110 §7.6.2
How many proxies may still pass it on.
A counter against loops, for TRACE and OPTIONS. Each proxy takes one off; the one that finds zero answers
itself, which shows who stands at that place of the chain.
§ A proxy that gets 0 must not pass the request on, and otherwise forwards it with a smaller number.

TE | RFC 9110 §10.1.4
Transfer codings taken; trailers when it says so.
Says which transfer codings, beside chunked, the client takes on this connection, and by the word trailers
that it keeps fields behind the content. It is about one hop and not about the whole way.
§ A sender of TE also lists it in Connection, so that no proxy passes it on.

DNT | Tracking Preference Expression §5.2
Asked not to be tracked. Withdrawn; hardly anyone heeds it.
A wish not to be followed from site to site. It had no force behind it, few heeded it, and sending it made a
browser easier to recognise. Sec-GPC took its place.
§ 1 asks not to be tracked, 0 allows it; the group that wrote it was closed in 2019.

Sec-GPC | Global Privacy Control
1: do not sell or share data about this person.
Says that the person does not want data about them sold or shared. In some places, such as California, the
law obliges a site to obey it.
§ The only value is 1; it is absent where the person said nothing.

Upgrade-Insecure-Requests | Upgrade Insecure Requests §3.2.1
1: the client would rather be sent to https.
Sent by browsers when they open a page, to say that they understand the policy by the same name. A site that
moves to https may send them there with a redirect and Vary.
§ A server that prefers https should answer 307 with Location, and Vary: Upgrade-Insecure-Requests.

Priority | RFC 9218 §5
How urgent it is: u from 0 (now) to 7, i when parts help.
The browser knows that a style sheet holds up the page and a picture does not. Urgency runs from u=0 to u=7
with 3 as the usual, and i marks what can be used while it still arrives. It matters where answers share a
connection, as in HTTP/2 and 3.
§ A structured dictionary with u and i; a server may weigh it with what it knows itself, and may answer with
its own.

Purpose | Resource Hints
prefetch: fetched ahead, before anyone asked for it.
An older spelling of Sec-Purpose that browsers used to send with what they fetched in advance. Servers count
such requests apart, or refuse them when busy.
§ It was never standardised; prefetch is the one value in use.

Save-Data | Save Data API §2
on: the client wants less data rather than more.
Set by browsers whose reader asked for less data. A site can answer with smaller pictures and without video,
and should then say Vary: Save-Data.
§ The token on expresses the wish; it may have parameters, none of which is defined.

Sec-Fetch-Dest | Fetch Metadata §2.1
What it is for: a document, a script, an image and so on.
Names the place in the page where the answer will be used: document, image, script, style, empty for
fetch(). A server can refuse to give its data to an <img> or <script> of another site. No script can set it.
§ One of the destinations of Fetch; sent to potentially trustworthy URLs only.

Sec-Fetch-Mode | Fetch Metadata §2.2
How it was asked: as a navigation, with cors, without.
navigate is a person going to a page, no-cors an image or script of the old kind, cors a fetch that asks
permission, websocket a handshake. With Site and Dest it lets a server tell its own pages from attackers.
§ One of the request modes of Fetch: navigate, same-origin, no-cors, cors, websocket.

Sec-Fetch-Site | Fetch Metadata §2.3
How far the asking page is: same origin, same site, or across.
same-origin, same-site, cross-site, or none when the person typed the address. A server that refuses
cross-site requests to anything but its pages is safe from most forgery.
§ It compares the origins of all URLs along the redirects with that of who asked, and keeps the worst.

Sec-Fetch-User | Fetch Metadata §2.4
?1: a person clicked.
Present when a click or a key led to a navigation, absent when a script did. It can never be ?0: the field
is left out then.
§ A boolean of structured fields, sent with navigations that had user activation.

Sec-Purpose | Fetch
prefetch: fetched ahead, before anyone asked for it.
Tells that nobody asked for this yet: the browser guesses that it will be needed. A server may answer 503 to
save its strength, and should not count a visit.
§ A token list; prefetch, with ;prerender where the page is also to be run.

Sec-CH-UA | User-Agent Client Hints §3.1
Brand and major version of the browser.
The short replacement of User-Agent: brands with major versions, and an invented brand among them so that
nobody relies on the list's form. Sent over https by Chromium browsers.
§ A structured list of brands, each with the version parameter v; it is a low-entropy hint, sent without
being asked for.

Sec-CH-UA-Mobile | User-Agent Client Hints §3.7
?1: the browser would like a page for a phone.
One bit that used to be guessed from User-Agent: whether the browser would rather have the page for a small
screen. A tablet may say either.
§ A structured boolean, sent without being asked for.

Sec-CH-UA-Platform | User-Agent Client Hints §3.9
The system that the browser runs on.
Windows, macOS, Linux, Android and so on, without a version. The version has a hint of its own that a server
must ask for.
§ A structured string, sent without being asked for.

Accept-CH | RFC 8942 §3.1
Hints that the server would like to get from now on.
A server names the hints it would like. The browser sends them from the next request on, if the site is
secure and its policy allows it; for the first page they come too late.
§ A list of hint names, valid for the origin that sent it, over secure transport only.

If-Match | RFC 9110 §13.1.1
Do it only if the version is still this one.
Protects an edit against an edit in between: the change is made only if the ETag is still the one that was
read. Otherwise the answer is 412 and nothing is lost. \`*\` means: only if there is something there at all.
§ Compared strongly; when none matches, the method must not be performed and the answer is 412, or 2xx where
the change was clearly made already.

If-None-Match | RFC 9110 §13.1.2
Send it only if the version is none of these.
The client has a copy and names its version. When the server still has that one it answers 304 without
content, and the copy is good again. With PUT and * it means: only if nothing is there yet.
§ Compared weakly; a match answers 304 to GET and HEAD and 412 to other methods. If-Modified-Since is
ignored beside it.

If-Modified-Since | RFC 9110 §13.1.3
Send it only if it changed after this time.
The older, coarser form of If-None-Match: by time, in whole seconds. A file that changes twice in a second
fools it, which is why both are sent and the ETag wins.
§ Only for GET and HEAD; ignored when the date is invalid, or when If-None-Match is present and understood.

If-Unmodified-Since | RFC 9110 §13.1.4
Do it only if it has not changed after this time.
The older form of If-Match, by time. Two changes within a second pass unseen.
§ When it changed later, the method must not be performed and the answer is 412; ignored beside If-Match.

If-Range | RFC 9110 §13.1.5
Send the part if it is still this version, else the whole.
A download was cut off and is to go on. If the file is still the same, the rest of it is wanted (206), and
else all of it anew (200). Without this field the client would need two requests.
§ A strong ETag or a date; sent with Range only, and a weak ETag never matches.

Range | RFC 9110 §14.2
Only these bytes are wanted.
Asks for parts of the content by byte: 0-499 the first 500, 500- all from there, -500 the last. Players seek
in a video by it and downloads go on by it. The server may ignore it and send everything.
§ Defined for GET; a server answers 206 with Content-Range, 416 when no range fits, or 200 with the whole.
The first byte is 0, and ends are inclusive.

Accept-Ranges | RFC 9110 §14.3
bytes: parts may be asked for.
The server says that a Range would be honoured for this resource. Players look for it before they offer to
seek. none says: do not try.
§ bytes, none, or other range units; clients may ask for ranges without having seen it.

Content-Range | RFC 9110 §14.4
Which part this is, and of how many bytes.
In a 206, which bytes of how many these are: bytes 0-499/1234. In a 416, how long the whole is: bytes
*/1234, so that the client can ask again.
§ First and last position are inclusive; * stands for a length that is not known. Not used with multipart
answers, whose parts have their own.

Last-Event-ID | HTML §9.2.4
The last event that a page got before its stream broke off.
An event stream (text/event-stream) is opened again by the browser itself. It tells which event it saw last,
and the server can go on behind it instead of beginning anew.
§ The value is that of the last id: line received; empty ids are not sent.
`;
