/**
 * Checks UTF-8 while it arrives, so that a bad byte is found when it comes and not when the message ends. Follows
 * the well-formed sequences of Unicode, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF
 * (RFC 3629 §4).
 */
export class Utf8Validator {
  /** Continuation bytes that must still come. */
  #wanted = 0;
  /** Bounds of the next continuation byte: narrower than 80…BF only for the second byte of some sequences. */
  #low = 0x80;
  #high = 0xbf;

  /** Reads bytes `from`…`to`; the index of the first that cannot be part of UTF-8, or undefined. */
  push(bytes: Uint8Array, from: number, to: number): number | undefined {
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      if (this.#wanted > 0) {
        if (byte < this.#low || byte > this.#high) return i;
        this.#wanted--;
        this.#low = 0x80;
        this.#high = 0xbf;
      } else if (byte >= 0x80 && !this.#lead(byte)) {
        return i;
      }
    }
    return undefined;
  }

  /** True between characters, where a text may end. */
  get complete(): boolean {
    return this.#wanted === 0;
  }

  #lead(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#wanted = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte === 0xe0) this.#low = 0xa0;
    else if (byte === 0xed) this.#high = 0x9f;
    else if (byte === 0xf0) this.#low = 0x90;
    else if (byte === 0xf4) this.#high = 0x8f;
    return true;
  }
}
