/** Content as people read it: without its codings, and as text where it is text. */

/** What the host lends to the formats, which have no library of their own. */
export interface ContentTools {
  /** Undefined when the coding is not known, the bytes are not of it, or it would become too long. */
  decode(coding: string, bytes: Uint8Array): Promise<Uint8Array | undefined>;
  /** Undefined for bytes that are not UTF-8. */
  text(bytes: Uint8Array): string | undefined;
  base64(bytes: Uint8Array): string;
  /**
   * Undoes permessage-deflate (RFC 7692) in one direction of a WebSocket: calls come in the order of its messages, one
   * after the other. Resolves to undefined for one that cannot be inflated, and for all behind it.
   */
  inflater(): (message: Uint8Array) => Promise<Uint8Array | undefined>;
}

export interface PlainContent {
  readonly bytes: Uint8Array;
  /** Set where a coding could not be undone: the bytes are as they were sent. */
  readonly coded?: string;
}

/** Fields in wire order. */
export type Pairs = readonly (readonly [name: string, value: string])[];

export function fieldValue(fields: Pairs, name: string): string {
  return fields.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}

/** Undoes the codings in the reverse of the order in which they were applied: RFC 9110 §8.4. */
export async function plainContent(
  fields: Pairs,
  content: Uint8Array,
  tools: ContentTools,
): Promise<PlainContent> {
  const codings = fieldValue(fields, 'content-encoding')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  let bytes = content;
  for (const coding of codings.toReversed()) {
    if (bytes.length === 0) break;
    const decoded = await tools.decode(coding, bytes);
    if (!decoded) return { bytes: content, coded: codings.join(', ') };
    bytes = decoded;
  }
  return { bytes };
}

/** Text where the bytes are that; a zero byte stands in no text. */
export function textOf(bytes: Uint8Array, tools: ContentTools): string | undefined {
  return bytes.includes(0) ? undefined : tools.text(bytes);
}
