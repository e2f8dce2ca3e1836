import { errorResponse } from '../../http/error-page.ts';
import type { Request } from '../../http/request.ts';
import type { Handler } from '../../http/response.ts';
import { uriText } from '../../http/uri-text.ts';

/** Answers plain HTTP on a TLS port: with the way to https where the request can be sent again. */
export const sendToHttps: Handler = (request) => {
  const target = secureTarget(request);
  // RFC 9110 §9.2.1: only safe methods are repeated unasked; content sent in the clear should be known to have been.
  if (target === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
    request.mark('decision', 'This port speaks HTTPS and the request came in the clear, so 400');
    return errorResponse(400, 'This port speaks HTTPS; send the request again to an address with https', {
      section: 'RFC 9110 §4.2.2',
      request,
      close: true,
    });
  }
  request.mark('decision', 'This port speaks HTTPS and the request came in the clear, so 307 to https');
  // 307 and not 308, which browsers keep: the port may speak plain HTTP again tomorrow.
  return errorResponse(307, 'This port speaks HTTPS; the same address with https leads on', {
    section: 'RFC 9110 §15.4.8',
    request,
    fields: [['Location', target]],
    close: true,
  });
};

/** The same host and port as the client knows them, which may be those of a forwarded port. */
function secureTarget({ target, head }: Request): string | undefined {
  if (target.form !== 'origin' && target.form !== 'absolute') return undefined;
  const authority = target.form === 'absolute' ? target.authority : head.fields.get('host');
  if (authority === undefined) return undefined;
  const query = target.query === undefined ? '' : `?${target.query}`;
  return `https://${authority}${uriText(target.path + query)}`;
}
