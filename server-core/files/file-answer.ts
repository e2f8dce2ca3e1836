import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { FieldPair, Response } from '../http/response.ts';
import { precondition } from './conditional.ts';
import { groupDigits } from './digits.ts';
import { byteRange, ifRangeHolds } from './range.ts';
import type { ServedFile } from './served-file.ts';

/** Bytes that still have to be read from the file; `end` is exclusive. */
export interface Portion {
  readonly status: 200 | 206;
  readonly fields: readonly FieldPair[];
  readonly start: number;
  readonly end: number;
}

/**
 * The answer to GET or HEAD for a file that was found: conditions first, then the range (RFC 9110 §13.2.2). A
 * portion is left to the caller where the content is not in memory. Allocates nothing for a plain hit.
 */
export function answerFile(request: Request, file: ServedFile): Response | Portion {
  const { fields } = request.head;
  const { tracing } = request;
  const now = Date.now();
  if (tracing) request.mark('decision', file.typed);

  const condition = precondition(fields, file, now);
  if (tracing && condition.because !== undefined) request.mark('decision', condition.because);
  if (condition.status === 304) return file.notModified;
  if (condition.status === 412) {
    return errorResponse(412, 'The file is not in the state that the request asks for', {
      section: 'RFC 9110 §13.1',
      request,
    });
  }

  // RFC 9110 §14.2: Range means something for GET only.
  const asked = request.method === 'GET' ? fields.get('range') : undefined;
  if (asked !== undefined) {
    const answer = answerRange(request, file, asked, now);
    if (answer) return answer;
  }
  if (tracing) request.mark('decision', 'Nothing stands against sending all of it, so 200');
  if (file.content !== undefined || request.method === 'HEAD') return file.whole;
  return { status: 200, fields: file.whole.fields, start: 0, end: file.size };
}

/** Undefined when all of it is to be sent. */
function answerRange(
  request: Request,
  file: ServedFile,
  asked: string,
  now: number,
): Response | Portion | undefined {
  const { tracing } = request;
  if (!ifRangeHolds(request.head.fields.get('if-range'), file, now)) {
    if (tracing)
      request.mark('decision', 'If-Range does not name this state of the file, so Range is ignored');
    return undefined;
  }
  const range = byteRange(asked, file.size);
  if (range.kind === 'whole') {
    if (tracing && range.because !== undefined) request.mark('decision', range.because);
    return undefined;
  }
  if (range.kind === 'unsatisfiable') {
    if (tracing) request.mark('decision', range.because);
    return errorResponse(416, 'The range begins beyond the end of the file', {
      section: 'RFC 9110 §15.5.17',
      fields: [['Content-Range', `bytes */${file.size}`]],
      request,
    });
  }
  const { start, end } = range;
  if (tracing) {
    const span = `bytes ${groupDigits(start)} to ${groupDigits(end - 1)} of ${groupDigits(file.size)}`;
    request.mark('decision', `Range asks for ${span}, so 206`);
  }
  const fields: readonly FieldPair[] = [
    ...file.whole.fields,
    ['Content-Range', `bytes ${start}-${end - 1}/${file.size}`],
  ];
  if (file.content === undefined) return { status: 206, fields, start, end };
  return { status: 206, fields, body: file.content.subarray(start, end) };
}
