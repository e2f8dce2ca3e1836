/**
 * Which rows pass the terms of a filter that ask for bytes. The bytes lie with the host, so a row that is met for
 * the first time is put in line, does not pass yet, and is looked at again when it was read. A row is read anew when
 * its request, its response or its end has come since.
 */
import type { Term } from '../filter/ast.ts';
import { fieldOf } from '../filter/fields.ts';
import { printTerm } from '../filter/printer.ts';
import type { Columns } from './columns.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import type { RowTest } from './filter.ts';
import { CONTENT_BYTES, HEAD_BYTES, type Messages, messageTest, readMessages } from './message-tests.ts';
import { PAGE_MASK, PAGE_ROWS } from './paged-rows.ts';
import type { Pull } from './payloads.ts';

/** Bits of a verdict. Above them lies how far the exchange had come when it was read. */
const PASSES = 1;
const QUEUED = 2;
const READ = 4;
const STAGE_SHIFT = 3;
/** The flags that tell how far it has come; they are neighbours, above the lowest bit. */
const STAGES = FLAG.request | FLAG.response | FLAG.ended;

interface Probe {
  readonly most: number;
  readonly passes: (messages: Messages) => boolean;
  readonly verdicts: WeakMap<ExchangePage, Uint8Array>;
}

export class ContentSearch {
  readonly #probes = new Map<string, Probe>();
  /** Rows in line, from `#next` on. */
  #line: number[] = [];
  #next = 0;

  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** Rows that are still to be read. */
  get waiting(): number {
    return this.#line.length - this.#next;
  }

  /** Forgets all terms but these, and who stood in line for them. */
  keep(terms: readonly Term[]): void {
    const kept = new Set(terms.map(printTerm));
    for (const key of this.#probes.keys()) if (!kept.has(key)) this.#probes.delete(key);
    for (let at = this.#next; at < this.#line.length; at++) {
      const id = this.#line[at]!;
      const page = this.#columns.exchanges.page(id);
      if (page !== undefined)
        for (const probe of this.#probes.values()) verdictsOf(probe, page)[id & PAGE_MASK]! &= ~QUEUED;
    }
    this.#line = [];
    this.#next = 0;
  }

  test(term: Term): RowTest {
    const key = printTerm(term);
    let probe = this.#probes.get(key);
    if (probe === undefined) {
      const reads = term.field === 'any' ? undefined : fieldOf(term.field).reads;
      probe = {
        most: reads === 'message' ? CONTENT_BYTES : HEAD_BYTES,
        passes: messageTest(term),
        verdicts: new WeakMap(),
      };
      this.#probes.set(key, probe);
    }
    const known = probe;
    return (page, row, id) => {
      const verdicts = verdictsOf(known, page);
      const verdict = verdicts[row]!;
      const isStale = (verdict & READ) === 0 || verdict >> STAGE_SHIFT !== stageOf(page, row);
      if (isStale && (verdict & QUEUED) === 0) {
        verdicts[row]! |= QUEUED;
        this.#line.push(id);
      }
      return (verdict & PASSES) !== 0;
    };
  }

  /** The next rows in line, at most so many. */
  take(most: number): number[] {
    const taken = this.#line.slice(this.#next, this.#next + most);
    this.#next += taken.length;
    if (this.#next === this.#line.length) {
      this.#line = [];
      this.#next = 0;
    }
    return taken;
  }

  /**
   * Reads a row that was taken and has the filter look at it again. What was trimmed passes nothing; what could not
   * be read because the host went away stands in line again.
   */
  async read(id: number, pull: Pull, isLinked: () => boolean): Promise<void> {
    const page = this.#columns.exchanges.page(id);
    if (page === undefined) return;
    const row = id & PAGE_MASK;
    const stage = stageOf(page, row);
    const probes = [...this.#probes.values()];
    const most = Math.max(0, ...probes.map((probe) => probe.most));
    const messages = await readMessages(this.#columns, id, pull, most).catch(() => undefined);
    if (messages === undefined && !isLinked()) {
      this.#line.push(id);
      return;
    }
    for (const probe of probes) {
      const passes = messages !== undefined && probe.passes(messages);
      verdictsOf(probe, page)[row] = (stage << STAGE_SHIFT) | READ | (passes ? PASSES : 0);
    }
    this.#columns.recheck(id);
  }
}

function stageOf(page: ExchangePage, row: number): number {
  return (page.flags[row]! & STAGES) >> 1;
}

function verdictsOf({ verdicts }: Probe, page: ExchangePage): Uint8Array {
  let known = verdicts.get(page);
  if (known === undefined) {
    known = new Uint8Array(PAGE_ROWS);
    verdicts.set(page, known);
  }
  return known;
}
