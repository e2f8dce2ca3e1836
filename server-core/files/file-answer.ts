import { errorResponse } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { ByteSource, FieldPair, Response } from '../http/response.ts';
import { precondition } from './conditional.ts';
import { FileSource, type OpenBytes } from './file-source.ts';
import { joinParts, layOut, MultipartSource } from './multipart.ts';
import { chooseRanges, ifRangeHolds, type Span } from './range.ts';
import { type Representation, wholeSource } from './representation.ts';
import type { FileBlocks } from './shared-blocks.ts';

/** An answer whose content still has to be read from the file. */
export interface Unread {
  readonly status: 200 | 206;
  readonly fields: readonly FieldPair[];
  /** Takes over a handle of the representation's file in the state that it describes. */
  read(handle: OpenBytes, blocks?: FileBlocks): ByteSource;
}

/**
 * The answer to GET or HEAD with a representation of a file: conditions first, then the range (RFC 9110 §13.2.2).
 * `type` is its Content-Type, `now` the time in milliseconds. Allocates nothing for a plain hit.
 */
export function answerFile(
  request: Request,
  shown: Representation,
  type: string,
  now: number,
): Response | Unread {
  const { fields } = request.head;
  const { tracing } = request;

  const condition = precondition(fields, shown, now);
  if (tracing && condition.because !== undefined) request.mark('decision', condition.because);
  if (condition.status === 304) return shown.notModified;
  if (condition.status === 412) {
    return errorResponse(412, 'The file is not in the state that the request asks for', {
      section: 'RFC 9110 §13.1',
      request,
    });
  }

  // RFC 9110 §14.2: Range means something for GET only.
  const asked = request.method === 'GET' ? fields.get('range') : undefined;
  if (asked !== undefined) {
    const answer = answerRange(request, shown, type, asked, now);
    if (answer) return answer;
  }
  if (shown.content !== undefined || request.method === 'HEAD') return shown.whole;
  return {
    status: 200,
    fields: shown.whole.fields,
    read: (handle, blocks) => wholeSource(shown, handle, blocks),
  };
}

/** Undefined when all of it is to be sent. */
function answerRange(
  request: Request,
  shown: Representation,
  type: string,
  asked: string,
  now: number,
): Response | Unread | undefined {
  const { tracing } = request;
  if (!shown.ranged || shown.length === undefined) {
    if (tracing) request.mark('decision', 'It is coded on the fly, so Range is ignored');
    return undefined;
  }
  if (!ifRangeHolds(request.head.fields.get('if-range'), shown, now)) {
    if (tracing)
      request.mark('decision', 'If-Range does not name this state of the file, so Range is ignored');
    return undefined;
  }
  const range = chooseRanges(asked, shown.length);
  if (tracing && range.because !== undefined) request.mark('decision', range.because);
  if (range.kind === 'whole') return undefined;
  if (range.kind === 'unsatisfiable') {
    return errorResponse(416, 'The range names no byte of the file', {
      section: 'RFC 9110 §15.5.17',
      fields: [['Content-Range', `bytes */${shown.length}`]],
      request,
    });
  }
  const [first] = range.spans as [Span];
  return range.spans.length === 1
    ? onePart(shown, shown.length, first)
    : severalParts(shown, shown.length, type, range.spans);
}

function onePart(shown: Representation, size: number, { start, end }: Span): Response | Unread {
  const fields: readonly FieldPair[] = [
    ...shown.whole.fields,
    ['Content-Range', `bytes ${start}-${end - 1}/${size}`],
  ];
  if (shown.content !== undefined) return { status: 206, fields, body: shown.content.subarray(start, end) };
  return { status: 206, fields, read: (handle, blocks) => new FileSource(handle, start, end, blocks) };
}

/** RFC 9110 §15.3.7.2: each part says its own range and type; Content-Range in the head would mean one part. */
function severalParts(
  shown: Representation,
  size: number,
  type: string,
  spans: readonly Span[],
): Response | Unread {
  const multipart = layOut(spans, size, type);
  const fields = shown.whole.fields.map(
    ([name, value]): FieldPair =>
      name.toLowerCase() === 'content-type' ? [name, multipart.contentType] : [name, value],
  );
  if (shown.content !== undefined) return { status: 206, fields, body: joinParts(multipart, shown.content) };
  return { status: 206, fields, read: (handle, blocks) => new MultipartSource(handle, multipart, blocks) };
}
