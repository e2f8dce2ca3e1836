/** Responses whose content is at hand. Text goes out as UTF-8. */
import type { FieldPair, Response } from './response.ts';

export interface ContentOptions {
  /** Default 200. */
  readonly status?: number;
  readonly fields?: readonly FieldPair[];
}

export function textResponse(text: string, options?: ContentOptions): Response {
  return contentResponse('text/plain; charset=utf-8', text, options);
}

/** `html` is sent as it is: see to it that what others wrote is escaped. */
export function htmlResponse(html: string, options?: ContentOptions): Response {
  return contentResponse('text/html; charset=utf-8', html, options);
}

/** Throws a TypeError for what JSON cannot hold, as JSON.stringify does, and for undefined. */
export function jsonResponse(value: unknown, options?: ContentOptions): Response {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`JSON cannot hold ${typeof value}`);
  return contentResponse('application/json', text, options);
}

function contentResponse(
  type: string,
  text: string,
  { status = 200, fields = [] }: ContentOptions = {},
): Response {
  return { status, fields: [['Content-Type', type], ...fields], body: new TextEncoder().encode(text) };
}
