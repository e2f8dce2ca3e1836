/** The exchanges of each connection, in order, as chains of their numbers. */
import { ChainPool } from './chains.ts';
import type { ConnectionPage } from './connections.ts';
import { NumberPages } from './number-pages.ts';

/** Slots in a block: enough to pass over a long connection in few steps, and 32 bytes for a short one. */
const BLOCK = 8;

export class ExchangeChains {
  readonly #ids = new NumberPages(Uint32Array);
  readonly #pool = new ChainPool(BLOCK);

  append(page: ConnectionPage, row: number, exchange: number): void {
    const slot = this.#pool.append(page.exchangeHead, page.exchangeTail, row);
    this.#ids.reserve(this.#pool.capacity);
    this.#ids.set(slot, exchange);
  }

  /** Calls back for each exchange in order, from the block that `skip` does not pass over, until it returns false. */
  each(
    page: ConnectionPage,
    row: number,
    /** Given the first exchange of the following block: true when this block is of no interest. */
    skip: (nextExchange: number) => boolean,
    visit: (exchange: number) => boolean,
  ): void {
    for (let block = page.exchangeHead[row]!; block !== 0; block = this.#pool.after(block)) {
      const after = this.#pool.after(block);
      if (after !== 0 && skip(this.#ids.get(this.#pool.firstSlot(after)))) continue;
      const end = this.#pool.endSlot(block);
      for (let slot = this.#pool.firstSlot(block); slot < end; slot++) {
        if (!visit(this.#ids.get(slot))) return;
      }
    }
  }

  /** Frees leading blocks of which no exchange is held any more. */
  dropWhere(page: ConnectionPage, row: number, gone: (exchange: number) => boolean): void {
    for (let block = page.exchangeHead[row]!; block !== 0; block = page.exchangeHead[row]!) {
      const end = this.#pool.endSlot(block);
      for (let slot = this.#pool.firstSlot(block); slot < end; slot++) if (!gone(this.#ids.get(slot))) return;
      this.#pool.dropHead(page.exchangeHead, page.exchangeTail, row);
    }
  }

  dropAll(page: ConnectionPage, row: number): void {
    this.#pool.dropAll(page.exchangeHead, page.exchangeTail, row);
  }
}
