import { HttpError } from '../../server-core/http/errors.ts';
import type { Request } from '../../server-core/http/request.ts';
import { handlerRequest } from './handler-request.ts';

export interface ContentRequest extends Request {
  /** Pieces that were asked for so far. */
  readonly taken: number;
}

/** A POST whose content comes in these pieces; `broken` makes it break off behind them. */
export function contentRequest(
  type: string | undefined,
  pieces: readonly Uint8Array[],
  more: { readonly fields?: Readonly<Record<string, string>>; readonly broken?: boolean } = {},
): ContentRequest {
  const fields = { ...(type === undefined ? {} : { 'Content-Type': type }), 'Transfer-Encoding': 'chunked' };
  let taken = 0;
  async function* chunks() {
    for (const piece of pieces) {
      taken++;
      yield piece;
    }
    if (more.broken) throw new HttpError(400, 'The content of the request broke off');
  }
  const bytes = async (limit: number) => {
    const all: Uint8Array[] = [];
    let length = 0;
    for await (const piece of chunks()) {
      length += piece.length;
      if (length > limit) throw new HttpError(413, 'Too long');
      all.push(piece);
    }
    return Buffer.concat(all);
  };
  return {
    ...handlerRequest('/', { ...fields, ...more.fields }, 'POST'),
    body: { chunks, bytes },
    get taken() {
      return taken;
    },
  };
}

/** One piece, given as text in UTF-8. */
export function textRequest(type: string | undefined, text: string, fields: Record<string, string> = {}) {
  return contentRequest(type, [Buffer.from(text)], { fields });
}
