import type { Request } from '../http/request.ts';

const OBS_TEXT = /[\x80-\xff]/;

/** Says in the capture that a target was let pass which is no URI; see `allowObsTextInTarget`. */
export function noteObsText(request: Request): void {
  if (!request.tracing || !OBS_TEXT.test(request.head.target)) return;
  request.mark(
    'note',
    'The target has bytes that a URI must percent-encode (RFC 3986 §2.1); they are taken as if it had',
  );
}
