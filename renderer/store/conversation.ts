/** The two ends of a connection as they spoke: who follows it sees a conversation and not two streams. */
import type { ByteRecord } from './byte-records.ts';
import type { Columns } from './columns.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { Conversation, Turn } from './queries/conversation.ts';
import { responseEnd } from './rows.ts';

/** Turns told before and after the first of the exchange that was asked for. */
const MOST_TURNS = 1000;
/** Empty lines may stand before the first request of a connection: RFC 9112 §2.2. */
const BEFORE_FIRST = 8;

/** The conversation that an exchange is part of; undefined when it is not held. */
export function conversationOf(columns: Columns, exchange: number): Conversation | undefined {
  const conn = columns.exchanges.page(exchange)?.conn[exchange & PAGE_MASK];
  const page = conn === undefined ? undefined : columns.connections.page(conn);
  if (conn === undefined || page === undefined) return undefined;
  const starts = startsOf(columns, conn);
  const turns = new Turns(exchange);
  columns.bytes.eachDuring(page, conn & PAGE_MASK, -Infinity, columns.past.time, (record) => {
    const messages = record.out === 1 ? starts.out : starts.in;
    for (let from = record.offset, end = record.offset + record.length; from < end; ) {
      const at = messageAt(messages, from);
      const next = messages[at + 1]?.start ?? Number.POSITIVE_INFINITY;
      const to = Math.min(end, next);
      turns.add(record, from, to, messages[at]?.exchange ?? 0);
      from = to;
    }
  });
  return { conn, ...turns.told() };
}

interface MessageStart {
  readonly start: number;
  readonly exchange: number;
}

/** Where each message begins in the stream of its direction. */
function startsOf(columns: Columns, conn: number): Record<'in' | 'out', readonly MessageStart[]> {
  const { connections, chains, exchanges } = columns;
  const starts = { in: [] as MessageStart[], out: [] as MessageStart[] };
  let before: number | undefined;
  chains.each(
    connections.page(conn)!,
    conn & PAGE_MASK,
    () => false,
    (exchange) => {
      const page = exchanges.page(exchange);
      if (page === undefined) return true;
      const row = exchange & PAGE_MASK;
      const isFirst = page.inStart[row]! <= BEFORE_FIRST;
      // Interim responses (RFC 9110 §15.2) stand before the final one, right behind the answer before.
      const out = isFirst ? 0 : (before ?? page.outStart[row]!);
      starts.in.push({ start: isFirst ? 0 : page.inStart[row]!, exchange });
      if (!Number.isNaN(out)) starts.out.push({ start: out, exchange });
      before = responseEnd(columns, page, row);
      return true;
    },
  );
  return starts;
}

/** Index of the message in which an offset lies; -1 before the first. */
function messageAt(messages: readonly MessageStart[], offset: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (messages[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Collects turns around those of one exchange. */
class Turns {
  #turns: Turn[] = [];
  #before = 0;
  #after = 0;
  /** How many there were when the exchange was met. */
  #metAt: number | undefined;
  #open: Turn | undefined;

  readonly #exchange: number;

  constructor(exchange: number) {
    this.#exchange = exchange;
  }

  add({ time, out, continued }: ByteRecord, from: number, to: number, exchange: number): void {
    const direction = out === 1 ? 'out' : 'in';
    const last = this.#open;
    if (last !== undefined && last.direction === direction && last.exchange === exchange) {
      const cuts = last.cuts + (continued ? 0 : 1);
      this.#open = { ...last, endTime: time, length: last.length + to - from, cuts };
      return;
    }
    this.#close();
    this.#open = { direction, exchange, time, endTime: time, offset: from, length: to - from, cuts: 1 };
  }

  told(): Pick<Conversation, 'turns' | 'before' | 'after'> {
    this.#close();
    return { turns: this.#turns, before: this.#before, after: this.#after };
  }

  #close(): void {
    const turn = this.#open;
    this.#open = undefined;
    if (turn === undefined) return;
    if (turn.exchange === this.#exchange) this.#metAt ??= this.#turns.length;
    if (this.#metAt !== undefined && this.#turns.length >= this.#metAt + MOST_TURNS) {
      this.#after++;
      return;
    }
    this.#turns.push(turn);
    if (this.#metAt !== undefined || this.#turns.length < 2 * MOST_TURNS) return;
    this.#turns = this.#turns.slice(MOST_TURNS);
    this.#before += MOST_TURNS;
  }
}
