import { HttpError } from '../errors.ts';
import type { Request } from '../request.ts';
import { decodeUtf8, expectContent, refuseLonger } from './expect-content.ts';

export interface JsonOptions {
  /** Bytes; 1 MiB by default. Express takes 100 KiB, Fastify and nginx 1 MiB. */
  readonly limit?: number;
}

export const JSON_LIMIT = 1024 * 1024;

/**
 * The content as JSON (RFC 8259), from `application/json` and every `+json`. Throws HttpError 415 for another
 * type, 413 past the limit, 400 for what is no JSON. The value is as its sender made it: check it before use.
 */
export async function readJson(request: Request, options: JsonOptions = {}): Promise<unknown> {
  const { limit = JSON_LIMIT } = options;
  expectContent(request, 'application/json', isJson);
  refuseLonger(request, limit);
  const bytes = await request.body.bytes(limit);
  // RFC 8259 §8.1: always UTF-8, whatever a charset parameter says.
  const text = decodeUtf8(bytes, 'The JSON', 'RFC 8259 §8.1');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = text.trim() === '' ? 'is empty, which is no JSON' : 'is no valid JSON';
    throw new HttpError(400, `The content ${what}`, { section: 'RFC 8259 §2', cause });
  }
}

function isJson(essence: string): boolean {
  return essence === 'application/json' || essence.endsWith('+json');
}
