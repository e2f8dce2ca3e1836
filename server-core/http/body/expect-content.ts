import { HttpError } from '../errors.ts';
import type { Request } from '../request.ts';
import { type MediaType, parseMediaType } from './media-type.ts';

/**
 * The media type of a request's content, when it is one that the caller reads; throws HttpError 415 otherwise.
 * `accept` is what to offer instead, as Accept writes it.
 */
export function expectContent(
  request: Request,
  accept: string,
  fits: (essence: string) => boolean,
): MediaType {
  const { fields } = request.head;
  const coding = fields.all('content-encoding');
  // No coding is undone here: a small body that unpacks to gigabytes never gets the chance.
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw new HttpError(415, 'The content is encoded in a way that is not undone here', {
      section: 'RFC 9110 §15.5.16',
      fields: [['Accept-Encoding', 'identity']],
    });
  }
  const type = parseMediaType(fields.all('content-type') ?? '');
  if (!type || !fits(type.essence)) {
    throw new HttpError(415, `The content must be ${accept}`, {
      section: 'RFC 9110 §15.5.16',
      fields: [['Accept', accept]],
    });
  }
  return type;
}

/** UTF-8 to text without its byte order mark; HttpError 400 where it is no UTF-8. `what` begins the sentence. */
export function decodeUtf8(bytes: Uint8Array, what: string, section: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpError(400, `${what} is not valid UTF-8`, { section, cause });
  }
}

/** Throws HttpError 413 when the head already says that the content is longer than `limit` bytes. */
export function refuseLonger(request: Request, limit: number): void {
  const { framing } = request.head;
  if (framing.kind === 'length' && framing.length > limit) throw tooLong(limit);
}

export function tooLong(limit: number): HttpError {
  return new HttpError(413, `The content is longer than the ${limit} bytes accepted here`, {
    section: 'RFC 9110 §15.5.14',
  });
}
