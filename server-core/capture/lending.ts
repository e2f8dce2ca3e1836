/**
 * What is said where a page lends a folder to the process that serves, over a Transport of its own: bytes of files must
 * not hold up what is captured. Every message begins with a number.
 *
 *   page → host   [u32 0 LE][JSON Lend]              first of all
 *   host → page   [u32 0 LE][JSON Lent]              served, or why not
 *   host → page   [u32 id LE][JSON Ask]              from then on; pieces of a file are asked for when there is room
 *   page → host   [u32 id LE][u8 kind][…]            the answer: JSON, bytes, or one sentence why there is none
 *
 * The folder is lent until the transport closes.
 */
import { encodeUtf8, readUtf8 } from './text.ts';

export interface Lend {
  /** The name of the folder, which has no path that a page may know. */
  readonly name: string;
}

/** What is served now. */
export interface LentSite {
  readonly server: number;
  readonly url: string;
  readonly notes: readonly string[];
}

export type Lent = { readonly ok: LentSite } | { readonly error: string };

/** Paths are names below the folder. */
export type Ask =
  | { readonly ask: 'look'; readonly path: readonly string[] }
  | { readonly ask: 'list'; readonly path: readonly string[] }
  | { readonly ask: 'read'; readonly path: readonly string[]; readonly start: number; readonly end: number };

export const ANSWER = { json: 0, bytes: 1, problem: 2 } as const;

const HEAD = 4;

export function lendingMessage(id: number, value: Lend | Lent | Ask): Uint8Array {
  return numbered(id, encodeUtf8(JSON.stringify(value)));
}

/** `payload` is copied. */
export function answerMessage(id: number, kind: number, payload: Uint8Array): Uint8Array {
  const body = new Uint8Array(1 + payload.length);
  body[0] = kind;
  body.set(payload, 1);
  return numbered(id, body);
}

export function jsonAnswer(id: number, value: unknown): Uint8Array {
  return answerMessage(id, ANSWER.json, encodeUtf8(JSON.stringify(value ?? null)));
}

export function problemAnswer(id: number, sentence: string): Uint8Array {
  return answerMessage(id, ANSWER.problem, encodeUtf8(sentence));
}

/** Undefined when the message is too short to have one. */
export function numberOf(message: Uint8Array): number | undefined {
  if (message.length < HEAD) return undefined;
  return new DataView(message.buffer, message.byteOffset, HEAD).getUint32(0, true);
}

/** Of a message with JSON behind its number; undefined when it is none. */
export function jsonOf(message: Uint8Array, from = HEAD): unknown {
  try {
    return JSON.parse(readUtf8(message, from, message.length));
  } catch {
    return undefined;
  }
}

export function kindOf(message: Uint8Array): number | undefined {
  return message[HEAD];
}

/** A view of what follows the kind. */
export function contentOf(message: Uint8Array): Uint8Array {
  return message.subarray(HEAD + 1);
}

/** Checks what the host asks for. A string says in one sentence why it is nothing. */
export function checkAsk(value: unknown): Ask | string {
  if (typeof value !== 'object' || value === null) return 'It asked for nothing';
  const { ask, path, start, end } = value as Record<string, unknown>;
  if (!isPath(path)) return 'A path is a list of names';
  if (ask === 'look' || ask === 'list') return { ask, path };
  if (ask === 'read' && isCount(start) && isCount(end) && start <= end) return { ask, path, start, end };
  return 'There is nothing of that kind to ask for';
}

/** None leads out of the folder. */
function isPath(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((name) => typeof name === 'string' && !/^\.{0,2}$|[/\\\0]/.test(name))
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function numbered(id: number, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(HEAD + payload.length);
  new DataView(message.buffer).setUint32(0, id, true);
  message.set(payload, HEAD);
  return message;
}
