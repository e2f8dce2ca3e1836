/** The answers of a static site that are not a file. */
import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { FieldPair, Response } from '../http/response.ts';
import { uriText } from '../http/uri-text.ts';
import { isAbsence } from './locate.ts';
import { encodePath, NOTHING_HERE } from './path-mapping.ts';

const ALLOW: FieldPair = ['Allow', 'GET, HEAD, OPTIONS'];

export const optionsAnswer: Response = Object.freeze({ status: 204, fields: Object.freeze([ALLOW]) });

export function methodRefused(request: Request): Response {
  if (request.tracing) request.mark('decision', `Files answer GET and HEAD, not ${request.method}, so 405`);
  return errorResponse(405, 'Files can be read here, not changed', {
    section: 'RFC 9110 §15.5.6',
    fields: [ALLOW],
    request,
  });
}

export function nothingHere(request: Request): Response {
  return errorResponse(404, NOTHING_HERE, { section: 'RFC 9110 §15.5.5', request });
}

/** RFC 9110 §12.5.3: content as it is was refused too. */
export function notAcceptable(request: Request): Response {
  return errorResponse(406, 'The request accepts no coding that this can be sent in', {
    section: 'RFC 9110 §15.5.7',
    fields: [['Vary', 'Accept-Encoding']],
    request,
  });
}

export function folderGone(request: Request): Response {
  if (request.tracing) request.mark('decision', 'The folder that is served is gone, so 503');
  return errorResponse(503, 'The folder that is served here is gone; once it is back, so are its files', {
    section: 'RFC 9110 §15.6.4',
    request,
  });
}

/** The same path with a slash behind it, so that relative links in the folder's page point into it. */
export function redirectToFolder(
  request: Request,
  segments: readonly string[],
  query: string | undefined,
): Response {
  const location = encodePath(segments, true) + (query === undefined ? '' : `?${uriText(query)}`);
  if (request.tracing)
    request.mark('decision', `It is a folder and the target has no slash at its end, so 301 to ${location}`);
  return {
    status: 301,
    fields: [
      ['Location', location],
      // Browsers keep a 301 for good; a folder in the making may be a file tomorrow.
      ['Cache-Control', 'no-cache'],
    ],
  };
}

/** Whatever the file system says ends in a response. */
export function fileProblem(error: unknown, request: Request): Response {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const response = problemAnswer(error, code, request);
  if (request.tracing) request.mark('decision', `The file system said ${code}, so ${response.status}`);
  return response;
}

function problemAnswer(error: unknown, code: string, request: Request): Response {
  if (isAbsence(error)) return nothingHere(request);
  if (code === 'EACCES' || code === 'EPERM') {
    return errorResponse(403, 'It is there, but the server may not read it', {
      section: 'RFC 9110 §15.5.4',
      request,
    });
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return errorResponse(503, 'Too many files are open at this moment', {
      section: 'RFC 9110 §15.6.4',
      fields: [['Retry-After', '1']],
      request,
    });
  }
  return errorResponse(500, 'The file could not be read', { section: 'RFC 9110 §15.6.1', request });
}
