/** Bytes of a conversation as a person reads them: text where they are text, and a word about what is not. */
import { looksLikeText } from './body-kind.ts';
import { wireText } from './wire-text.ts';

export interface TurnText {
  readonly text: string;
  /** Bytes after the text that are no text. */
  readonly binary: number;
}

const HEAD_END = [0x0d, 0x0a, 0x0d, 0x0a];

/** @param hasHead whether the bytes begin with a head, which is text whatever follows it */
export function turnText(bytes: Uint8Array, hasHead: boolean): TurnText {
  const head = hasHead ? headLength(bytes) : 0;
  const rest = bytes.subarray(head);
  const isText = looksLikeText(rest);
  return {
    text: lines(isText ? bytes : bytes.subarray(0, head)),
    binary: isText ? 0 : rest.length,
  };
}

/** Up to and with the empty line; all of it while there is none. */
function headLength(bytes: Uint8Array): number {
  for (let at = 0; at + 3 < bytes.length; at++) {
    if (HEAD_END.every((byte, i) => bytes[at + i] === byte)) return at + HEAD_END.length;
  }
  return bytes.length;
}

const UTF_8 = new TextDecoder();

/** Lines stay lines; a CR that does not end one is told as what it is. */
function lines(bytes: Uint8Array): string {
  return UTF_8.decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(wireText).join('\t'))
    .join('\n')
    .trimEnd();
}
