/** Fields by which sites protect themselves from each other. In the notation of `notation.ts`. */
export const SAFETY_FIELDS = `
Access-Control-Allow-Origin | Fetch §3.3.3
The site whose pages may read this answer.
A page may send requests elsewhere and, by default, may not read the answers. With this field the server
says whose pages may. * allows all, but never together with cookies.
§ One origin, * or null; with credentials the origin must be named. When it depends on the request, say
Vary: Origin.

Access-Control-Allow-Methods | Fetch §3.3.3
Methods that pages elsewhere may use.
Part of the answer to a preflight: which methods the real request may use. GET, HEAD and POST need no
permission.
§ A list, or * without credentials; case-sensitive.

Access-Control-Allow-Headers | Fetch §3.3.3
Fields that pages elsewhere may send.
Part of the answer to a preflight: which fields beyond the harmless ones may be sent. Authorization has to
be named, * does not include it.
§ A list, or * without credentials; names are compared without case.

Access-Control-Allow-Credentials | Fetch §3.3.3
true: also with cookies.
Without it the browser throws an answer away whose request carried cookies. It opens what a person may see
to scripts of the named site: give it to few.
§ The one value is true, in lower case.

Access-Control-Expose-Headers | Fetch §3.3.3
Fields that pages elsewhere may read.
Scripts of other sites see a handful of safe fields only; this lists more, such as ETag.
§ A list, or * without credentials.

Access-Control-Max-Age | Fetch §3.3.3
Seconds for which this permission holds.
How long the browser may remember the answer to a preflight instead of asking before every request. Chromium
takes at most two hours, Firefox a day.
§ Whole seconds; 5 where it is absent.

Access-Control-Request-Method | Fetch §3.3.2
May a page elsewhere use this method?
The browser asks ahead, with OPTIONS: a page of another site would like to use this method.
§ Sent in a preflight, one method.

Access-Control-Request-Headers | Fetch §3.3.2
May a page elsewhere send these fields?
The browser asks ahead: a page of another site would like to send these fields.
§ Sent in a preflight, names in lower case, sorted, separated by commas.

Content-Security-Policy | Content Security Policy §3.1
What the page may load and run.
A list of what the page may load and run, by kind and origin. It is the second line against injected
scripts: with script-src 'self', a <script> smuggled into the page does nothing.
§ Directives separated by semicolons; several policies all apply, and each can only forbid more.

Cross-Origin-Opener-Policy | HTML §7.1.3
Whether pages elsewhere may hold this window.
Cuts the tie between a window and the one that opened it. With Embedder-Policy it isolates the page, which
SharedArrayBuffer needs.
§ unsafe-none, same-origin-allow-popups, same-origin, noopener-allow-popups.

Cross-Origin-Embedder-Policy | HTML §7.1.4
What the page may embed; needed for wasm threads.
The page promises to embed only what has agreed to be embedded. Together with Opener-Policy the page gets
memory shared between threads and finer clocks.
§ unsafe-none, require-corp or credentialless.

Cross-Origin-Resource-Policy | Fetch §3.7
Which sites may embed this.
The resource says by whom it may be embedded at all, also with no-cors. A defence against side channels that
read the memory of a process.
§ same-origin, same-site or cross-origin; checked for no-cors requests, and for all where the embedder
requires it.

Permissions-Policy | Permissions Policy §5.2
Which features of the browser the page may use.
Camera, location, full screen: which of them this page and the frames in it may use.
§ A structured dictionary of features and allow-lists; an empty list () forbids.

Referrer-Policy | Referrer Policy §4.1
How much of its address the page tells others.
How much of its own address a page gives in Referer. The default of browsers is
strict-origin-when-cross-origin: the whole to itself, the origin to others, nothing to http.
§ A list of policies; the last one that is understood holds.

Strict-Transport-Security | RFC 6797 §6.1
From now on only over https, for so many seconds.
The browser remembers to use https for this host and lets nobody click through a wrong certificate. Hard to
take back: think before includeSubDomains and preload.
§ max-age in seconds, required; ignored over plain HTTP, and for addresses instead of names.

X-Content-Type-Options | Fetch §3.6
nosniff: take Content-Type at its word.
nosniff stops browsers from guessing a type other than the one that was said. A picture that is really a
script is then not run.
§ nosniff is the one value; scripts and style sheets with a wrong type are refused.

X-Frame-Options | RFC 7034 §2
Whether other pages may frame this one.
Forbids others to show the page inside theirs, where a person could be made to click on what they do not
see. frame-ancestors of Content-Security-Policy is the successor.
§ DENY or SAMEORIGIN; ALLOW-FROM was dropped. Ignored beside frame-ancestors.

Content-Security-Policy-Report-Only | Content Security Policy §3.2
A policy that is only tried: what it would stop is reported.
To learn what a policy would break before it does. The browser sends a report for each thing that it would
have refused, and lets it through.
§ As Content-Security-Policy, but never enforced; ignored in <meta>.

Reporting-Endpoints | Reporting API §3.2
Where browsers send reports about this page.
Names for addresses, to which policies refer: reports of refused scripts, of deprecated features, of
crashes.
§ A structured dictionary of names and URLs; https only.

Origin-Agent-Cluster | HTML §7.1.2
?1: keep this site apart from its own subdomains.
A hint to the browser to give the origin a process of its own. Pages of a.example.org and b.example.org can
then no longer reach into one another by document.domain.
§ A structured boolean; the first answer of an origin decides for all of the session.
`;
